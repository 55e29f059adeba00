"""`manage.py write_schema`: the description of the API as a file, after it changed on purpose."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from config import documents

ROOT = Path(__file__).resolve().parents[3]
FILE = Path("docs") / "swagger.json"


class Command(BaseCommand):
    help = __doc__
    requires_system_checks = ()

    def handle(self, *args: Any, **options: Any) -> None:
        (ROOT / FILE).write_text(documents.text(), encoding="utf-8")
        self.stdout.write(f"Wrote {FILE}")
