"""manage.py createsuperuser: Django's own, and the log tells of it."""

from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.management.commands import createsuperuser

from newsroom.models.audit import log


class Command(createsuperuser.Command):
    def handle(self, *args: Any, **options: Any) -> None:
        people: Any = get_user_model()._default_manager
        last = people.order_by("-pk").values_list("pk", flat=True).first() or 0
        super().handle(*args, **options)
        for person in people.filter(pk__gt=last, is_superuser=True):
            log("added", person, after={"is_superuser": True}, reason="manage.py createsuperuser")
