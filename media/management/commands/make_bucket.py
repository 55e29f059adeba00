"""The bucket of photos: made once, by whoever owns the store."""

from typing import Any

from django.core.files.storage import storages
from django.core.management.base import BaseCommand, CommandError


class Command(BaseCommand):
    help = "Make the bucket of MEDIA_STORAGE=s3, and let everybody read what is below public/."

    def handle(self, **_: Any) -> None:
        make = getattr(storages["default"], "make", None)
        if make is None:
            raise CommandError("MEDIA_STORAGE is not s3: there is no bucket to make.")
        try:
            make()
        except OSError as error:
            raise CommandError(str(error)) from error
        self.stdout.write("The bucket is there.")
