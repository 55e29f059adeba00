"""`make bench`: every benchmark, one table."""

import sys
import tempfile
from importlib import import_module
from pathlib import Path

import django
from django.core.management import call_command

from benchmarks.stage import Stage
from benchmarks.table import Row, show

ON_DATA = ("timeline", "fanout", "reactions", "comments", "explore", "signing", "publication")


def main(only: list[str]) -> None:
    rows: list[Row] = []
    if not only or "photo" in only:
        rows += import_module("benchmarks.photo").rows()
    wanted = [name for name in ON_DATA if not only or name in only]
    if wanted:
        rows += _on_data(wanted)
    print(show(rows))


def _on_data(names: list[str]) -> list[Row]:
    with tempfile.TemporaryDirectory(prefix="yafig-bench-") as folder:
        stage = Stage(Path(folder))
        stage.start()
        try:
            django.setup()
            print("filling the tables: a million timeline rows …", file=sys.stderr)
            call_command("migrate", verbosity=0)
            import_module("benchmarks.seed").fill()
            rows: list[Row] = []
            for name in names:
                print(f"measuring: {name} …", file=sys.stderr)
                rows += import_module(f"benchmarks.{name}").rows(stage)
            return rows
        finally:
            stage.stop()


if __name__ == "__main__":
    main(sys.argv[1:])
