"""`manage.py rebuild_timelines`: write the home timelines anew, from posts and follows.

They are derived data: after a restored backup or a truncated table this brings them back.
People go on reading meanwhile; a timeline is written in one short transaction.
"""

from typing import Any

from django.core.management.base import BaseCommand

from posts.actions.publication import rebuild_own
from posts.actions.reposts import shelve_reposts
from users import reposts, timelines
from users.models import User


class Command(BaseCommand):
    help = "Write the home timelines anew, from posts and follows."

    def handle(self, *args: Any, **options: Any) -> None:
        people = list(
            User.objects.filter(deleted_at=None).order_by("pk").values_list("pk", flat=True)
        )
        for step, work in (
            ("own posts", rebuild_own),
            ("own reposts", shelve_reposts),
            ("followed", timelines.rebuild),
            ("reposted", reposts.rebuild),
        ):
            for done, user_id in enumerate(people, 1):
                work(user_id)
                if done % 100 == 0 or done == len(people):
                    self.stdout.write(f"\r{step}: {done} of {len(people)}", ending="")
            self.stdout.write("")
