"""The desk's first page: what a person is in the middle of, and nothing of what they may not see."""

from datetime import timedelta
from urllib.parse import unquote

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles.desk import dashboard
from articles.desk.panels import COUNTED, SHOWN
from articles.models import Article
from articles.models.notes import note_down
from images.models import Image
from newsroom import home, pagecache
from tests.rights import rights

pytestmark = pytest.mark.django_db

DESK = "/admin/"


def staff(name, *codenames) -> User:
    user = User.objects.create_user(name, password="a long password", is_staff=True)
    user.user_permissions.set(rights(codenames))
    return user


def panels(client, user):
    client.force_login(user)
    return {panel.key: panel for group in client.get(DESK).context["groups"] for panel in group.panels}


def titles(panel):
    return [row.title for row in panel.rows]


def test_your_drafts_are_yours_and_not_sent_out(client, editor, make_article):
    other = staff("kit", "view_article")
    make_article("Mine", created_by=editor, tags=("Noir",))
    make_article("Somebody else's", created_by=other)
    make_article("Out", created_by=editor).publish()
    make_article("Planned", created_by=editor).publish(at=timezone.now() + timedelta(days=1))
    withdrawn = make_article("Withdrawn", created_by=editor)
    withdrawn.publish()
    withdrawn.withdraw()
    found = panels(client, editor)["drafts"]
    assert (titles(found), found.count) == (["Mine"], "1")
    assert titles(panels(client, other)["drafts"]) == ["Somebody else's"]


def test_what_was_sent_back_stands_there_with_the_reason_until_it_is_submitted_again(client, people, make_article):
    article = make_article("Too long", created_by=people["writer"])
    article.submit(by=people["writer"])
    article.send_back(by=people["editor"], note="Half as long, please.")
    (row,) = panels(client, people["writer"])["sent-back"].rows
    assert (row.title, row.about) == ("Too long", "Half as long, please.")
    assert "Half as long, please." in client.get(DESK).content.decode()
    assert "sent-back" not in panels(client, people["editor"])
    article.submit(by=people["writer"])
    assert "sent-back" not in panels(client, people["writer"])


def test_a_mention_stands_there_until_it_is_read(client, people, make_article):
    article = make_article("Quotes", created_by=people["writer"])
    note_down(article, "@writer, who said that?", by=people["editor"])
    note_down(article, "No one.", by=people["writer"])
    (row,) = panels(client, people["writer"])["mentioned"].rows
    assert (row.title, row.about) == ("Quotes", "editor: @writer, who said that?")
    people["writer"].notifications.all().mark_read()
    assert "mentioned" not in panels(client, people["writer"])


def test_a_mention_in_what_one_may_no_longer_see_is_not_told(client, people, make_article):
    article = make_article("CANARY", created_by=people["contributor"])
    note_down(article, "@contributor, CANARY", by=people["editor"])
    assert "mentioned" in panels(client, people["contributor"])
    Article.objects.filter(pk=article.pk).update(created_by=people["editor"])
    assert "mentioned" not in panels(client, people["contributor"])
    assert "CANARY" not in client.get(DESK).content.decode()


def test_a_held_update_waits_for_who_may_publish(client, people, make_article):
    article = make_article("Old")
    article.publish()
    for headline, at in (("Planned", timezone.now() + timedelta(days=1)), ("Fixed", None)):
        article.headline = headline
        article.save()
        article.publish(by=people["publisher"], at=at)
    assert titles(panels(client, people["publisher"])["held"]) == ["Fixed"]
    assert "held" not in panels(client, people["editor"])
    article.discard_held(by=people["publisher"])
    assert "held" not in panels(client, people["publisher"])


def test_your_drafts_say_how_far_they_have_come(client, people, make_article):
    article = make_article("Mine", created_by=people["writer"])
    article.submit(by=people["writer"])
    assert panels(client, people["writer"])["drafts"].rows[0].note == "in review, changed just now"


def test_unpublished_changes_are_those_that_readers_do_not_see(client, editor, make_article):
    make_article("As published").publish()
    make_article("A draft")
    changed = make_article("Before")
    changed.publish()
    changed.headline = "After"
    changed.save()
    assert titles(panels(client, editor)["changed"]) == ["After"]


def test_scheduled_next_tells_the_time_in_the_sites_zone(client, editor, make_article, settings):
    settings.TIME_ZONE = "Asia/Tokyo"
    now = timezone.now()
    make_article("Later").publish(at=now + timedelta(days=2))
    make_article("Sooner").publish(at=now + timedelta(hours=3, minutes=30))
    make_article("Out").publish()
    update = make_article("An update")
    update.publish()
    update.publish(at=now + timedelta(days=3))
    found = panels(client, editor)["scheduled"]
    assert titles(found) == ["Sooner", "Later", "An update"]
    assert found.rows[0].note == "in 3\u00a0hours, 29\u00a0minutes"
    assert found.rows[0].exactly.endswith("(Asia/Tokyo, UTC+9)")
    assert found.rows[0].exactly in client.get(DESK).content.decode()


def test_published_last_is_what_readers_see_newest_first(client, editor, make_article):
    for name in ("First", "Second"):
        make_article(name).publish()
    gone = make_article("Gone")
    gone.publish()
    gone.withdraw()
    make_article("Planned").publish(at=timezone.now() + timedelta(days=1))
    found = panels(client, editor)["published"]
    assert (titles(found), found.count) == (["Second", "First"], "")


def test_what_is_still_to_be_done(client, editor, make_article, picture):
    make_article("Tagged", tags=("Noir",))
    make_article("Untagged")
    Image.objects.create(title="Says nothing", alt="")
    Image.objects.create(title="Decoration", alt="", decorative=True)
    found = panels(client, editor)
    assert titles(found["untagged"]) == ["Untagged"]
    assert titles(found["pictures"]) == ["Says nothing"]


def test_a_panel_shows_a_few_and_counts_no_further_than_helps(client, editor, make_article):
    Article.objects.bulk_create(
        Article(headline=f"Draft {n}", slug=f"draft-{n}", created_by=editor) for n in range(COUNTED + 5)
    )
    found = panels(client, editor)["drafts"]
    assert (len(found.rows), found.count, found.has_more) == (SHOWN, f"{COUNTED}+", True)


def test_each_panel_leads_to_the_list_of_just_those(client, editor, make_article):
    make_article("Draft of mine", created_by=editor, tags=("Noir",))
    make_article("Draft of nobody", tags=("Noir",))
    make_article("Out", tags=("Noir",)).publish()
    planned = make_article("An update", tags=("Noir",))
    planned.publish()
    planned.publish(at=timezone.now() + timedelta(days=1))
    changed = make_article("Changed", tags=("Noir",))
    changed.publish()
    changed.kicker = "New"
    changed.save()
    make_article("Untagged")
    client.force_login(editor)
    for key, panel in panels(client, editor).items():
        answer = client.get(panel.all_url)
        assert answer.status_code == 200, unquote(panel.all_url)
        if key not in {"pictures", "published"}:
            listed = [row.headline for row in answer.context["cl"].result_list]
            assert listed == titles(panel), key


@pytest.mark.parametrize(
    ("lacks", "wanted"),
    [
        ("tags", ["No tags"]),
        ("byline", ["No byline"]),
        ("standfirst", ["No standfirst"]),
        ("picture", ["No picture"]),
        ("alt", ["No alt"]),
        ("section", ["No section"]),
        ("nonsense", ["No alt", "No byline", "No picture", "No section", "No standfirst", "No tags", "Whole"]),
    ],
)
def test_the_list_finds_what_articles_lack(client, editor, make_article, picture, lacks, wanted):
    silent = Image.objects.create(title="Silent", alt="")
    decorative = Image.objects.create(title="Decoration", decorative=True)
    whole = {"tags": ("Noir",), "standfirst": "Why.", "lead_image": picture}
    make_article("Whole", **{**whole, "lead_image": decorative})
    make_article("No tags", **{**whole, "tags": ()})
    make_article("No byline", **whole).bylines.all().delete()
    make_article("No standfirst", **{**whole, "standfirst": ""})
    make_article("No picture", **{**whole, "lead_image": None})
    make_article("No alt", **{**whole, "lead_image": silent})
    make_article("No section", **{**whole, "section": None})
    client.force_login(editor)
    rows = client.get(f"/admin/articles/article/?lacks={lacks}").context["cl"].result_list
    assert sorted(row.headline for row in rows) == wanted


def test_the_queries_do_not_grow_with_the_newsroom(client, editor, make_article):
    def fill(number):
        for n in range(number):
            make_article(f"Draft {number} {n}", created_by=editor)
            make_article(f"Out {number} {n}").publish()
            changed = make_article(f"Changed {number} {n}")
            changed.publish()
            Article.objects.filter(pk=changed.pk).update(version=9)
            make_article(f"Planned {number} {n}").publish(at=timezone.now() + timedelta(days=1))
            Image.objects.create(title=f"Picture {number} {n}")

    def count(user):
        client.force_login(user)
        client.get(DESK)  # what is remembered between requests is remembered
        with CaptureQueriesContext(connection) as queries:
            client.get(DESK)
        return len(queries)

    fill(1)
    pagecache.Remembered.forget()
    writer = staff("kit", "view_article", "view_image")
    before = count(editor), count(writer)
    fill(8)
    assert (count(editor), count(writer)) == before
    assert max(before) <= 21


def test_who_may_see_nothing_is_shown_nothing(client, editor, make_article):
    canary = "CANARY"
    make_article(f"{canary} draft", created_by=editor)
    make_article(f"{canary} out").publish()
    make_article(f"{canary} planned").publish(at=timezone.now() + timedelta(days=1))
    Image.objects.create(title=f"{canary} picture")
    client.force_login(editor)
    assert client.get(DESK).content.decode().count(canary) >= 4
    client.force_login(staff("nobody"))
    page = client.get(DESK).content.decode()
    assert canary not in page
    assert "New article" not in page
    assert "Search the articles" not in page


def test_pictures_are_for_who_may_see_pictures_and_articles_for_who_may_see_articles(client, make_article):
    make_article("CANARY article")
    Image.objects.create(title="CANARY picture")
    assert set(panels(client, staff("looks", "view_article"))) == {
        "assigned", "drafts", "changed", "scheduled", "published", "untagged",
    }  # fmt: skip
    assert "CANARY picture" not in client.get(DESK).content.decode()
    assert set(panels(client, staff("collects", "change_image"))) == {"pictures"}
    assert "CANARY article" not in client.get(DESK).content.decode()


def test_who_may_only_look_is_offered_no_new_article(client):
    client.force_login(staff("looks", "view_article"))
    assert "New article" not in client.get(DESK).content.decode()
    client.force_login(staff("writes", "view_article", "add_article"))
    assert "New article" in client.get(DESK).content.decode()


def test_an_empty_desk_reads_well(client, editor):
    client.force_login(editor)
    page = client.get(DESK).content.decode()
    for words in ("Nothing begun and not sent out", "Nothing is waiting for its time", "Nothing is published yet"):
        assert words in page


def test_headlines_are_escaped(client, editor, make_article):
    make_article("<script>alert(1)</script>", created_by=editor)
    client.force_login(editor)
    page = client.get(DESK).content.decode()
    assert "&lt;script&gt;alert(1)" in page
    assert "<script>alert(1)" not in page


def test_parts_are_registered_once():
    before = list(home._registered)
    home.register(dashboard.parts)
    assert home._registered == before


def test_who_sees_only_own_articles_is_told_nothing_untrue_of_the_others(client, people, make_article):
    make_article("Out").publish()
    assert set(panels(client, people["contributor"])) == {"assigned", "drafts"}
    mine = make_article("Mine", created_by=people["contributor"])
    assert set(panels(client, people["contributor"])) == {"assigned", "drafts", "untagged"}
    mine.publish()
    assert [row.title for row in panels(client, people["contributor"])["published"].rows] == ["Mine"]
    assert len(panels(client, people["writer"])) == 7
