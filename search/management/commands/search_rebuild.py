"""`manage.py search_rebuild`: make documents, words and index anew, while the old ones answer."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from search import rebuilding, turns
from search.questions import EngineUnavailable

WIDTH = 30  # of the bar


class Command(BaseCommand):
    help = "Make what can be found anew, from posts and people; goes on where it was stopped."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--fresh", action="store_true", help="Begin again, and not where it was stopped."
        )

    def handle(self, *args: Any, fresh: bool, **options: Any) -> None:
        left = turns.position(rebuilding.NAME)
        if left and not fresh:
            self.stdout.write(f"Going on with what was left at: {left['stage']}.")
        try:
            self._show(fresh)
        except rebuilding.RebuildRunningError as error:
            seconds = int(turns.LEASE.total_seconds())
            raise CommandError(
                f"A rebuild is running, or was killed less than {seconds} seconds ago."
            ) from error
        except EngineUnavailable as error:
            raise CommandError(
                f"Elasticsearch is away: {error} What is done is done; run this again, or leave"
                " it to the clock."
            ) from error
        self.stdout.write("All that can be found has been made anew.")

    def _show(self, fresh: bool) -> None:
        """A bar a stage on a terminal, otherwise a line a stage."""
        last: rebuilding.Step | None = None
        for step in rebuilding.rebuild(fresh=fresh):
            if last and last.stage != step.stage:
                self._end(last)
            last = step
            if self.stdout.isatty():
                filled = WIDTH * step.done // max(step.total, 1)
                bar = "█" * filled + "·" * (WIDTH - filled)
                line = f"\r{step.stage:<10}{bar} {step.done}/{step.total} "
                self.stdout.write(line, ending="")
                self.stdout.flush()
        if last:
            self._end(last)

    def _end(self, step: rebuilding.Step) -> None:
        self.stdout.write("" if self.stdout.isatty() else f"{step.stage}: {step.done}")
