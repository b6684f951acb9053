"""Pages of the paper itself: where readers find them, what they show, what becomes of their addresses, who saves last."""

import pytest
from django.core.exceptions import ValidationError
from django.db.models import ProtectedError

from articles.models import Section, StandingPage
from images import uses

pytestmark = pytest.mark.django_db


@pytest.fixture
def about(db):
    return StandingPage.objects.create(title="About us", slug="about", body="<p>We are a paper.</p>", is_public=True)


def posted(page, **changed):
    fields = {"title": page.title, "slug": page.slug, "body": page.body, "description": "", "position": "0",
              "is_public": "on", "in_footer": "on", "opened_version": str(page.version)}  # fmt: skip
    return fields | changed


def save(client, page, **changed):
    return client.post(f"/admin/articles/standingpage/{page.pk}/change/", posted(page, **changed))


class TestReaders:
    def test_it_stands_at_the_root_and_in_the_footer(self, client, about):
        page = client.get("/about/")
        assert "We are a paper." in page.content.decode() and about.key in page["Surrogate-Key"].split()
        assert '<a href="/about/">About us</a>' in client.get("/").content.decode()

    def test_the_footer_follows_at_once_and_costs_no_query(self, client, about, django_assert_num_queries):
        client.get("/about/")
        with django_assert_num_queries(2):  # is it a section; the page
            client.get("/about/")
        about.title = "Who we are"
        about.save()
        assert "Who we are</a>" in client.get("/").content.decode()
        about.delete()
        assert "Who we are" not in client.get("/").content.decode()

    def test_a_page_that_is_not_public_is_nowhere(self, client, about):
        about.is_public = False
        about.save()
        assert client.get("/about/").status_code == 404
        assert "/about/" not in client.get("/").content.decode()

    def test_old_addresses_lead_on_and_a_deleted_page_is_gone(self, client, about):
        about.slug = "who"
        about.save()
        assert client.get("/about/")["Location"] == "/who/"
        about.is_public = False
        about.save()
        assert client.get("/about/").status_code == 404
        about.is_public = True
        about.save()
        about.delete()
        for address in ("/about/", "/who/"):
            answer = client.get(address)
            assert answer.status_code == 410 and "This page is no longer here" in answer.content.decode()

    def test_four_queries_with_pictures_and_cards(
        self, client, about, make_article, picture, django_assert_num_queries
    ):
        article = make_article("Linked")
        article.publish()
        about.body = (
            f'<p>See</p><figure data-image="{picture.pk}"></figure><aside data-article-card="{article.pk}"></aside>'
        )
        about.save()
        client.get("/")
        with django_assert_num_queries(5):
            page = client.get("/about/")
        assert "Linked" in page.content.decode() and f"image:{picture.pk}" in page["Surrogate-Key"]


class TestAddresses:
    def test_a_section_can_not_have_its_address_nor_it_a_sections(self, about, film):
        with pytest.raises(ValidationError):
            Section.objects.create(name="About", slug="about")
        for slug in ("film", "admin", "archive", "corrections"):
            with pytest.raises(ValidationError):
                StandingPage.objects.create(title="No", slug=slug)
        assert Section.objects.create(name="About").slug == "about-2"
        assert StandingPage.objects.create(title="Film").slug == "film-2"


class TestPictures:
    def test_those_in_its_text_are_used_and_kept(self, about, picture):
        about.body = f'<figure data-image="{picture.pk}"></figure>'
        about.save()
        assert [use.label for use in uses.of([picture.pk])[picture.pk]] == ["About us"]
        with pytest.raises(ProtectedError):
            picture.delete()
        about.body = "<p>None.</p>"
        about.save()
        assert uses.count([picture.pk])[picture.pk] == 0
        picture.delete()


class TestDesk:
    def test_it_is_saved_and_logged_with_what_the_editor_may_store(self, admin_client, about):
        assert save(admin_client, about, body="<p onclick='x'>New.</p><script>1</script>").status_code == 302
        about.refresh_from_db()
        assert about.body == "<p>New.</p>" and about.version == 2

    def test_a_save_over_anothers_is_refused_and_nothing_is_lost(self, admin_client, about):
        mine = posted(about, body="<p>Mine.</p>")
        about.body = "<p>Theirs.</p>"
        about.save()
        url = f"/admin/articles/standingpage/{about.pk}/change/"
        answer = admin_client.post(url, mine)
        told = answer.content.decode()
        assert answer.status_code == 200 and "somebody else saved this page" in told and "Mine." in told
        about.refresh_from_db()
        assert about.body == "<p>Theirs.</p>"
        again = mine | {"opened_version": answer.context["adminform"].form["opened_version"].value()}
        assert admin_client.post(url, again).status_code == 302
        about.refresh_from_db()
        assert about.body == "<p>Mine.</p>"

    def test_a_form_that_does_not_say_what_it_began_from_is_refused(self, admin_client, about):
        assert save(admin_client, about, opened_version="").status_code == 200

    def test_the_preview_shows_the_form_and_saves_nothing(self, admin_client, about):
        answer = admin_client.post(
            f"/admin/articles/standingpage/{about.pk}/preview/", posted(about, body="<p>Draft.</p>")
        )
        assert "Draft." in answer.content.decode() and "no-store" in answer["Cache-Control"]
        assert admin_client.post("/admin/articles/standingpage/add/preview/", {"title": "T"}).status_code == 200
        assert (
            "We are a paper." in admin_client.get(f"/admin/articles/standingpage/{about.pk}/preview/").content.decode()
        )
        about.refresh_from_db()
        assert about.version == 1

    def test_the_form_opens_with_the_editor(self, admin_client, about):
        answer = admin_client.get(f"/admin/articles/standingpage/{about.pk}/change/")
        assert "articles/editor/extensions.js" in answer.content.decode()
        assert "'sha256-" in answer["Content-Security-Policy"]
        assert admin_client.get("/admin/articles/standingpage/add/").status_code == 200
        assert admin_client.get("/admin/articles/standingpage/").status_code == 200
