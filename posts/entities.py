"""Mentions and hashtags in a text: where they stand, in any script.

One reading for captions and comments. Who is mentioned is decided in `posts.mentioning`: a name
that nobody has is plain text. Linear in the length of the text.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from django.conf import settings

from common.errors import Invalid
from posts.tags import clean_tag

_SIGNS = {"#": "tag", "\uff03": "tag", "@": "mention", "\uff20": "mention"}  # and their wide forms
_JOINERS = "\u200c\u200d"  # inside words of Persian and Indic scripts
_MIDDLE_DOTS = "\u00b7\u30fb"  # inside words of Catalan and of Japanese
_ADDRESS = re.compile(r"\b(?:https?|ftp)://\S+|\bwww\.\S+", re.IGNORECASE)
_NAME = re.compile(r"[A-Za-z0-9]+(?:[._-]+[A-Za-z0-9]+)*")
_PART = re.compile(r"[A-Za-z0-9]+")


@dataclass(frozen=True)
class Entity:
    """`text[start:end]` with its sign, in code points; `value` is a name or a tag as stored."""

    kind: str  # "tag" or "mention"
    start: int
    end: int
    value: str


def entities(text: str) -> list[Entity]:
    """The hashtags and the possible mentions of `text`, in their order.

    A sign counts at the beginning of a word, or right behind a hashtag; not twice in a row, and
    not inside a web address or a mail address. A hashtag is letters, marks, digits and `_`, with
    one letter at least. A name ends in a letter or digit: the full stop behind it is none of it.
    """
    found: list[Entity] = []
    addresses = [match.span() for match in _ADDRESS.finditer(text)]
    for start in _signs(text, addresses):
        behind_tag = bool(found) and found[-1].end == start and found[-1].kind == "tag"
        if start and not behind_tag and not _may_precede(text[start - 1]):
            continue
        read = _tag if _SIGNS[text[start]] == "tag" else _mention
        entity = read(text, start)
        if entity is not None:
            found.append(entity)
    return found


def hashtags(text: str) -> list[str]:
    """The tags in a text as they are stored, each once."""
    return list(dict.fromkeys(each.value for each in entities(text) if each.kind == "tag"))


def names_in(entity: Entity) -> list[str]:
    """The usernames that a mention may mean, the longest first: `a.b.c`, `a.b`, `a`.

    In `@ada.Thanks` a person means `ada`, unless there is an `ada.Thanks`.
    """
    longest = settings.USERNAME_MAX_LENGTH
    parts = _PART.finditer(entity.value[: longest + 1])  # one more, to see what goes on there
    ends = [part.end() for part in parts if settings.USERNAME_MIN_LENGTH <= part.end() <= longest]
    return [entity.value[:end] for end in reversed(ends)]


def _signs(text: str, addresses: list[tuple[int, int]]) -> Iterator[int]:
    """Where signs stand outside web addresses."""
    ends = iter([*addresses, (len(text), len(text))])
    first, last = next(ends)
    for at, character in enumerate(text):
        while at >= last and at < len(text) and last < len(text):
            first, last = next(ends)
        if character in _SIGNS and not first <= at < last:
            yield at


def _may_precede(character: str) -> bool:
    return not (_is_word(character) or character in _SIGNS or character in "&/=")


def _tag(text: str, start: int) -> Entity | None:
    end = start + 1
    while end < len(text) and (_is_word(text[end]) or text[end] in _JOINERS + _MIDDLE_DOTS):
        end += 1
    while end > start + 1 and text[end - 1] in _JOINERS + _MIDDLE_DOTS:
        end -= 1
    name = text[start + 1 : end]
    is_doubled = end < len(text) and text[end] in _SIGNS and end == start + 1
    if is_doubled or not any(character.isalpha() for character in name):
        return None
    try:
        return Entity("tag", start, end, clean_tag(name))
    except Invalid:
        return None


def _mention(text: str, start: int) -> Entity | None:
    name = _NAME.match(text, start + 1)
    if name is None:
        return None
    follows = text[name.end() : name.end() + 1]
    if follows and ((_is_word(follows) and follows not in "_") or follows in "@\uff20"):
        return None  # a word of another script, or an address
    return Entity("mention", start, name.end(), name[0])


def _is_word(character: str) -> bool:
    """Letters, marks, digits and `_`; not what only chooses between two pictures of an emoji."""
    if character.isalnum() or character == "_":
        return True
    if "\ufe00" <= character <= "\ufe0f" or character == "\u20e3":
        return False
    return unicodedata.category(character)[0] == "M"
