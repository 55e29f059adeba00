"""Pictures that the tests make for themselves."""

import io

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image


def picture(
    width: int = 64,
    height: int = 48,
    colour: tuple[int, int, int] = (200, 80, 40),
    kind: str = "JPEG",
    **options: object,
) -> bytes:
    """The bytes of a plain picture."""
    out = io.BytesIO()
    Image.new("RGB", (width, height), colour).save(out, kind, **options)
    return out.getvalue()


def uploaded(width=64, height=48, colour=(200, 80, 40), kind="JPEG", name="photo.jpg", **options):
    """A picture as a browser would send it."""
    content = picture(width, height, colour, kind, **options)
    return SimpleUploadedFile(name, content, content_type=f"image/{kind.lower()}")
