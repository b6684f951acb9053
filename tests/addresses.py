"""Every address of the site and what it needs. tests/test_every_address.py calls them all, as everybody, and compares with
articles/roles.py.

Added an address? Add one line to ADDRESSES, by its name in the resolver:

    article(get=Act.VIEW, post=Act.CHANGE)   one article: the table's "own" and "any" are tried; None: no such method
    articles(get=Act.ADD)                    no certain article: who may do it to any
    thing("articles.tag", get="view")        another kind of thing, with a verb of THINGS
    staff(…), public(…), nobody(…)           everybody with a login at the desk; everybody; nobody whatsoever

`query` and `body` are what it is called with; `also` are its arguments other than the number of the thing, from the world
(tests/test_every_address.py) and the article.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.utils import timezone

from articles.pages.share import site_card
from articles.roles import ARTICLES, THINGS, Act, Reach, Role

Arguments = Callable[[Any, Any], dict[str, Any]]
SUPERUSER = "superuser"
_THINGS = {one.model: one for one in THINGS}


@dataclass(frozen=True)
class Address:
    """What GET and POST need: an Act, a verb, or None where the method is not answered."""

    kind: str
    get: Any = None
    post: Any = None
    model: str = ""
    query: str = ""
    body: dict[str, Any] = field(default_factory=dict)
    also: Arguments = lambda world, article: {}

    def is_open_to(self, role: str, method: str, *, is_own: bool) -> bool:
        """What the tables of articles/roles.py say; `role` may be SUPERUSER."""
        needs = self.get if method == "GET" else self.post
        if needs is None or self.kind == "nobody":
            return False
        if role == SUPERUSER or self.kind in {"staff", "public"}:
            return True
        if self.kind == "thing":
            thing = _THINGS.get(self.model)
            least = thing.from_role(needs) if thing else None
            return least is not None and list(Role).index(Role(role)) >= list(Role).index(least)
        reach = ARTICLES[needs].reach(Role(role))
        if self.kind == "article":
            return reach is Reach.ANY or (reach is Reach.OWN and is_own)
        return reach is not Reach.NONE


def article(get: Act | None = None, post: Act | None = None, **more: Any) -> Address:
    return Address("article", get, post, **more)


def articles(get: Act | None = None, post: Act | None = None, **more: Any) -> Address:
    return Address("articles", get, post, **more)


def thing(model: str, get: str | None = None, post: str | None = None, **more: Any) -> Address:
    """A model that THINGS doesn't have is for superusers."""
    return Address("thing", get, post, model, **more)


def staff(get: bool = True, post: bool = False, **more: Any) -> Address:
    return Address("staff", get or None, post or None, **more)


def public(get: bool = True, post: bool = False, **more: Any) -> Address:
    return Address("public", get or None, post or None, **more)


def nobody(**more: Any) -> Address:
    return Address("nobody", **more)


def model(name: str, **other: Address) -> dict[str, Address]:
    """The five addresses that the admin makes for "app.model", by the table of THINGS; `other` where they differ."""
    usual = {
        "changelist": thing(name, "view", "view"),
        "add": thing(name, "add", "add"),
        "change": thing(name, "view", "change"),
        "history": thing(name, "view", "view"),
        "delete": thing(name, "delete", "delete", body={"post": "yes"}),
    }
    return {f"admin:{name.replace('.', '_')}_{view}": one for view, one in (usual | other).items()}


def _revision(world: Any, one: Any) -> dict[str, Any]:
    return {"number": one.revisions.get().number}


def _share_link(world: Any, one: Any) -> dict[str, Any]:
    return {"number": one.share_links.get().pk}


def _note(world: Any, one: Any) -> dict[str, Any]:
    return {"number": one.notes.get().pk}


def _form(world: Any, one: Any) -> dict[str, Any]:
    return {"form": str(one.pk)}


def _home(world: Any, one: Any) -> dict[str, Any]:
    return {"number": 0}


def _front(get: str | None = None, post: str | None = None, also: Arguments = _home, **more: Any) -> Address:
    return thing("articles.front", get, post, also=also, **more)


def _readers(**names: str) -> Arguments:
    return lambda world, one: {name: getattr(world, of).slug for name, of in names.items()}


def _tag_twice(world: Any, one: Any) -> dict[str, Any]:
    return {"slugs": f"{world.tag.slug}+{world.tag.slug}"}


def _sitemap(world: Any, one: Any) -> dict[str, Any]:
    """Its number follows from the article's: PostgreSQL's sequences count on from test to test."""
    return {"kind": "articles", "number": world.published.pk // 10_000}


def feeds(of: str, also: Arguments = lambda world, article: {}) -> dict[str, Address]:
    """The three forms of a page's feed."""
    return {f"{of}-{form}": public(also=also) for form in ("feed", "feed-atom", "feed-json")}


def _today(*parts: str) -> Arguments:
    """The day on which the world's article appeared."""
    written = dict(zip(("year", "month", "day"), f"{timezone.localdate():%Y-%m-%d}".split("-"), strict=True))
    return lambda world, one: {part: written[part] for part in parts}


ADDRESSES: dict[str, Address] = {
    # --- articles
    "admin:articles_article_changelist": articles(Act.VIEW, Act.VIEW),
    "admin:articles_article_add": articles(Act.ADD, Act.ADD),
    "admin:articles_article_change": article(Act.VIEW, Act.CHANGE),
    "admin:articles_article_delete": article(Act.DELETE, Act.DELETE, body={"post": "yes"}),
    "admin:articles_article_history": article(Act.VIEW),
    "admin:articles_article_compare": article(Act.VIEW, query="old=1&new=now"),
    "admin:articles_article_revision": article(Act.VIEW, also=_revision),
    "admin:articles_article_restore": article(Act.CHANGE, Act.CHANGE, also=_revision),
    "admin:articles_article_preview": article(Act.VIEW, Act.CHANGE),
    "admin:articles_article_preview_new": articles(post=Act.ADD),
    "admin:articles_article_share": article(Act.CHANGE, Act.CHANGE),
    "admin:articles_article_share_revoke": article(Act.CHANGE, Act.CHANGE, also=_share_link),
    "admin:articles_article_presence": article(Act.VIEW, Act.CHANGE),
    "admin:articles_article_autosave": article(Act.CHANGE, Act.CHANGE, also=_form),
    "admin:articles_article_unfinished": articles(Act.ADD),
    "admin:articles_article_links": articles(Act.VIEW, query="q=story"),
    "admin:articles_article_videos": articles(Act.VIEW, query="q=story"),
    "admin:articles_article_tag_uses": articles(Act.VIEW, Act.VIEW, query="ids=1"),
    "admin:articles_article_tags": articles(Act.VIEW, query="q=sea"),
    "admin:articles_article_tag_suggestions": article(post=Act.CHANGE, body={"headline": "By the sea"}),
    "admin:articles_article_tag_suggestions_new": articles(post=Act.ADD, body={"headline": "By the sea"}),
    "admin:articles_article_note": article(post=Act.VIEW, body={"text": "A note"}),
    "admin:articles_article_note_resolve": article(post=Act.VIEW, also=_note),
    "admin:articles_article_people": article(Act.VIEW),
    "admin:articles_article_take_down": article(Act.TAKE_DOWN, Act.TAKE_DOWN, body={"reason": "Because"}),
    "admin:articles_article_bring_back": article(Act.TAKE_DOWN, Act.TAKE_DOWN),
    "admin:articles_article_inbox": staff(),
    # A notification is its person's own, whatever else one may do; following it marks it as read, also by GET.
    "admin:articles_article_inbox_open": nobody(also=lambda world, one: {"number": 1}),
    "admin:articles_article_inbox_read": staff(get=False, post=True),
    "admin:articles_article_inbox_mails": staff(get=False, post=True, body={"mail": "none"}),
    # Written by the site alone, to be looked at.
    **model("articles.announcement", add=nobody(), delete=nobody(), change=thing("articles.announcement", "view")),
    **model("articles.houserules", add=nobody(), delete=nobody()),
    **model("articles.relatedsettings", add=nobody(), delete=nobody()),
    "admin:articles_article_related": article(post=Act.CHANGE),
    "admin:articles_article_related_new": articles(post=Act.ADD),
    "admin:articles_article_mute_everywhere": article(Act.APPROVE, Act.APPROVE, body={"act": "mute"}),
    **model("articles.vocabulary", add=nobody(), delete=nobody()),
    "admin:articles_article_weigh": article(post=Act.PUBLISH),
    "admin:articles_article_discard_held": article(get=Act.PUBLISH, post=Act.PUBLISH),
    "admin:articles_article_calendar": articles(Act.VIEW),
    "admin:articles_article_calendar_plan": articles(Act.ADD, Act.ADD),
    "admin:articles_article_calendar_take_up": article(post=Act.CHANGE),
    "admin:articles_article_calendar_move": article(post=Act.VIEW),
    "admin:articles_article_calendar_feeds": articles(Act.VIEW, Act.VIEW),
    "admin:articles_article_calendar_feed_act": nobody(also=lambda world, one: {"number": 1, "act": "end"}),
    # An act on many is its person's own; what it may do to each article is asked of each.
    "admin:articles_article_bulk": nobody(also=lambda world, one: {"pk": world.bulk.pk}),
    **model(
        "newsroom.auditentry",
        add=nobody(),
        delete=nobody(),
        changelist=thing("newsroom.auditentry", "view"),
        change=thing("newsroom.auditentry", "view"),
    ),
    "admin:newsroom_auditentry_export": thing("newsroom.auditentry", post="view"),
    # --- what they are filed under, who writes, pictures
    **model("articles.section"),
    **model("articles.tag"),
    **model("articles.standingpage"),
    "admin:articles_standingpage_preview": thing("articles.standingpage", "view", "change"),
    "admin:articles_standingpage_preview_new": thing("articles.standingpage", post="add"),
    "admin:articles_tag_desk": thing("articles.tag", "change"),
    "admin:articles_tag_merge": thing("articles.tag", "delete", "delete"),
    "admin:articles_tag_acts": thing("articles.tag", "change", "change"),
    "admin:articles_tag_rename": thing("articles.tag", "change", "change"),
    "admin:articles_tag_split": thing("articles.tag", "change", "change"),
    "admin:articles_tag_retire": thing("articles.tag", "delete", "delete"),
    **model("authors.author"),
    **model("images.image"),
    "admin:images_image_picker": thing("images.image", "view"),
    "admin:images_image_picker_info": thing("images.image", "view", query="ids=1"),
    "admin:images_image_picker_upload": thing("images.image", post="add"),
    "admin:images_image_upload": thing("images.image", "add", "add"),
    "admin:images_image_upload_one": thing("images.image", post="add"),
    "admin:images_image_words": thing("images.image", post="change"),
    # --- fronts, by the number of their section; 0 is the home page
    **model("articles.front", add=nobody(), delete=nobody(), changelist=_front("view"), change=_front("view")),
    "admin:articles_front_lay_out": _front("view"),
    "admin:articles_front_act": _front(post="change", body={"act": "container-new|row", "number": "0", "layout": "{}"}),
    "admin:articles_front_edit": _front("change", "change", query="of=opening&number=0"),
    "admin:articles_front_preview": _front("view"),
    "admin:articles_front_publish": thing("articles.frontversion", "add", "add", also=_home),
    "admin:articles_front_undo": thing("articles.frontversion", "add", "add", also=_home),
    "admin:articles_front_discard": _front("change", "change"),
    "admin:articles_front_versions": _front("view"),
    "admin:articles_front_restore": _front(
        "change", "change", also=lambda world, one: {"number": 0, "version": world.past}
    ),
    # --- the site, its people
    **model("newsroom.redirect"),
    **model("newsroom.menulink"),
    **model("newsroom.siteidentity", add=nobody(), delete=nobody()),  # there is one, and it stays
    **model("auth.user"),
    "admin:auth_user_password_change": thing("auth.user", "change", "change"),
    **model("auth.group", delete=nobody()),  # the one that is tried is a role's
    # --- the desk itself
    "admin:index": staff(post=True),
    "admin:app_list": staff(post=True, also=lambda world, one: {"app_label": "articles"}),
    "admin:password_change": staff(post=True),
    "admin:password_change_done": staff(),
    "admin:jsi18n": staff(),
    "admin:autocomplete": thing(
        "articles.section", "view", query="app_label=articles&model_name=article&field_name=section"
    ),
    "admin:view_on_site": thing(
        "articles.section", "view", "view", also=lambda world, one: {"content_type_id": world.type_of_section}
    ),
    "admin:login": public(post=True),
    "admin:logout": public(get=False, post=True),
    # --- the readers' pages
    "home": public(),
    "theme": public(also=lambda world, one: {"digest": "0" * 12}),
    "section": public(also=_readers(slug="section")),
    "article": public(also=_readers(section="section", slug="published")),
    "tag": public(also=_readers(slug="tag")),
    "tags": public(also=_tag_twice),
    "authors": public(),
    "author": public(also=_readers(slug="author")),
    "archive": public(),
    "archive-year": public(also=_today("year")),
    "archive-month": public(also=_today("year", "month")),
    "archive-day": public(also=_today("year", "month", "day")),
    "corrections": public(),
    "search": public(query="q=story"),
    "share-picture": public(also=lambda world, one: {"kind": "site", "number": "0", "digest": site_card().digest}),
    **feeds("home"),
    **feeds("corrections"),
    **feeds("section", _readers(slug="section")),
    **feeds("author", _readers(slug="author")),
    **feeds("tag", _readers(slug="tag")),
    **feeds("tags", _tag_twice),
    # --- what machines ask for
    "robots-txt": public(),
    "sitemap": public(),
    "sitemap-news": public(),
    "sitemap-file": public(also=_sitemap),
    "ads-txt": public(),
    "humans-txt": public(),
    "security-txt": public(),
    "manifest": public(),
    "favicon": public(),
    "media": public(also=lambda world, one: {"name": world.rendition}),
    "calendar_feed": public(also=lambda world, one: {"secret": world.secret}),
    "shared": public(also=lambda world, one: {"token": world.token}),
}
