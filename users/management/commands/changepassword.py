"""`manage.py changepassword NAME`, in the place of Django's, which would leave sessions open."""

import getpass
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from common.errors import Invalid
from users.actions.passwords import set_password
from users.models import User


class Command(BaseCommand):
    help = "Set a new password for somebody; every device of theirs is signed out."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("username", help="Username or e-mail address.")

    def handle(self, *args: Any, **options: Any) -> str:
        user = User.objects.called(options["username"]).first()
        if user is None:
            raise CommandError(f"Nobody is called {options['username']}.")
        password = getpass.getpass("Password: ")
        if password != getpass.getpass("Password (again): "):
            raise CommandError("The two differ.")
        try:
            set_password(user=user, password=password)
        except Invalid as error:
            raise CommandError(error.message) from error
        return f"{user} has a new password and is signed out everywhere."
