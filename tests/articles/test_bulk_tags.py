"""Tags put on many articles at once, or taken away: found by any name, made by who may, as they are called today."""

from typing import Any

import pytest
from django.utils import timezone

from articles.models import BulkAct, Tag, Vocabulary
from articles.models.tags.order.merging import begin_merge
from articles.models.tags.order.retiring import retire
from articles.models.tags.order.working import go_on
from articles.roles import Role

from .test_bulk import Kind, People, choose, confirm, only_act, outcomes, page_of

pytestmark = pytest.mark.django_db


def test_new_tags_are_made_with_the_first_article_that_gets_them(
    client: Any, people: People, make_article: Any
) -> None:
    """In the order that was chosen; and nothing is made by the look at what will happen."""
    client.force_login(people["editor"])
    noir, old = Tag.objects.create(name="Noir"), Tag.objects.create(name="Old stuff", retired_at=timezone.now())
    articles = [make_article("One"), make_article("Other")]
    articles[1].tagged_items.create(tag=old)
    choose(client, Kind.TAGS, articles)
    client.post(page_of(only_act()), {"add": ["new:Acqua alta", noir.pk], "add_typed": "NOIR", "remove": [old.pk]})
    assert only_act().chosen == {"add": ["Acqua alta", noir.pk], "remove": [old.pk]}
    assert outcomes(only_act())[articles[0].pk] == ("done", "+Acqua alta, +Noir")
    assert not Tag.objects.filter(name="Acqua alta").exists()
    again = client.get(f"{page_of(only_act())}?choose=1").content.decode()
    assert '<option value="new:Acqua alta" selected>' in again
    confirm(client, only_act())
    for article in articles:
        assert [tag.name for tag in article.tags.all()] == ["Acqua alta", "Noir"]
    assert Tag.objects.filter(name="Acqua alta").count() == 1


def test_new_tags_are_made_by_who_may_and_only_as_long(client: Any, people: People, make_article: Any) -> None:  # B09
    writer = people["writer"]
    client.force_login(writer)
    article = make_article("Mine", created_by=writer)
    choose(client, Kind.TAGS, [article])
    refused = client.post(page_of(only_act()), {"add": ["new:Acqua alta"]})
    assert refused.status_code == 400 and "may not make new ones" in refused.content.decode()
    vocabulary = Vocabulary.objects.create(open_to=Role.WRITER)
    client.post(page_of(only_act()), {"add": ["new:Acqua alta"]})
    assert outcomes(only_act())[article.pk] == ("done", "+Acqua alta")
    vocabulary.open_to = Role.EDITOR
    vocabulary.save()
    act = confirm(client, only_act())
    assert outcomes(act)[article.pk] == ("refused", "Your login may not make new tags.")
    assert not Tag.objects.exists()


def test_what_became_of_a_tag_since_the_page_was_opened(client: Any, people: People, make_article: Any) -> None:
    client.force_login(people["editor"])
    old, film = Tag.objects.create(name="Movies"), Tag.objects.create(name="Film")
    article = make_article("One")
    choose(client, Kind.TAGS, [article])
    go_on(begin_merge([old], film)[0])
    both = client.post(page_of(only_act()), {"add": [old.pk], "remove": [film.pk]})
    assert "To add and to remove at once: “Film”" in both.content.decode()
    client.post(page_of(only_act()), {"add": [old.pk]})
    retire(film)
    act = confirm(client, only_act())
    assert outcomes(act)[article.pk][0] == "refused" and "Retired meanwhile" in outcomes(act)[article.pk][1]
    choose(client, Kind.TAGS, [article])
    retired = client.post(page_of(BulkAct.objects.latest("pk")), {"add": [film.pk]})
    assert "Retired, and not to be added any more: “Film”." in retired.content.decode()
