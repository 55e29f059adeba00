"""`manage.py demo --photos FOLDER`: fill the site with people and what they post."""

import logging
import secrets
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, TextIO

from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management.base import BaseCommand, CommandError, CommandParser

from comments.models import Comment
from common.errors import Refusal
from config.demo.building import Demo
from config.demo.drawings import Picture, landscape
from media.actions.receiving import check_photo
from posts.models import Post, Reaction
from users.models import User

DRAWINGS = 12
PHOTOS = 200  # of a folder are enough, and all are held in memory
ENDINGS = {".jpg", ".jpeg", ".png", ".webp", ".gif", ".heic", ".heif", ".avif"}
WIDTH = 30  # characters of the bar


class Command(BaseCommand):
    help = "Fill the site with made-up people, and posts of your photos or of drawn ones."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--photos", type=Path, help="A folder; without it, pictures are drawn.")
        parser.add_argument("--people", type=int, default=30)
        parser.add_argument("--posts", type=int, default=120)
        parser.add_argument("--password", help="Of the new people; by default one is made up.")

    def handle(
        self,
        *args: Any,
        photos: Path | None,
        people: int,
        posts: int,
        password: str | None,
        **options: Any,
    ) -> None:
        if people < 2 or posts < 0:
            raise CommandError("At least two people, and not less than no posts.")
        password = password or secrets.token_urlsafe(9)
        pictures = self._photos(photos) if photos else []
        demo = Demo(
            people=people,
            posts=posts,
            pictures=pictures or [landscape(number) for number in range(DRAWINGS)],
            password=password,
            progress=self._progress,
        )
        before = _census()
        logging.disable(logging.INFO)  # a line for each piece of work would tear the bar apart
        try:
            demo.build()
        finally:
            logging.disable(logging.NOTSET)
        self._tell(demo, before)

    def _photos(self, folder: Path) -> list[Picture]:
        if not folder.is_dir():
            raise CommandError(f"{folder} is no folder.")
        found: list[Picture] = []
        files = (path for path in sorted(folder.rglob("*")) if path.suffix.lower() in ENDINGS)
        for path in files:
            content = path.read_bytes()
            try:
                check_photo(SimpleUploadedFile(path.name, content))
            except Refusal as refusal:
                self.stderr.write(f"{path.name} is left out: {refusal.message}")
                continue
            found.append(Picture(path.name, content, f"Photo {len(found) + 1} of the demo."))
            if len(found) == PHOTOS:
                break
        if not found:
            self.stderr.write(f"There is no photo in {folder}: pictures are drawn instead.")
        return found

    def _progress(self, title: str, items: Sequence[Any]) -> Iterator[Any]:
        return _bar(title, items, sys.stderr)

    def _tell(self, demo: Demo, before: dict[str, int]) -> None:
        added = {name: count - before[name] for name, count in _census().items()}
        if any(added.values()):
            self.stdout.write("Added " + ", ".join(f"{n} {name}" for name, n in added.items()))
        else:
            self.stdout.write("Nothing to add: the demo is there already.")
        unfinished = Post.objects.filter(
            author__in=demo.users.values(), state__in=("processing", "failed")
        ).count()
        if unfinished:
            self.stdout.write(f"{unfinished} posts are not published yet; see the admin.")
        self._tell_how_to_sign_in(demo)

    def _tell_how_to_sign_in(self, demo: Demo) -> None:
        names = [user.username for user in demo.users.values()]
        if not names:
            self.stdout.write("Nobody of the demo is here: their names are taken by others.")
            return
        private = [user.username for user in demo.users.values() if user.is_private]
        if demo.joined:
            self.stdout.write(f"\nSign in as {names[0]}, or as any other: {', '.join(names[1:6])}…")
            self.stdout.write(f"Password of all {demo.joined} new people: {demo.password}")
        else:
            self.stdout.write(
                "\nTheir password is the one that was printed when they were made."
                f" A new one: manage.py changepassword {names[0]}"
            )
        if private:
            self.stdout.write(f"Private, with people who ask to follow: {', '.join(private)}")
        self.stdout.write(f"Look at {settings.FRONTEND_URL}/ and {settings.SITE_URL}/docs")


def _census() -> dict[str, int]:
    return {
        "people": User.objects.count(),
        "posts": Post.objects.count(),
        "likes": Reaction.objects.count(),
        "comments": Comment.objects.count(),
    }


def _bar(title: str, items: Sequence[Any], out: TextIO) -> Iterator[Any]:
    """Go through `items`, and show how far it is; on a file, only what is done."""
    for number, item in enumerate(items):
        yield item
        filled = WIDTH * (number + 1) // len(items)
        if out.isatty():
            bar = "█" * filled + "·" * (WIDTH - filled)
            out.write(f"\r{title:<18}{bar} {number + 1}/{len(items)} ")
            out.flush()
    out.write("\n" if out.isatty() else f"{title}: {len(items)}\n")
