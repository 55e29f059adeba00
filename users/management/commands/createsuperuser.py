"""`manage.py createsuperuser`: Django's own, which does not know how our names are unique."""

from typing import Any

from django.contrib.auth.management.commands import createsuperuser
from django.core.exceptions import ValidationError
from django.core.management.base import CommandError
from django.db import IntegrityError, transaction

from users.actions.staff import note_administrator
from users.names import check_username


class Command(createsuperuser.Command):
    """Names are unique whatever the case, by a constraint, and only some are allowed."""

    username_is_unique = True
    username = ""

    def _validate_username(self, username: str, *args: Any) -> str | None:
        try:
            check_username(username)
        except ValidationError as error:
            return "; ".join(error.messages)
        self.username = username  # the last that was asked for is the one
        found: str | None = super()._validate_username(username, *args)  # type: ignore[misc]
        return found

    @transaction.atomic
    def _create(self, *args: Any, **options: Any) -> str | None:
        told = super().handle(*args, **options)
        note_administrator(username=self.username)
        return told

    def handle(self, *args: Any, **options: Any) -> str | None:
        try:
            return self._create(*args, **options)
        except IntegrityError as error:
            raise CommandError("Somebody has this username or address already.") from error
