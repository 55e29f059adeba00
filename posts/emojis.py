"""What may be a reaction: one emoji, whole, in one spelling."""

from emoji import EMOJI_DATA, STATUS

from common.errors import Invalid
from posts.models import LIKE

_AS_PICTURE = "\ufe0f"  # asks for the colourful form; keyboards leave it out or send it
_LONGEST = 32  # characters; the longest emoji has ten


class NotAnEmoji(Invalid):
    code = "not_an_emoji"
    detail = "One emoji, please."


def clean_emoji(text: str) -> str:
    """`text` as reactions keep it: fully qualified, and ❤ for every red heart.

    Known are the emoji of Unicode's list (UTS #51, by the package `emoji`). Raises `NotAnEmoji`
    for anything else: text, several at once, a skin tone alone.
    """
    found = _SPELLINGS.get(text.strip().replace(_AS_PICTURE, "")) if len(text) <= _LONGEST else None
    if found is None:
        raise NotAnEmoji(fields={"emoji": [NotAnEmoji.detail]})
    return found


def _spellings() -> dict[str, str]:
    whole = [e for e, known in EMOJI_DATA.items() if known["status"] == STATUS["fully_qualified"]]
    return {e.replace(_AS_PICTURE, ""): e for e in whole} | {LIKE: LIKE}


_SPELLINGS = _spellings()
