"""Which tags often stand with those that an article has: seen in the newest articles of each."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from django.db import connection
from django.db.models import F

from ..tagging import PublishedTag, Tag

ASKED = 4  # of the chosen tags, the rarest, which say most
NEWEST = 60  # articles of each
OFTEN, AT_LEAST = 0.34, 4  # of these articles, for a tag that the text doesn't name
MOST = 3  # of such tags

_NEWEST = """SELECT * FROM (SELECT {place} AS place, content_object_id FROM articles_publishedtag
    WHERE tag_id = %s AND published_at IS NOT NULL
    ORDER BY published_at DESC, content_object_id DESC LIMIT %s) AS newest_{place}"""


@dataclass(frozen=True)
class Company:
    """`shares`: the greatest share of the newest articles of one of the chosen tags that a tag has, too. `beside`: of
    which one. `counts`: on how many of how many.
    """

    shares: Mapping[int, float] = field(default_factory=dict)
    beside: Mapping[int, int] = field(default_factory=dict)
    counts: Mapping[int, tuple[int, int]] = field(default_factory=dict)

    @classmethod
    def of(cls, chosen: Sequence[int], uses: Mapping[int, int]) -> "Company":
        """Two queries, whatever there is; none for none. Of ASKED tags NEWEST articles each, a walk of an index."""
        asked = sorted((pk for pk in set(chosen) if uses.get(pk)), key=lambda pk: (uses[pk], pk))[:ASKED]
        articles = _newest(asked)
        if not articles:
            return cls()
        versions = {version for few in articles.values() for version in few}
        # Plus nothing: else SQLite walks all articles of a tag instead of the tags of some articles (candidates.py).
        rows = PublishedTag.objects.order_by().annotate(tag_number=F("tag_id") + 0)
        having: dict[int, list[int]] = defaultdict(list)
        for version, tag in rows.filter(content_object__in=versions).values_list("content_object_id", "tag_number"):
            having[version].append(tag)
        shares: dict[int, float] = {}
        beside: dict[int, int] = {}
        counts: dict[int, tuple[int, int]] = {}
        for pk, few in articles.items():
            for tag, count in Counter(tag for version in few for tag in having[version]).items():
                if tag not in chosen and count / len(few) > shares.get(tag, 0):
                    shares[tag], beside[tag], counts[tag] = count / len(few), pk, (count, len(few))
        return cls(shares, beside, counts)

    @property
    def often(self) -> list[int]:
        """Those that stand with one of the chosen so often that they may belong here, too; at most MOST."""
        many = [pk for pk, share in self.shares.items() if share >= OFTEN and self.counts[pk][0] >= AT_LEAST]
        return sorted(many, key=lambda pk: (-self.shares[pk], pk))[:MOST]

    @property
    def tags(self) -> list[int]:
        """Whose rows are needed to tell of them."""
        return [*self.often, *(self.beside[pk] for pk in self.often)]

    def why(self, pk: int, tags: Mapping[int, Tag]) -> str:
        count, of = self.counts[pk]
        other = tags.get(self.beside[pk])
        return f"with “{other}” on {count} of {of} articles" if other else f"on {count} of {of} articles like this"


def _newest(asked: Sequence[int]) -> dict[int, list[int]]:
    """The newest versions of each. One query, none for none."""
    if not asked:
        return {}
    sql = " UNION ALL ".join(_NEWEST.format(place=place) for place in range(len(asked)))
    found: dict[int, list[int]] = defaultdict(list)
    with connection.cursor() as cursor:
        cursor.execute(sql, [value for pk in asked for value in (pk, NEWEST)])
        for place, version in cursor.fetchall():
            found[asked[place]].append(version)
    return dict(found)
