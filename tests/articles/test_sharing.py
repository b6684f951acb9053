"""Share links: people without a login read what is not out yet, as long as the link lasts and no longer."""

import re
from datetime import timedelta

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import User
from django.core.signing import Signer
from django.test import Client
from django.utils import timezone

from articles.models import Correction, Revision, Section, ShareLink, Tag
from articles.models.sharing import LIFETIMES
from tests.rights import rights

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(client, editor):
    client.force_login(editor)
    return client


@pytest.fixture
def stranger():
    return Client()


@pytest.fixture
def share(editor):
    def make(article, *, revision=None, lasts=timedelta(days=1), **fields):
        return ShareLink.objects.create(
            article=article, revision=revision, created_by=editor, expires_at=timezone.now() + lasts, **fields
        )

    return make


def panel(article):
    return f"/admin/articles/article/{article.pk}/share/"


# --- the page that others see ---------------------------------------------------------------------------------


def test_whoever_has_the_link_reads_the_article_without_a_login(stranger, make_article, share):
    article = make_article("Not out yet", tags=("Noir",), standfirst="Why read on.")
    Correction.objects.create(article=article, text="It was a Tuesday.")
    response = stranger.get(share(article).get_absolute_url())
    page = response.content.decode()
    assert response.status_code == 200
    for part in ("Not out yet", "Noir", "Inês Duarte", "Why read on.", "Some text.", "It was a Tuesday.", "until"):
        assert part in page, part
    assert "Unpublished preview" in page


def test_nobody_keeps_it_finds_it_or_learns_the_address(stranger, make_article, share):  # C03
    for address in (share(make_article()).get_absolute_url(), "/preview/forged/"):
        response = stranger.get(address)
        assert response["Cache-Control"] == "private, no-store"
        assert response["X-Robots-Tag"] == "noindex"
        assert response["Referrer-Policy"] == "no-referrer"
        assert '<meta name="robots" content="noindex">' in response.content.decode()
        assert response["X-Frame-Options"] == "DENY"
        assert "frame-ancestors 'none'" in response["Content-Security-Policy"]
        assert "Cookie" not in response.get("Vary", "")
        assert not response.cookies


def test_the_page_leads_nowhere_that_is_not_public(stranger, make_article, share):
    secret = make_article("Embargoed zanzibar", slug="zanzibar", tags=("Noir",))
    secret.publish(at=timezone.now() + timedelta(days=1))
    body = f'<p><a data-article="{secret.pk}">this</a></p><aside data-article-card="{secret.pk}"></aside>'
    article = make_article("Shared", tags=("Noir",), body=body)
    page = stranger.get(share(article).get_absolute_url()).content.decode()
    assert "Shared" in page
    assert "zanzibar" not in page
    assert "/admin/" not in page
    assert 'rel="canonical"' not in page


def test_a_following_link_shows_what_was_saved_last(stranger, make_article, share):
    article = make_article("Before")
    link = share(article)
    article.headline = "After"
    article.save()
    assert "After" in stranger.get(link.get_absolute_url()).content.decode()


def test_a_kept_link_shows_what_was_then(stranger, make_article, share, picture, author):
    article = make_article("Then", tags=("Noir", "Gone"), lead_image=picture, lead_image_caption="A caption then")
    Correction.objects.create(article=article, text="It was a Tuesday.")
    link = share(article, revision=article.record("saved"))
    article.headline = "Now"
    article.lead_image = None
    article.save()
    article.tags.set(["Other"])
    Tag.objects.get(name="Gone").delete()
    page = stranger.get(link.get_absolute_url()).content.decode()
    for part in ("Then", "Noir", "Inês Duarte", "A caption then", "It was a Tuesday.", "as it was on"):
        assert part in page, part
    assert "Now" not in page
    assert "Other" not in page
    assert "Gone" not in page


def test_a_kept_link_leaves_out_what_has_been_deleted(stranger, make_article, share, picture, author):
    games = Section.objects.create(name="Games", slug="games")
    body = f'<p>Words.</p><figure data-image="{picture.pk}"></figure>'
    article = make_article("Then", section=games, lead_image=picture, body=body)
    link = share(article, revision=article.record("saved"))
    article.section, article.lead_image, article.body = None, None, "<p>Words.</p>"
    article.save()
    article.bylines.all().delete()
    for thing in (games, picture, author):
        thing.delete()
    response = stranger.get(link.get_absolute_url())
    assert response.status_code == 200
    assert "Words." in response.content.decode()
    assert "Inês" not in response.content.decode()


def test_a_revision_s_body_goes_through_the_one_door_again(stranger, make_article, share):
    article = make_article()
    revision = article.record("saved")
    revision.data["content"]["body"] = "<p>Old</p><script>alert(1)</script>"
    revision.save()
    page = stranger.get(share(article, revision=revision).get_absolute_url()).content.decode()
    assert "Old" in page
    assert "alert(1)" not in page


# --- its end --------------------------------------------------------------------------------------------------


def ended(stranger, link):
    response = stranger.get(link if isinstance(link, str) else link.get_absolute_url())
    return response.status_code == 404 and "This preview is not available" in response.content.decode()


def test_every_end_looks_alike(stranger, make_article, share):  # C03
    article = make_article("Secret zanzibar")
    expired, revoked = share(article, lasts=timedelta(seconds=-1)), share(article, revoked_at=timezone.now())
    gone = share(make_article("To delete"))
    gone_address = gone.get_absolute_url()
    gone.article.delete()
    number = Signer(sep=".").sign(str(share(article).pk))  # signed, but not as a share link
    forged = ["/preview/1.x/", "/preview/1/", f"/preview/{number}/", "/preview/é.é/", f"/preview/{'9' * 400}/"]
    pages = set()
    for one in (expired, revoked, gone_address, *forged):
        address = one if isinstance(one, str) else one.get_absolute_url()
        response = stranger.get(address)
        assert response.status_code == 404, address
        pages.add(response.content)
    assert len(pages) == 1
    assert b"zanzibar" not in pages.pop()


def test_a_link_ends_on_the_second(stranger, make_article, share):  # C03
    link = share(make_article(), lasts=timedelta(seconds=60))
    assert not ended(stranger, link)
    ShareLink.objects.update(expires_at=timezone.now())
    assert ended(stranger, link)


def test_taking_the_article_down_ends_its_links_for_good(stranger, make_article, share):  # C03
    article = make_article()
    link = share(article)
    article.publish()
    assert not ended(stranger, link)
    article.withdraw()
    assert ended(stranger, link)
    article.publish()
    assert ended(stranger, link)
    assert not ended(stranger, share(article))


def test_a_planned_end_ends_the_links_made_before_it(stranger, make_article, share):
    article = make_article()
    now = timezone.now()
    link = share(article)
    ShareLink.objects.update(created_at=now - timedelta(days=2))
    article.publish(at=now - timedelta(days=1), until=now - timedelta(hours=1))
    assert ended(stranger, link)
    assert not ended(stranger, share(article))  # of the version that is being written anew


@pytest.mark.parametrize("again", ["by publishing", "by publishing twice", "by a plan made before the end"])
def test_a_planned_end_ends_links_for_good_however_the_article_comes_back(
    stranger, make_article, share, monkeypatch, again
):
    article, real = make_article(), timezone.now
    start = real()
    article.publish(at=start - timedelta(hours=1), until=start + timedelta(hours=1))
    link = share(article, lasts=timedelta(days=9))
    if again == "by a plan made before the end":
        article.publish(at=start + timedelta(hours=2))
    assert not ended(stranger, link)
    monkeypatch.setattr(timezone, "now", lambda: real() + timedelta(hours=1, minutes=1))
    assert ended(stranger, link)
    monkeypatch.setattr(timezone, "now", lambda: real() + timedelta(hours=3))
    for _ in range({"by publishing": 1, "by publishing twice": 2}.get(again, 0)):
        article.publish()
    assert stranger.get(f"/film/{article.slug}/").status_code == 200
    assert ended(stranger, link)
    assert not ended(stranger, share(article))


def test_an_update_at_its_time_ends_no_link(stranger, make_article, share, monkeypatch):
    article, real = make_article(), timezone.now
    article.publish(at=real() - timedelta(hours=1))
    link = share(article)
    article.publish(at=real() + timedelta(hours=1))
    monkeypatch.setattr(timezone, "now", lambda: real() + timedelta(hours=2))
    assert not ended(stranger, link)


def test_a_part_of_the_address_is_nothing(stranger, make_article, share):
    address = share(make_article()).get_absolute_url()
    assert ended(stranger, address[:-3] + "/")
    assert re.fullmatch(r"/preview/\d+\.[\w-]{43}/", address)


def test_no_section_takes_the_address(film):
    assert Section.objects.create(name="Preview").slug == "preview-2"


# --- counting -------------------------------------------------------------------------------------------------


def test_readings_are_counted_and_nothing_else(stranger, make_article, share):
    link = share(make_article())
    address = link.get_absolute_url()
    stranger.get(address)
    stranger.get(address)
    stranger.head(address)
    for headers in ({"Sec-Purpose": "prefetch;prerender"}, {"Purpose": "prefetch"}, {"X-Moz": "prefetch"}):
        assert stranger.get(address, headers=headers).status_code == 200
    link.refresh_from_db()
    assert link.uses == 2
    assert link.last_used_at is not None


def test_only_reading_is_allowed(stranger, make_article, share):
    assert stranger.post(share(make_article()).get_absolute_url()).status_code == 405


def test_a_shared_page_costs_a_constant_number_of_queries(
    stranger, make_article, share, picture, django_assert_max_num_queries
):
    for number in range(10):
        make_article(f"Other {number}", tags=("Noir",), lead_image=picture).publish()
    article = make_article(tags=("Noir",), lead_image=picture)
    link, kept = share(article), share(article, revision=article.record("saved"))
    stranger.get(link.get_absolute_url())
    for one in (link, kept):
        with django_assert_max_num_queries(21):
            assert stranger.get(one.get_absolute_url()).status_code == 200


# --- the panel ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("lasts", LIFETIMES)
def test_a_link_is_made_with_a_note_and_an_end(desk, stranger, make_article, editor, lasts):
    article = make_article()
    response = desk.post(panel(article), {"note": "The  lawyer", "lasts": lasts, "shows": "follows"}, follow=True)
    link = ShareLink.objects.get()
    assert (link.note, link.created_by, link.revision) == ("The lawyer", editor, None)
    assert abs(link.expires_at - timezone.now() - LIFETIMES[lasts][1]) < timedelta(minutes=1)
    page = response.content.decode()
    assert f"http://127.0.0.1:8000{link.get_absolute_url()}" in page
    assert "The lawyer" in page
    assert "Not opened yet" in page
    stranger.get(link.get_absolute_url())
    assert "Opened 1 time," in desk.get(panel(article)).content.decode()
    assert "for The lawyer" in LogEntry.objects.get().get_change_message()


def test_a_kept_link_uses_the_last_revision_or_makes_one(desk, make_article):
    article = make_article()
    kept = {"note": "", "lasts": "day", "shows": "kept"}
    desk.post(panel(article), kept)
    desk.post(panel(article), kept)
    assert Revision.objects.count() == 1
    article.headline = "Changed"
    article.save()
    desk.post(panel(article), kept)
    assert [link.revision.data["content"]["headline"] for link in ShareLink.objects.order_by("pk")] == [
        "A story", "A story", "Changed",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "bad", [{"lasts": "year"}, {"shows": "all"}, {"note": "x" * 121}, {"lasts": ""}, {"note": "a\0b"}]
)
def test_a_bad_link_is_refused_at_its_field(desk, make_article, bad):
    response = desk.post(panel(make_article()), {"note": "", "lasts": "day", "shows": "kept"} | bad)
    assert response.status_code == 400
    assert 'class="errorlist"' in response.content.decode()
    assert not ShareLink.objects.exists()


def test_revoking_asks_first_and_is_at_once(desk, stranger, make_article, share):  # C03
    article = make_article()
    link = share(article, note="The lawyer")
    address = f"{panel(article)}{link.pk}/revoke/"
    assert "The lawyer" in desk.get(address).content.decode()
    assert not ended(stranger, link)
    page = desk.post(address, follow=True).content.decode()
    assert ended(stranger, link)
    assert "Revoked" in page
    assert link.get_absolute_url() not in page
    when = ShareLink.objects.get().revoked_at
    desk.post(address)
    assert ShareLink.objects.get().revoked_at == when
    assert LogEntry.objects.count() == 1


def test_another_article_s_link_can_not_be_revoked_here(desk, make_article, share):
    link = share(make_article("Theirs"))
    address = f"{panel(make_article('Mine'))}{link.pk}/revoke/"
    assert desk.post(address).status_code == 404
    assert ShareLink.objects.get().revoked_at is None


def test_who_may_only_view_can_neither_make_nor_revoke(client, make_article, share):
    user = User.objects.create_user("kit", is_staff=True)
    user.user_permissions.set(rights(["view_article"]))
    client.force_login(user)
    article = make_article()
    link = share(article)
    assert client.get(panel(article)).status_code == 403
    assert client.post(panel(article), {"lasts": "day", "shows": "follows"}).status_code == 403
    assert client.post(f"{panel(article)}{link.pk}/revoke/").status_code == 403
    assert ShareLink.objects.get().revoked_at is None
    assert "/share/" not in client.get(f"/admin/articles/article/{article.pk}/change/").content.decode()


def test_the_desk_wants_a_token_against_forgery(editor, make_article, share):
    client = Client(enforce_csrf_checks=True)
    client.force_login(editor)
    article = make_article()
    link = share(article)
    assert client.post(panel(article), {"lasts": "day", "shows": "follows"}).status_code == 403
    assert client.post(f"{panel(article)}{link.pk}/revoke/").status_code == 403


def test_the_panel_costs_as_many_queries_with_thirty_links_as_with_one(
    desk, make_article, share, django_assert_max_num_queries
):
    article = make_article()
    share(article, revision=article.record("saved"))
    desk.get(panel(article))
    with django_assert_max_num_queries(8) as few:
        desk.get(panel(article))
    for _ in range(30):
        share(article, revision=article.record("saved"))
    with django_assert_max_num_queries(8) as many:
        desk.get(panel(article))
    assert len(many) == len(few)


@pytest.mark.parametrize("kept", [True, False])
def test_of_an_address_no_character_can_be_changed(stranger, make_article, share, kept):  # C03
    """Nor can it be used for another article, whose own links are as many."""
    article, other = make_article("Known to a few"), make_article("Secret zanzibar")
    link, foreign = share(article, revision=article.record("saved") if kept else None), share(other)
    token = link.token
    for place, character in enumerate(token):
        for instead in {"0", "1", "A", "b", "-", "."} - {character}:
            changed = f"{token[:place]}{instead}{token[place + 1 :]}"
            # The last of 43 characters of base64 holds four bits: another that stands for the same bits is the same.
            assert place == len(token) - 1 or ShareLink.objects.by_token(changed) is None, changed
    for forged in (
        f"{foreign.pk}.{token.partition('.')[2]}",
        f"{token}.x",
        f" {token}",
        token.upper(),
        f"0{token}",
        f"+{token}",
    ):
        assert ended(stranger, f"/preview/{forged}/"), forged
    assert "Known to a few" in stranger.get(link.get_absolute_url()).content.decode()


def test_a_shared_page_asks_nobody_else_for_anything(stranger, make_article, share):  # C03
    """Whatever a browser would fetch by itself is this site's: no other server hears of the address."""
    video = '<figure data-embed="https://www.youtube.com/watch?v=abcdefghijk"></figure>'
    article = make_article("Known", body=f'<p>One <a href="https://elsewhere.example/">link</a>.</p>{video}')
    response = stranger.get(share(article).get_absolute_url())
    page = response.content.decode()
    fetched = re.findall(
        r"""<(?:img|script|iframe|source|video|audio|embed)\b[^>]*?\s(?:src|srcset)=["']([^"']+)""", page
    )
    fetched += re.findall(r"""<link\b(?![^>]*rel=["']canonical)[^>]*?\shref=["']([^"']+)""", page)
    assert fetched and all(re.match(r"/(?!/)|data:", one) for one in fetched), fetched
    assert response["Referrer-Policy"] == "no-referrer"
