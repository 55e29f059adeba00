"""`manage.py search_check`: tell what can be found and should not, or the other way round.

Ends with 1 when something differs and is not mended, so that a monitor can run it.
"""

from collections import Counter
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from search import checking, engines, sending
from search.models import Document
from search.questions import EngineUnavailable


class Command(BaseCommand):
    help = "Compare what can be found with posts, people and tags, and with Elasticsearch."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--repair", action="store_true", help="Mend what differs.")

    def handle(self, *args: Any, repair: bool, **options: Any) -> None:
        try:
            number = self._look(repair)
        except EngineUnavailable as error:
            raise CommandError(f"Elasticsearch is away, its copies are unknown: {error}") from error
        if repair:
            sending.send_unsent()
        if engines.has_copies() and (waiting := Document.objects.unsent().count()):
            self.stdout.write(f"{waiting} on their way to Elasticsearch.")
        if number and not repair:
            raise CommandError(f"Drift: {number}. `search_check --repair` mends it.")
        self.stdout.write(f"Mended: {number}." if number else "No drift.")

    def _look(self, repair: bool) -> int:
        """Tell what each stage has found, one line each; how much of it is drift."""
        rows: Counter[str] = Counter()
        drift: dict[str, Counter[str]] = {}
        litter = 0
        for stage, look in checking.check(repair=repair):
            rows[stage] += look.rows
            drift.setdefault(stage, Counter()).update(look.drift)
            litter += look.litter
        for stage, found in drift.items():
            told = ", ".join(f"{number} {what}" for what, number in sorted(found.items()))
            self.stdout.write(f"{stage}: {rows[stage]} looked at, {told or 'none wrong'}")
        if litter:
            self.stdout.write(f"{litter} words of no document {'dropped' if repair else 'left'}.")
        return sum(found.total() for found in drift.values())
