"""For each of the house rules an article that breaks it. A new rule joins here, and is tried on every way out by itself."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.contrib.auth.models import User
from django.utils import timezone

from articles.models import Article, HouseRules
from articles.models.check_facts import COMMON_FROM
from articles.models.rules import LONGEST_HEADLINE, LONGEST_STANDFIRST, RULES
from articles.richtext.inspecting import LONG_PARAGRAPH
from images.models import Image
from newsroom import pagecache

Make = Callable[..., Article]


def set_rules(**levels: str) -> None:
    house = HouseRules.objects.first() or HouseRules()
    house.levels = {**house.levels, **{name.replace("_", "-"): level for name, level in levels.items()}}
    house.save()


def only(rule: str, level: str) -> None:
    """This rule weighs so much, and all others nothing."""
    house = HouseRules.objects.first() or HouseRules()
    house.levels = {**dict.fromkeys((name for name, one in RULES.items() if not one.is_fixed), "off"), rule: level}
    house.save()
    pagecache.Remembered.forget()


def image(**fields: Any) -> Image:
    """Without a file: the checks ask its row alone."""
    return Image.objects.create(**{"title": "Seats", "alt": "Red seats", "credit": "Sam", **fields})


def figure(**fields: Any) -> str:
    return f'<p>Words.</p><figure data-image="{image(**fields).pk}"></figure>'


def _without_byline(make: Make, publisher: User) -> Article:
    article = make("Unsigned")
    article.bylines.all().delete()
    return article


def _linked_to_a_draft(make: Make, publisher: User) -> Article:
    draft = make("Not out", slug="not-out")
    return make("Links", body=f'<p><a data-article="{draft.pk}" href="/film/not-out/">it</a></p>')


def _with_few_tags(make: Make, publisher: User) -> Article:
    house = HouseRules.objects.first() or HouseRules()
    house.tags_at_least = 3
    house.save()
    return make("Few", tags=("Noir",))


def _commonly_tagged(make: Make, publisher: User) -> Article:
    for number in range(COMMON_FROM):
        make(f"Also {number}", tags=("Noir",))
    return make("Common", tags=("Noir",))


def _written_alone(make: Make, publisher: User) -> Article:
    article = make("Alone")
    article.record("saved", by=publisher)
    return article


def _ended() -> Any:
    return timezone.localdate() - timedelta(days=3)


def having(**fields: Any) -> Callable[[Make, User], Article]:
    """Fields may be given as functions, to be called when the database is there."""

    def breaks(make: Make, publisher: User) -> Article:
        return make(**{"headline": "Broken"} | {name: one() if callable(one) else one for name, one in fields.items()})

    return breaks


BREAKS: dict[str, Callable[[Make, User], Article]] = {
    "standfirst-missing": having(),
    "text-missing": having(body=""),
    "byline-missing": _without_byline,
    "lead-missing": having(),
    "lead-alt-missing": having(lead_image=lambda: image(alt="")),
    "picture-alt-missing": having(body=lambda: figure(alt="")),
    "lead-credit-missing": having(lead_image=lambda: image(credit="")),
    "picture-credit-missing": having(body=lambda: figure(credit="")),
    "lead-rights": having(lead_image=lambda: image(rights_expire_on=_ended())),
    "picture-rights": having(body=lambda: figure(rights_expire_on=_ended())),
    "picture-gone": having(body='<p>Words.</p><figure data-image="999999"></figure>'),
    "link-empty": having(body='<p>Words <a href="https://x.org/"> </a></p>'),
    "link-unpublished": _linked_to_a_draft,
    "affiliate-undisclosed": having(body='<p><a href="https://amzn.to/3xyz">A lamp</a></p>'),
    "disclosure-missing": having(has_affiliate_links=True),
    "tags-missing": having(),
    "tags-few": _with_few_tags,
    "tags-many": having(tags=tuple("ABCDEFGHIJKLM")),
    "four-eyes": _written_alone,
    "headline-long": having(headline="x" * (LONGEST_HEADLINE + 1)),
    "standfirst-long": having(standfirst="x" * (LONGEST_STANDFIRST + 1)),
    "tags-common": _commonly_tagged,
    "heading-order": having(body="<p>Words.</p><h3>Deep</h3>"),
    "link-vague": having(body='<p><a href="https://x.org/">Click here</a></p>'),
    "paragraph-long": having(body=f"<p>{'word ' * (LONG_PARAGRAPH + 1)}</p>"),
}


def sentence_of(rule: str) -> str:
    """What its sentence always says."""
    return max(RULES[rule].text.split("{words}"), key=len).strip()
