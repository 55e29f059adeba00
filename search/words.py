"""Text as the engines know it: words, folded the same way in what is indexed and what is asked.

Folding takes away what people leave out when they type: case, accents, Arabic and Hebrew points,
which of several shapes a letter has. Vowel signs of Indic, Thai and Lao and the voicing of kana
stay: they make another word. Everything here is linear in the length of the text.
"""

import re
import unicodedata
from collections.abc import Iterator
from itertools import groupby, islice, pairwise
from typing import Final, NamedTuple

LONGEST: Final = 64  # characters of a word; the rest of it is not looked at
_CUT: Final = LONGEST * 4  # characters that are composed: at least LONGEST are left of them
_PILE: Final = 30  # marks on one letter, as in Unicode's stream-safe text (UAX 15)
_LONG_TEXT: Final = 1000

# Letters that Unicode does not take apart, and shapes of one letter that are typed for another.
_LETTERS: Final = str.maketrans(
    "øđłıðħŧĸɨƀɖɫٱىیکةہ",
    "odlidhtkibdlاييكهه",  # noqa: RUF001
    "ـʹʺʻʼʽʾʿ",  # what lengthens a word in Arabic; apostrophes that count as letters
) | str.maketrans({"æ": "ae", "œ": "oe", "þ": "th", "ŋ": "n"})
_APOSTROPHES: Final = (
    "'`\xb4\xb7\u0387\u05f3\u05f4\u1fef\u2018\u2019\uff07\uff40"  # inside of one word
)
_KEPT_WHOLE: Final = "ำຳ"  # Thai and Lao am: taken apart they would begin with a mark

# Invisible, and neither format characters nor marks that are dropped anyway.
_FILLERS: Final = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u180b\u180c\u180d\u180f\u3164\uffa0")
_SEPARATORS: Final = "\u200b™℠©®"  # the first is the space of Thai and Khmer, of no width

# Scripts that are written without spaces between words; the digits among them are folded away.
_SPACELESS: Final = re.compile(
    "[\u0e01-\u0e4e\u0e81-\u0edf"  # Thai, Lao
    "\u1000-\u109f\ua9e0-\ua9fe\uaa60-\uaa7f\u1780-\u17d3"  # Myanmar, Khmer
    "\u2e80-\u2fdf\u3005-\u3007\u3021-\u3029\u3038-\u303b\u3400-\u4dbf\u4e00-\u9fff"  # Han
    "\uf900-\ufaff\U00020000-\U0003ffff"
    "\u3041-\u309a\u309d-\u309f\u30a1-\u30fa\u30fc-\u30ff\u31f0-\u31ff"  # Hiragana, Katakana
    "\U0001aff0-\U0001b16f\u3105-\u312f\u31a0-\u31bf]"  # and Bopomofo
)
_PICTURES: Final = re.compile(
    "[\u2300-\u23ff\u25a0-\u27bf\u2b00-\u2bff\u3030\u303d\U0001f000-\U0001faff]"
)

# What a character is to a word, as one letter each; a text of them is as long as its text.
_RUN: Final = re.compile(
    "w(?:[wiz]|a(?=[iz]*w))*"  # w letters and digits, i what is dropped, z the joiner
    "|(?P<spaceless>[sm][smiz]*)"  # s letters of scripts without spaces, m their marks
    "|[ef][ift]*(?:z[ef][ift]*)*"  # e pictures, f skin tones, t the tags of a flag
    "|ri*r?i*"  # r flags: two letters
)
_CLUSTER: Final = re.compile("[sm][miz]*")

# French, Italian and Catalan write these onto the next word: "l'été" is "été" to who looks for it.
_ELIDED: Final = frozenset(
    ["l", "d", "j", "m", "t", "s", "n", "c", "qu", "jusqu", "lorsqu", "puisqu"]
).union(["un", "dell", "all", "dall", "nell", "sull", "quell"])
_VOWELS: Final = frozenset("aeiouh")


class Token(NamedTuple):
    """A word of a text: folded, and where it stands in the text as it is."""

    text: str
    start: int
    end: int


def words(text: str) -> tuple[str, ...]:
    """The folded words of a text, in their order, each as often as it stands there."""
    return tuple([token.text for token in tokens(text)])


def tokens(text: str) -> list[Token]:
    """The words of a text and where they stand.

    A run of letters and digits is one word, an apostrophe inside does not end it. Scripts without
    spaces are cut into overlapping pairs, so that any part of a sentence can be found; there the
    places overlap too. A picture (emoji) is a word.
    """
    classes = text.translate(_classes)
    found: list[Token] = []
    for run in _RUN.finditer(classes):
        start, end = run.span()
        if run["spaceless"]:
            found += [Token(_word(text[a:b]), a, b) for a, b in _pairs(classes, start, end)]
        elif "a" in run[0]:
            found += [Token(_word(text[a:b]), a, b) for a, b in _apart(text, classes, start, end)]
        else:
            found.append(Token(_word(text[start:end]), start, end))
    return found


def one_word(text: str) -> str:
    """A text as a single word, without what separates words: `golden_hour` is `goldenhour`."""
    classes = text.translate(_classes)
    return _word("".join(text[slice(*run.span())] for run in _RUN.finditer(classes)))


def fold(text: str) -> str:
    """A text without case, accents and points; folding twice changes nothing."""
    folded = text.translate(_folds)
    if len(folded) > _LONG_TEXT:  # ordering the marks of one letter is quadratic
        folded = _without_piles(folded)
    return unicodedata.normalize("NFC", folded)


def _without_piles(text: str) -> str:
    piles = groupby(text, lambda character: unicodedata.combining(character) > 0)
    return "".join(["".join(islice(pile, _PILE) if is_marks else pile) for is_marks, pile in piles])


def _word(text: str) -> str:
    if len(text) <= LONGEST and text.isascii() and text.isalnum():
        return text.lower()  # what nearly all are
    folded = text.translate(_folds).replace("'", "")
    if folded.isascii():
        return folded[:LONGEST]
    return unicodedata.normalize("NFC", folded[:_CUT])[:LONGEST]


def _pairs(classes: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    spans = [cluster.span() for cluster in _CLUSTER.finditer(classes, start, end)]
    if len(spans) == 1:
        return iter(spans)
    return ((a, b) for (a, _), (_, b) in pairwise(spans))


def _apart(text: str, classes: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """`l'été` in two, `don't` and `o'clock` as they are."""
    apostrophe = classes.index("a", start, end)
    rest = apostrophe + 1
    if _word(text[start:apostrophe]) in _ELIDED and _word(text[rest : rest + 1]) in _VOWELS:
        yield start, apostrophe
        start = rest
    yield start, end


# --- Character by character, worked out when it is first met ----------------------------------


class _Folds(dict[int, str]):
    """What a character is folded to."""

    def __missing__(self, code: int) -> str:
        folded = unicodedata.normalize("NFC", _fold_character(chr(code)))
        if unicodedata.category(chr(code)) not in ("Cn", "Co", "Cs"):  # else: not worth memory
            self[code] = folded
        return folded


class _Classes(dict[int, str]):
    """What a character is to a word: see `_RUN`."""

    def __missing__(self, code: int) -> str:
        found = _classify(chr(code))
        if unicodedata.category(chr(code)) not in ("Cn", "Co", "Cs"):
            self[code] = found
        return found


_folds: Final = _Folds(dict.fromkeys(map(ord, _APOSTROPHES), "'"))
_classes: Final = _Classes({**dict.fromkeys(map(ord, _APOSTROPHES), "a"), 0x200D: "z"})


def _fold_character(character: str) -> str:
    if _separates(character):
        return " "
    if character in _KEPT_WHOLE or _is_flag_tag(character):
        return character
    before, folded = "", character
    while before != folded:
        before, folded = folded, _fold_once(folded)
    if len(folded) > 1 and {*map(_letter_class, folded)} != {"w"}:
        return character  # a fraction, a number in brackets: more than a part of a word
    return folded


def _fold_once(text: str) -> str:
    apart = unicodedata.normalize("NFKD", text)
    kept = "".join([character for character in apart if not _is_dropped(character)])
    return "".join(map(_digit, kept.casefold().translate(_LETTERS)))


def _is_dropped(character: str) -> bool:
    """Accents (classes from 200 on), Arabic, Hebrew and Syriac points (10 to 36), overlays (1),
    enclosures, format characters, selectors of a variant."""
    if unicodedata.category(character) in ("Cf", "Me") or character in _FILLERS:
        return True
    if "\ufe00" <= character <= "\ufe0f" or "\U000e0100" <= character <= "\U000e01ef":
        return True
    order = unicodedata.combining(character)
    return order in (1, 6) or 10 <= order <= 36 or order >= 200


def _digit(character: str) -> str:
    value = unicodedata.decimal(character, None)
    return character if value is None else str(value)


def _classify(character: str) -> str:
    if _is_flag_tag(character):
        return "t"
    folded = _folds[ord(character)]
    if not folded:
        return "i"
    return _picture_class(folded[0]) or _letter_class(folded[0])


def _picture_class(character: str) -> str:
    if "\U0001f1e6" <= character <= "\U0001f1ff":
        return "r"
    if "\U0001f3fb" <= character <= "\U0001f3ff":
        return "f"
    return "e" if _PICTURES.match(character) else ""


def _letter_class(character: str) -> str:
    category = unicodedata.category(character)
    if category[0] not in "LMN":
        return " "
    if not _SPACELESS.match(character):
        return "w"
    return "m" if category[0] == "M" else "s"


def _separates(character: str) -> bool:
    return unicodedata.category(character) in ("Cc", "Cs") or character in _SEPARATORS


def _is_flag_tag(character: str) -> bool:
    return "\U000e0020" <= character <= "\U000e007f"
