"""Tags: one for each thing, however it is typed."""

import pytest
from django.core.exceptions import ValidationError

from articles.models import Tag
from articles.models.tags.names import folded

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Noir", "noir"),
        ("Москва", "москва"),
        ("STRASSE", "Straße"),
        ("Film  noir", " film noir "),
        ("Ｎｏｉｒ", "noir"),
        ("Ven\u200bice", "Venice"),  # a space of no width, as pasted from a web page
        ("\ufeffVenice\u200f", "Venice"),
        ("Rock\u2212n\u2212roll", "Rock-n-roll"),
        ("תל־אביב", "תל אביב"),
        ("می\u200cخواهم", "می خواهم"),
        ("\u2764\ufe0f", "\u2764"),
    ],
)
def test_spellings_that_mean_the_same_are_one_tag(make_article, first, second):
    make_article(tags=(first,))
    article = make_article("Other", tags=(second, first))
    assert Tag.objects.count() == 1
    assert article.tags.count() == 1


@pytest.mark.parametrize("name", ["🚀", "!!!", "新聞", "C++", "C#", "C"])
def test_every_tag_has_an_address(client, make_article, name):
    make_article(tags=(name, "C")).publish()
    tag = Tag.objects.named([name])[0]
    assert tag.slug
    assert client.get(tag.get_absolute_url()).status_code == 200


def test_names_that_make_one_slug_get_two():
    tags = Tag.objects.named(["C", "C++", "C#"])
    assert len({tag.slug for tag in tags}) == 3


def test_a_name_that_is_too_long_is_refused_in_words():
    with pytest.raises(ValidationError, match="too long for a tag"):
        Tag.objects.named(["x" * 300])


def test_a_sign_that_folds_to_a_sentence_fits_its_column():
    """One of these is eighteen letters, folded: PostgreSQL would refuse the row with an error."""
    (one,) = Tag.objects.named(["\ufdfa" * 100])
    assert (one, len(one.folded_name)) == (Tag.objects.get(names__folded=folded("\ufdfa" * 100)), 300)


def test_the_order_of_typing_is_kept(make_article):
    assert [tag.name for tag in make_article(tags=("Zebra", "Ant", "Moth")).tags.all()] == ["Zebra", "Ant", "Moth"]


def test_a_renamed_tag_keeps_its_old_address(client, make_article):
    make_article(tags=("Noir",)).publish()
    tag = Tag.objects.get()
    tag.slug = "film-noir"
    tag.save()
    assert client.get("/tags/noir/")["Location"] == "/tags/film-noir/"


def test_a_tag_without_a_live_article_is_not_found(client, make_article):
    make_article(tags=("Noir",))
    assert client.get("/tags/noir/").status_code == 404


def test_finding_known_tags_is_one_query(django_assert_num_queries):
    Tag.objects.named(["A", "B", "C"])
    with django_assert_num_queries(1):
        Tag.objects.named(["c", "a", "b"])
