"""One spelling for each tag: `#Über`, `über` and `ÜBER` are the same."""

import unicodedata
from collections.abc import Iterable

from django.conf import settings

from common.errors import Invalid

_JOINERS = "\u200c\u200d"  # between letters of Persian and Indic scripts, and within emoji


def clean_tag(text: str) -> str:
    """The tag as it is stored: without its `#`, NFKC, case folded. Raises `Invalid`."""
    folded = unicodedata.normalize("NFKC", text.strip()).lstrip("#").casefold()
    tag = unicodedata.normalize("NFKC", folded)
    if not tag.strip(_JOINERS):
        raise Invalid("A tag needs at least one letter.")
    if len(tag) > settings.TAG_MAX_LENGTH:
        raise Invalid(f"A tag has at most {settings.TAG_MAX_LENGTH} characters.")
    if "#" in tag or any(_separates(character) for character in tag):
        raise Invalid("A tag has no spaces, no further # and no invisible characters.")
    return tag


def clean_tags(texts: Iterable[str]) -> list[str]:
    """Each tag once, in the order given; blank ones are left out. Raises `Invalid`."""
    tags = list(dict.fromkeys(clean_tag(text) for text in texts if text.strip()))
    if len(tags) > settings.TAGS_MAX_COUNT:
        raise Invalid(f"A post has at most {settings.TAGS_MAX_COUNT} tags.")
    return tags


def _separates(character: str) -> bool:
    """Separators and everything that is control, format, surrogate, private or unassigned."""
    return unicodedata.category(character)[0] in "ZC" and character not in _JOINERS
