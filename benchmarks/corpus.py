"""A large newsroom made up at random, the same every time: python -m benchmarks.corpus fills the configured database.

10,000 articles of 600 words with 5 to 8 tags by a Zipf law over 3,000 tags, 200 authors, 12 sections. Rows are
written in bulk, past the verbs: what is measured is reading.
"""

import itertools
import random
from datetime import timedelta

import django

ARTICLES, TAGS, AUTHORS, SECTIONS, PICTURES, WORDS = 10_000, 3_000, 200, 12, 200, 600
BATCH = 1000


def main() -> None:
    django.setup()
    from articles.models import PublishedArticle
    from articles.models.rebuilding import rebuild

    if PublishedArticle.objects.count() == ARTICLES:
        return
    chance = random.Random(1)
    sections, authors, tags, pictures = _filing()
    weights = list(itertools.accumulate(1 / rank for rank in range(1, TAGS + 1)))
    for first in range(0, ARTICLES, BATCH):
        _batch(range(first, first + BATCH), chance, sections, authors, tags, pictures, weights)
    for _ in rebuild():
        pass
    _analyse()


def _filing():
    """Sections, authors, tags and pictures. The pictures have no files: their addresses follow from their rows."""
    from articles.models import Section, Tag, TagName
    from articles.models.tags.names import folded
    from authors.models import Author
    from images.models import Image

    sections = Section.objects.bulk_create(Section(name=f"Section {n}", slug=f"section-{n}") for n in range(SECTIONS))
    authors = Author.objects.bulk_create(
        Author(name=f"Author {n}", slug=f"author-{n}", biography="Writes. " * 20) for n in range(AUTHORS)
    )
    tags = Tag.objects.bulk_create(
        Tag(name=f"Tag {n}", slug=f"tag-{n}", folded_name=folded(f"Tag {n}")) for n in range(TAGS)
    )
    TagName.objects.bulk_create(TagName(folded=tag.folded_name, name=tag.name, tag=tag) for tag in tags)
    pictures = Image.objects.bulk_create(
        Image(title=f"Picture {n}", alt="A picture", width=1600, height=1067, digest=f"{n:016x}")
        for n in range(PICTURES)
    )
    return sections, authors, tags, pictures


def _batch(numbers, chance, sections, authors, tags, pictures, weights):
    from django.utils import timezone

    from articles.models import Article, ArticleTag, Byline, PublishedArticle, PublishedByline, PublishedTag

    now = timezone.now()
    articles = [
        Article(
            headline=f"Headline number {n} of the measured newsroom",
            slug=f"headline-{n}",
            kicker="Review",
            standfirst="A standfirst of some twenty words, which says what the article is about and why to read on.",
            body=_body(chance, chance.choice(pictures).pk, n),
            section=chance.choice(sections),
            lead_image=chance.choice(pictures),
        )
        for n in numbers
    ]
    Article.objects.bulk_create(articles)
    when = [now - timedelta(minutes=30 * (ARTICLES - n)) for n in numbers]
    published = PublishedArticle.objects.bulk_create(
        PublishedArticle(article=article, version=1, live_from=at, published_at=at, **article.content())
        for article, at in zip(articles, when, strict=True)
    )
    rows = {"at": [], "pt": [], "ab": [], "pb": []}
    for article, version, at in zip(articles, published, when, strict=True):
        for tag in _some_tags(chance, tags, weights):
            rows["at"].append(ArticleTag(content_object=article, tag=tag))
            rows["pt"].append(PublishedTag(content_object=version, tag=tag, published_at=at))
        author = chance.choice(authors)
        rows["ab"].append(Byline(article=article, author=author))
        rows["pb"].append(PublishedByline(published=version, author=author, published_at=at))
    for model, key in ((ArticleTag, "at"), (PublishedTag, "pt"), (Byline, "ab"), (PublishedByline, "pb")):
        model.objects.bulk_create(rows[key], batch_size=5000)


def _some_tags(chance, tags, weights):
    wanted = chance.randint(5, 8)
    found = {}
    while len(found) < wanted:
        tag = chance.choices(tags, cum_weights=weights)[0]
        found[tag.pk] = tag
    return found.values()


def _body(chance, picture, number):
    words = [chance.choice(VOCABULARY) for _ in range(WORDS)]
    blocks = [f"<p>{' '.join(words[start : start + 60]).capitalize()}.</p>" for start in range(0, WORDS, 60)]
    blocks.insert(3, f'<figure data-image="{picture}" data-alt="A picture" data-align="wide"></figure>')
    blocks.insert(6, f'<p>See <a data-article="{max(number, 1)}" href="/x/">another</a>.</p>')
    return "\n".join(blocks)


VOCABULARY = [
    "".join(letters)
    for letters in itertools.islice(itertools.product("bdglmprst", "aeiou", "lmnrst", ("", "a", "en", "ing")), 900)
]


def _analyse():
    """What every database does by itself after a while."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


if __name__ == "__main__":
    main()
