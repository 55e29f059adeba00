"""`manage.py moderator <username>`: let somebody who has registered into the admin."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from common.errors import Refusal
from users.actions.staff import appoint_moderator, dismiss_moderator
from users.models import User


class Command(BaseCommand):
    help = "Make somebody who has registered a moderator."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("username")
        parser.add_argument("--dismiss", action="store_true", help="Undo it.")

    def handle(self, *args: Any, username: str, dismiss: bool, **options: Any) -> None:
        user: User | None = User.objects.named(username).first()
        if user is None:
            raise CommandError(
                f"Nobody is called {username}. Register first, or make an administrator with"
                " `manage.py createsuperuser`."
            )
        try:
            dismiss_moderator(user=user) if dismiss else appoint_moderator(user=user)
        except Refusal as refusal:
            raise CommandError(f"{user} is suspended or deleted.") from refusal
        if dismiss:
            self.stdout.write(f"{user} is no moderator any more.")
        else:
            self.stdout.write(
                f"{user} is a moderator now. Sign in at {settings.SITE_URL}/admin/ with the same"
                " username and password."
            )
