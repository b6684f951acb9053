import pytest
from datetime import timedelta
from django.utils import timezone
pytestmark = pytest.mark.django_db
@pytest.mark.parametrize("view", ["month","week","day","list"])
def test_smoke(client, editor, make_article, view):
    a=make_article("Due one", due_at=timezone.now()+timedelta(hours=1)); 
    make_article("Planned").publish(at=timezone.now()+timedelta(hours=1), until=timezone.now()+timedelta(hours=2)); make_article("Out").publish()
    make_article("Idea", stage="idea")
    client.force_login(editor)
    r=client.get(f"/admin/articles/article/calendar/?view={view}")
    assert r.status_code==200
    for w in ("Due one","Planned","Out","Idea"): assert w in r.content.decode(), w
    r=client.post("/admin/articles/article/calendar/feeds/", {"note":"x"}); print(r.context["address"])
    r=client.get(r.context["address"].partition("8000")[2]); print(r.content.decode(), r.headers)
    for p in ("plan/","feeds/"): assert client.get("/admin/articles/article/calendar/"+p).status_code==200
