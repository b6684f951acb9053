"""`manage.py check --database default`, and so `migrate`: sections whose address an update has given to the site itself.

A new one can't get such an address (models/section.py); one from before stays as it is until somebody changes it.
"""

from typing import Any

from django.core.checks import CheckMessage, Tags, Warning, register
from django.db import connections

from articles.models.section import Section, slug_is_free


def register_check() -> None:
    register(sections_can_be_read, Tags.database)


def sections_can_be_read(databases: Any = None, **kwargs: Any) -> list[CheckMessage]:
    """One query. Only where a database is asked for, and has its tables already."""
    if "default" not in (databases or ()):
        return []
    if Section._meta.db_table not in connections["default"].introspection.table_names():
        return []
    return [
        Warning(
            f"Readers don't get to the section “{name}”: /{slug}/ is an address of the site itself.",
            hint="Give it another address at the desk, under Sections. Its articles move along by themselves.",
            id="articles.W002",
        )
        for name, slug in Section.objects.values_list("name", "slug")
        if not slug_is_free(slug)
    ]
