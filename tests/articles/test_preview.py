"""The preview of what stands in the form: all of it, before it is saved, without writing anything."""

import re

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from articles.models import Article, ArticleTag, Byline, Correction, Revision, Tag
from authors.models import Author
from tests.articles.test_desk import ADD, change, filled_in
from tests.rights import rights

pytestmark = pytest.mark.django_db

NEW = "/admin/articles/article/add/preview/"


def address(article):
    return f"/admin/articles/article/{article.pk}/preview/"


@pytest.fixture
def desk(client, editor):
    client.force_login(editor)
    return client


def shown(desk, article, **values):
    """The page's HTML for the form as it would be posted with these changes."""
    response = desk.post(address(article), filled_in(desk, change(article), **values))
    assert response.status_code == 200
    return response.content.decode()


def test_everything_in_the_form_is_shown_before_it_is_saved(desk, make_article, film, picture):
    article = make_article("Saved headline")
    writer = Author.objects.create(name="Teo Brand", slug="teo", biography="Writes at night.")
    tags = Tag.objects.named(["Noir", "Debuts"])
    page = shown(
        desk, article, headline="Typed headline", standfirst="Typed standfirst", kicker="Review", body="Typed words.",
        tags=[tag.pk for tag in tags], lead_image=picture.pk, lead_image_caption="Typed caption",
        recommended_videos="https://youtu.be/abcdefghijk The trailer", has_affiliate_links="on", seo_title="Typed title",
        bylines=[{"author": writer.pk, "role": "writer", "position": 0}],
        **{"corrections-TOTAL_FORMS": 1, "corrections-0-kind": "correction", "corrections-0-text": "Typed correction.", "corrections-0-place": "top",
           "corrections-0-noted_at_0": "2026-11-01", "corrections-0-noted_at_1": "12:00:00"},
    )  # fmt: skip
    for part in (
        '<h1 class="article-headline">Typed headline</h1>', "Typed standfirst", "Review", "<p>Typed words.</p>", "Noir",
        "Debuts", 'alt="Rows of red seats"', "Typed caption", "The trailer", "Teo Brand", "Writes at night.",
        "Typed correction.", "<title>Typed title", '<meta name="robots" content="noindex">',
    ):  # fmt: skip
        assert part in page, part
    assert "Saved headline" not in page


def test_nothing_is_written(desk, make_article, film):
    article = make_article("Saved", tags=("Noir",))
    data = filled_in(desk, change(article), headline="Typed", tags=[], body="<p>Typed</p>", _publish="1")
    before = (Article.objects.values().get(), Revision.objects.count(), ArticleTag.objects.count())
    with CaptureQueriesContext(connection) as queries:
        assert "Typed" in desk.post(address(article), data).content.decode()
    written = [one["sql"] for one in queries if one["sql"].split()[0] in {"INSERT", "UPDATE", "DELETE"}]
    assert written == []
    assert not [one["sql"] for one in queries if "FOR UPDATE" in one["sql"]]
    assert before == (Article.objects.values().get(), Revision.objects.count(), ArticleTag.objects.count())


def test_a_new_article_is_shown_before_there_is_any(desk, film, author):
    data = filled_in(
        desk, ADD, headline="Brand new", section=film.pk, body="First words.",
        bylines=[{"author": author.pk, "role": "writer", "position": 0}],
    )  # fmt: skip
    page = desk.post(NEW, data).content.decode()
    for part in ("Brand new", "First words.", "Inês Duarte", "Film"):
        assert part in page, part
    assert "Not complete" not in page
    assert not Article.objects.exists()


def test_it_is_what_publishing_then_shows(desk, client, make_article, picture):
    """The same page, but for what says that it is a preview, and for sharing an address that nothing answers yet."""
    for number in range(4):
        make_article(f"Other {number}", tags=("Noir",), lead_image=picture).publish()
    article = make_article(
        "Live", slug="live", tags=("Noir", "Debuts"), lead_image=picture,
        body=f'<p>Words<span data-footnote="">A note</span>.</p><figure data-image="{picture.pk}"></figure>',
    )  # fmt: skip
    byline = article.bylines.get()
    row = {"id": byline.pk, "article": article.pk, "author": byline.author_id, "role": "writer", "position": 0}
    preview = shown(desk, article, bylines=[row], **{"bylines-INITIAL_FORMS": 1})
    article.publish()
    public = client.get("/film/live/").content.decode()

    def text(page):
        text = page[page.index('<article class="article">') : page.index("</main>")]
        text = re.sub(r'<nav class="share".*?</nav>', "", text, flags=re.DOTALL)
        return re.sub(r'datetime="[^"]*"', "", text).split()

    assert text(preview) == text(public)


def test_an_update_of_a_live_article_says_so(desk, make_article):
    article = make_article("Live")
    article.publish()
    assert "Updated <time" in shown(desk, article)


def test_rows_marked_for_deletion_and_empty_rows_are_not_shown(desk, make_article):
    article = make_article()
    byline = article.bylines.get()
    row = {"id": byline.pk, "article": article.pk, "author": byline.author_id, "role": "writer", "position": 0}
    empty = {"author": "", "role": "writer", "position": 0}
    kept = shown(desk, article, bylines=[row, empty], **{"bylines-INITIAL_FORMS": 1})
    assert "Inês Duarte" in kept
    gone = shown(desk, article, bylines=[row | {"DELETE": "on"}, empty], **{"bylines-INITIAL_FORMS": 1})
    assert "Inês Duarte" not in gone
    assert "Not complete" not in gone
    assert Byline.objects.count() == 1


def test_bylines_stand_in_the_order_of_the_form(desk, make_article, author):
    article = make_article()
    others = [Author.objects.create(name=name, slug=name.lower()) for name in ("Amara", "Teo")]
    rows = [
        {"author": one.pk, "role": "writer", "position": position} for one, position in zip(others, (2, 1), strict=True)
    ]
    page = shown(desk, article, bylines=rows)
    assert page.index(">Teo</a>") < page.index(">Amara</a>")


@pytest.mark.parametrize(
    ("values", "told"),
    [
        ({"headline": ""}, "Headline"), ({"headline": "x" * 201}, "Headline"), ({"section": ""}, "Choose a section"),
        ({"section": "999"}, "Section"), ({"tags": ["999"]}, "Tags"), ({"lead_image": "x"}, "Lead picture"),
        ({"recommended_videos": "nonsense"}, "Line 1"), ({"canonical_url": "nonsense"}, "Canonical address"),
        ({"publish_at_0": "soon"}, "Goes live"), ({"slug": "a b"}, "Slug"),
        ({"bylines": [{"author": "999", "role": "writer", "position": 0}]}, "Byline 1: Author"),
        ({"bylines-TOTAL_FORMS": "x"}, "ManagementForm"), ({"body": "\x00<p>x"}, "Body"),
    ],
)  # fmt: skip
def test_what_is_missing_or_wrong_is_told_and_the_rest_is_shown(desk, make_article, values, told):
    article = make_article("Saved headline", standfirst="The standfirst")
    page = shown(desk, article, **values)
    assert "Not complete yet" in page
    assert told in page.split("</main>")[0].split('class="article"')[0]
    assert "The standfirst" in page
    assert "article-headline" in page


def test_an_emptied_headline_does_not_show_the_saved_one(desk, make_article):
    assert "Saved headline" not in shown(desk, make_article("Saved headline"), headline="").split("</main>")[0]


def test_nonsense_is_answered(desk, make_article):
    for data in ({}, {"headline": ["a", "b"]}, {"bylines-TOTAL_FORMS": "99999999"}, {"tags": "1' OR 1"}):
        assert desk.post(address(make_article()), data).status_code == 200
        assert desk.post(NEW, data).status_code == 200


def test_a_form_that_is_behind_is_previewed_all_the_same(desk, make_article):
    article = make_article("Opened")
    data = filled_in(desk, change(article), headline="Mine")
    article.headline = "Theirs"
    article.save()
    page = desk.post(address(article), data).content.decode()
    assert "Mine" in page
    assert "Not complete" not in page


def test_what_is_typed_is_cleaned(desk, make_article):
    page = shown(
        desk,
        make_article(),
        headline="<script>alert(1)</script>",
        body='<p onclick="x()">W</p><script>alert(2)</script>',
    )
    assert "<script>alert" not in page
    assert "onclick" not in page
    assert "&lt;script&gt;alert(1)" in page


def test_only_this_site_may_frame_it_and_nobody_keeps_it(desk, make_article):
    article = make_article(body='<figure data-embed="youtube" data-url="https://youtu.be/abcdefghijk"></figure>')
    response = desk.post(address(article), filled_in(desk, change(article)))
    assert response["X-Frame-Options"] == "SAMEORIGIN"
    policy = dict(part.split(" ", 1) for part in response["Content-Security-Policy"].split("; "))
    assert policy["frame-ancestors"] == "'self'"
    assert policy["frame-src"] == "'self' https://www.youtube-nocookie.com"
    assert policy["base-uri"] == "'none'"
    assert "private, no-store" in response["Cache-Control"]
    assert response["X-Robots-Tag"] == "noindex"
    saved = desk.get(address(article))
    assert saved["X-Frame-Options"] == "DENY"
    assert "frame-ancestors 'none'" in saved["Content-Security-Policy"]
    assert "youtube-nocookie" in saved["Content-Security-Policy"]


# --- who may --------------------------------------------------------------------------------------------------


def person(*codenames):
    user = User.objects.create_user("kit", is_staff=True)
    user.user_permissions.set(rights(codenames))
    return user


def test_who_may_only_view_sees_the_saved_one_and_posts_nothing(client, make_article):  # C04
    client.force_login(person("view_article"))
    article = make_article("Saved")
    assert "Saved" in client.get(address(article)).content.decode()
    assert client.post(address(article), {"headline": "Typed"}).status_code == 403
    assert client.post(NEW, {"headline": "Typed"}).status_code == 403
    page = client.get(change(article)).content.decode()
    assert not re.search(r"<script[^>]* src=[^>]*desk/preview\.", page)
    assert address(article) in page


def test_strangers_are_sent_to_the_login(client, make_article):  # C04
    for url in (address(make_article()), NEW):
        response = client.post(url, {"headline": "Typed"})
        assert response.status_code == 302
        assert "/admin/login/" in response["Location"]


def test_a_writer_who_may_not_correct_sees_the_corrections_that_are_there(client, make_article):
    client.force_login(person("change_article", "view_article"))
    article = make_article("Saved", slug="saved")
    correction = article.corrections.create(text="It was Tuesday.")
    data = {"headline": "Typed", "section": article.section_id, "slug": "saved", "body": "W"}
    data |= {"corrections-TOTAL_FORMS": 1, "corrections-INITIAL_FORMS": 1}
    data |= {"corrections-0-id": correction.pk, "corrections-0-article": article.pk, "corrections-0-text": "Forged"}
    page = client.post(address(article), data).content.decode()
    assert "Typed" in page
    assert "It was Tuesday." in page and "Forged" not in page


def test_a_post_from_another_site_is_refused(editor, make_article):
    client = Client(enforce_csrf_checks=True)
    client.force_login(editor)
    assert client.post(address(make_article()), {"headline": "x"}).status_code == 403


def test_a_new_preview_is_posted_or_nothing(desk):
    assert desk.get(NEW).status_code == 405


def test_it_costs_as_many_queries_with_thirty_corrections_as_with_one(desk, make_article, picture):
    article = make_article(tags=("Noir", "Debuts"), lead_image=picture)
    Correction.objects.create(article=article, text="One.")
    counts = []
    for number in (2, 1, 30):  # the first loads what every page needs
        rows = {"corrections-TOTAL_FORMS": number, "corrections-INITIAL_FORMS": 0} | {
            f"corrections-{n}-{name}": value
            for n in range(number)
            for name, value in (
                ("kind", "correction"),
                ("text", "x"),
                ("noted_at_0", "2026-11-01"),
                ("noted_at_1", "12:00"),
            )
        }
        data = filled_in(desk, change(article), **rows)
        with CaptureQueriesContext(connection) as queries:
            desk.post(address(article), data)
        counts.append(len(queries))
    assert counts[1] == counts[2]


@pytest.mark.parametrize("role", ["contributor", "writer"])
def test_the_preview_of_others_takes_nothing_and_gives_nothing(client, people, make_article, picture, role):  # C04
    """Neither at its own address, nor by way of a form of one's own that names it in every field."""
    canary = "zanzibarquartz"
    secret = make_article(f"{canary} headline", slug=canary, standfirst=canary, body=f"<p>{canary}</p>", tags=(canary,))
    correction = secret.corrections.create(text=canary)
    byline = secret.bylines.get()
    Byline.objects.filter(pk=byline.pk).update(author=Author.objects.create(name=f"{canary} Person"))
    client.force_login(people[role])
    typed = filled_in(client, ADD, headline="Mine", section=secret.section_id)
    assert client.post(address(secret), typed).status_code == 403
    cards = (
        f'<aside data-article-card="{secret.pk}"></aside><p><a data-article="{secret.pk}" href="/film/x/">see</a></p>'
    )
    forged = typed | {
        "body": f"<p>Words</p>{cards}", "form_name": str(secret.pk), "id": secret.pk, "pk": secret.pk, "object_id": secret.pk,
        "related": secret.pk, "article": secret.pk, "opened_version": secret.version,
        "bylines-TOTAL_FORMS": 1, "bylines-INITIAL_FORMS": 1, "bylines-0-id": byline.pk, "bylines-0-article": secret.pk,
        "corrections-TOTAL_FORMS": 1, "corrections-INITIAL_FORMS": 1, "corrections-0-id": correction.pk,
        "corrections-0-article": secret.pk,
    }  # fmt: skip
    for url in (NEW, f"{NEW}?article={secret.pk}", address(make_article("Own", created_by=people[role]))):
        response = client.post(url, forged)
        assert response.status_code in {200, 400} and canary not in response.content.decode(), url
    assert Article.objects.get(pk=secret.pk).headline == f"{canary} headline"
    secret.publish()
    assert canary in client.post(NEW, typed | {"body": cards}).content.decode()  # now it is everybody's
    assert Byline.objects.get(pk=byline.pk).article_id == secret.pk
