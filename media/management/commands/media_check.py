"""`manage.py media_check`: whether the stores hold what the rows say, and nothing else."""

from collections import Counter
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from media import inventory
from media.actions.sweeping import Repaired, repair

_WORDS = {
    "orphans": "folders that no row knows",
    "strays": "files in a picture's folder that its row does not name",
    "bare": "pictures without some of their renditions",
    "lost": "pictures without their original",
}


class Command(BaseCommand):
    help = (
        "Compare every file in the stores with the rows, and every row with the files. Prints what "
        "differs and ends with 1 while something does. Files younger than a day are left out: "
        "their row may be on its way."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        what = parser.add_mutually_exclusive_group()
        what.add_argument(
            "--repair",
            action="store_true",
            help="Remove files without a row, and make lost renditions again from the originals.",
        )
        what.add_argument(
            "--dry-run", action="store_true", help="Change nothing; as without --repair."
        )
        parser.add_argument(
            "--force",
            action="store_true",
            help="With --repair: remove even where most of the files have no row.",
        )
        parser.add_argument(
            "--size",
            type=int,
            default=inventory.NAMES,
            help="How many files are compared at a time (default: %(default)s).",
        )
        parser.add_argument(
            "--after",
            default="",
            metavar="STORE:POSITION",
            help="Go on from where an earlier run stopped, as it was printed.",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        first, _, position = options["after"].partition(":")
        if first and first not in inventory.STORES:
            raise CommandError(f"The stores are {' and '.join(inventory.STORES)}.")
        stores = inventory.STORES[inventory.STORES.index(first) if first else 0 :]
        self.left = 0
        for store in stores:
            self._check(store, position if store == first else inventory.BEGINNING, options)
        if self.left:
            raise CommandError(f"{self.left} differences are left.")
        self.stdout.write("Stores and rows are alike.")

    def _check(self, store: str, position: str | None, options: dict[str, Any]) -> None:
        counts: Counter[str] = Counter()
        while position is not None:
            try:
                found = inventory.compare(
                    store, position, timezone.now(), size=max(1, options["size"])
                )
                self._show(found, options["verbosity"])
                done = Repaired()
                if options["repair"]:
                    done = repair(found, however_many=options["force"])
            except (OSError, KeyboardInterrupt) as error:
                here = f"{store}:{position}"
                raise CommandError(f"Stopped: {error!r}. Go on with --after {here}") from error
            counts.update(names=found.names, owned=found.owned, foreign=found.foreign)
            counts.update({kind: len(getattr(found, kind)) for kind in _WORDS})
            counts["removed"] += done.orphans + done.strays
            counts["made again"] += done.renditions
            self.left += found.differences - done.total
            if done.refused:
                self.stderr.write(
                    f"{store}: {len(found.orphans)} folders without a row beside {found.owned} with"
                    " one. Is this the right database? --force removes them all the same."
                )
            position = found.until
        self._tell(store, counts, repaired=options["repair"])

    def _show(self, found: inventory.Stretch, verbosity: int) -> None:
        if verbosity < 2:
            return
        for kind, words in _WORDS.items():
            for each in getattr(found, kind):
                self.stdout.write(f"{found.store}: {each} ({words})")

    def _tell(self, store: str, counts: Counter[str], *, repaired: bool) -> None:
        self.stdout.write(
            f"{store}: {counts['names']} files in {counts['owned']} folders with a row"
        )
        for kind, words in _WORDS.items():
            self.stdout.write(f"  {counts[kind]} {words}")
        if counts["foreign"]:
            self.stdout.write(f"  {counts['foreign']} files that are not Yafig's, left alone")
        if repaired:
            self.stdout.write(f"  {counts['removed']} removed, {counts['made again']} made again")
