"""manage.py changepassword: Django's own, and the log tells of it. Never of the password."""

import getpass
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.management.commands import changepassword

from newsroom.models.audit import NOT_WRITTEN, log


class Command(changepassword.Command):
    def handle(self, *args: Any, **options: Any) -> Any:
        said = super().handle(*args, **options)
        name = options["username"] or getpass.getuser()
        person = get_user_model()._default_manager.get(**{get_user_model().USERNAME_FIELD: name})
        log("changed", person, after={"password": NOT_WRITTEN}, reason="manage.py changepassword")
        return said
