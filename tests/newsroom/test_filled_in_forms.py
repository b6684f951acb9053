"""What the address of an empty form fills in: the number of a row, or nothing."""

from typing import Any

import pytest
from django.contrib import admin
from django.contrib.auth.models import User
from django.test import Client

from articles.models import Section

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("nonsense", ["abc", "9" * 400, "1,2", "-1", "²", ""])
def test_nonsense_in_an_address_fills_in_nothing(client: Client, editor: User, nonsense: str) -> None:
    """Of every form of the desk, at all its fields."""
    client.force_login(editor)
    forms = 0
    for model in admin.site._registry:
        address = f"/admin/{model._meta.app_label}/{model._meta.model_name}/add/"
        answer = client.get(address, {field.name: nonsense for field in model._meta.get_fields()})
        assert answer.status_code in {200, 302, 403}, address
        forms += answer.status_code == 200
    assert forms > 5


def test_the_number_of_a_row_is_filled_in(client: Client, editor: User, film: Section) -> None:
    client.force_login(editor)
    form: Any = client.get("/admin/articles/article/add/", {"section": film.pk, "headline": "9,x"}).context["adminform"]
    assert str(form.form.initial["section"]) == str(film.pk)
    assert form.form.initial["headline"] == "9,x"
