"""No section stands where the site itself has an address: nobody could read it."""

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db.models import Value
from django.db.models.functions import Concat
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from articles.models import Section
from articles.shadowed import sections_can_be_read

pytestmark = pytest.mark.django_db
ADD = "/admin/articles/section/add/"


def first_parts(patterns: Any = None, before: str = "") -> set[str]:
    """Of every address that the site has: what stands before its second slash, where that is fixed."""
    found = set()
    for one in get_resolver().url_patterns if patterns is None else patterns:
        route = before + str(one.pattern).lstrip("^")
        first = route.partition("/")[0]
        if first.isidentifier() and "/" in route:
            found.add(first)
        elif isinstance(one, URLResolver):
            found |= first_parts(one.url_patterns, route)
        else:
            assert isinstance(one, URLPattern)
    return found


def test_the_site_has_such_addresses() -> None:
    assert {"admin", "corrections", "authors", "tags", "preview", "media"} <= first_parts()


@pytest.mark.parametrize("slug", sorted((first_parts() | {"static"}) - {"calendar", "share"}))
def test_the_desk_refuses_them_with_a_sentence(client: Client, people: dict[str, User], slug: str) -> None:
    client.force_login(people["administrator"])
    answer = client.post(ADD, {"name": "Mistakes", "slug": slug, "position": 0})
    assert answer.status_code == 200
    assert f"/{slug}/ is an address of the site itself. Choose another." in answer.content.decode()
    with pytest.raises(ValidationError, match="an address of the site itself"):
        Section.objects.create(name="Mistakes", slug=slug)
    assert not Section.objects.exists()


def test_what_only_looks_alike_is_free(client: Client, make_article: Any) -> None:
    """/calendar/…ics and /share/….png have no slash at their end, so that nothing of such a section is hidden."""
    for slug in ("calendar", "share", "corrections-2", "feed-2"):
        section = Section.objects.create(name=slug, slug=slug)
        make_article(slug, section=section, slug=f"of-{slug}").publish()
        assert client.get(f"/{slug}/").context["section"] == section
        assert client.get(f"/{slug}/of-{slug}/").status_code == 200


def test_a_name_like_that_gets_another_slug(client: Client, people: dict[str, User]) -> None:
    client.force_login(people["administrator"])
    assert client.post(ADD, {"name": "Corrections", "slug": "", "position": 0}).status_code == 302
    assert Section.objects.get().slug == "corrections-2"


def test_an_existing_section_can_not_move_there(film: Section) -> None:
    film.slug = "corrections"
    with pytest.raises(ValidationError):
        film.save()
    assert Section.objects.get().slug == "film"


def test_one_from_before_an_update_is_told_of_and_can_be_saved(film: Section, capsys: Any) -> None:
    assert not sections_can_be_read(databases=["default"])
    Section.objects.update(slug=Concat(Value("correc"), Value("tions")))  # as no path of the site does
    (warning,) = sections_can_be_read(databases=["default"])
    assert "“Film”" in warning.msg and "/corrections/" in warning.msg and warning.id == "articles.W002"
    call_command("check", databases=["default"])
    assert "articles.W002" in capsys.readouterr().err
    film.refresh_from_db()
    film.position = 3
    film.save()
    assert not sections_can_be_read()
