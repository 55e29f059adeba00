"""`manage.py settle_pictures`: bring pictures to where they belong, public or signed.

For the update to the version that has signed pictures: the clock does the same within an hour.
The files follow in the background. Safe to run at any time, and again.
"""

from typing import Any

from django.core.management.base import BaseCommand

from posts.actions.pictures import settle_pictures
from posts.tasks import SETTLE_SIZE


class Command(BaseCommand):
    help = "Move pictures that are public although not everybody may see them."

    def handle(self, *args: Any, **options: Any) -> None:
        total = 0
        while settled := settle_pictures(SETTLE_SIZE):
            total += settled
            self.stdout.write(f"\r{total} posts", ending="")
        self.stdout.write(f"\r{total} posts")
