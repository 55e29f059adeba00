"""What the clock has made: a shelf for the site, and one for each person who was here lately."""

from time import monotonic

from celery import shared_task
from django.conf import settings

from recommendations import actions

FORGET_SIZE = 200  # shelves a transaction


@shared_task(ignore_result=True, expires=60)
def make_shelves() -> None:
    """Make what is due, a chunk after the other, and stop before the clock comes again.

    Killed anywhere, it leaves whole shelves; whoever has none yet is the next one's.
    """
    ends = monotonic() + settings.EXPLORE_SECONDS * 0.8
    actions.make_shelf_for_site()
    while monotonic() < ends and (people := actions.people_due()):
        actions.make_shelves(people)
    while monotonic() < ends and actions.forget_shelves(FORGET_SIZE):
        pass
