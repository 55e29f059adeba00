"""What may be asked, and how results look (PRODUCT.md, Shapes)."""

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, Final

from django.conf import settings
from rest_framework import serializers

from common.errors import Invalid
from media.signing import URLs
from posts.mentioning import Linked
from posts.serializers import PostCard, linked_people, post_card, signed_urls
from posts.tags import clean_tag
from search.parsing import midnight
from search.queries import Asked, Result
from search.questions import HAS
from search.ranking import Candidate
from search.sight import KINDS, PERSON, POST, TAG
from search.words import one_word
from users.models import User
from users.serializers import PersonCard, person_card

_MICROSECOND: Final = timedelta(microseconds=1)

# --- Shapes in -----------------------------------------------------------------------------------


class MomentField(serializers.Field[date, str, Any, Any]):
    """A day, or a time in ISO 8601, in UTC unless it names another zone: a `date` or `datetime`."""

    default_error_messages = {"invalid": "A day as 2026-01-31, or a time as 2026-01-31T12:00Z."}

    def to_internal_value(self, data: Any) -> date:
        text = str(data).strip()
        try:
            if len(text) <= len("2026-01-31"):
                return date.fromisoformat(text)
            moment = datetime.fromisoformat(text)
            return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC)
        except (ValueError, OverflowError):
            self.fail("invalid")


class TagField(serializers.CharField):
    """A tag in any spelling, as the engines know it: folded, one word."""

    def to_internal_value(self, data: Any) -> str:
        try:
            word = one_word(clean_tag(super().to_internal_value(data)))
        except Invalid as error:
            raise serializers.ValidationError(error.message) from error
        if not word:
            raise serializers.ValidationError("A tag needs at least one letter.")
        return word


class Repeated(serializers.ListField):
    """A parameter that may be sent several times; an error of one is the parameter's."""

    def run_child_validation(self, data: list[Any]) -> list[Any]:
        return [self.child.run_validation(each) for each in data]


class QueryRead(serializers.Serializer[Any]):
    """The parameters of a search; blank ones are as if they were not sent."""

    query = serializers.CharField(default="")
    limit = serializers.IntegerField(min_value=1, required=False)
    offset = serializers.IntegerField(min_value=0, default=0)
    type = Repeated(child=serializers.ChoiceField(KINDS), default=list)
    author = serializers.CharField(default="")
    tag = Repeated(child=TagField(), default=list)
    has = Repeated(child=serializers.ChoiceField(HAS), default=list)

    def get_fields(self) -> dict[str, Any]:
        """With `from` and `to`, of which the first is a word of Python's."""
        moments = {name: MomentField(default=None) for name in ("from", "to")}
        return {**super().get_fields(), **moments}

    def to_internal_value(self, data: Any) -> Any:
        return super().to_internal_value(_without_blanks(data))

    def validate_query(self, value: str) -> str:
        return _short(value)

    def validate_limit(self, value: int) -> int:
        return _at_most(value, settings.SEARCH_LIMIT_MAX)

    def validate_offset(self, value: int) -> int:
        return _at_most(value, settings.SEARCH_WINDOW)

    def validate_tag(self, value: list[str]) -> list[str]:
        if len(value) > settings.SEARCH_WORDS_MAX:
            raise serializers.ValidationError(f"At most {settings.SEARCH_WORDS_MAX} of them.")
        return value

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """What is asked, and where: `{"asked": Asked, "limit": 20, "offset": 0}`."""
        asked = Asked(
            text=attrs["query"],
            kinds=tuple(attrs["type"]),
            author=attrs["author"],
            tags=tuple(dict.fromkeys(attrs["tag"])),
            since=_since(attrs["from"]),
            before=_after(attrs["to"]),
            has=tuple(attrs["has"]),
        )
        if not asked.text and asked == Asked():
            raise serializers.ValidationError({"query": ["Say what to look for."]})
        limit = attrs.get("limit", settings.PAGE_SIZE)
        return {"asked": asked, "limit": limit, "offset": attrs["offset"]}


class AutocompleteRead(serializers.Serializer[Any]):
    """What somebody has typed so far; nothing yet is no mistake."""

    query = serializers.CharField(allow_blank=True)
    limit = serializers.IntegerField(min_value=1, required=False)

    def validate_query(self, value: str) -> str:
        return _short(value)

    def validate_limit(self, value: int) -> int:
        return _at_most(value, settings.SEARCH_SUGGESTIONS_MAX)


def _without_blanks(data: Any) -> Any:
    """A copy of the parameters in which nothing is blank."""
    sent = data.copy()
    for name in list(sent):
        values = [value for value in sent.getlist(name) if value.strip()]
        if values:
            sent.setlist(name, values)
        else:
            del sent[name]
    return sent


def _short(text: str) -> str:
    if len(text) > settings.SEARCH_QUERY_MAX_LENGTH:
        raise serializers.ValidationError(
            f"At most {settings.SEARCH_QUERY_MAX_LENGTH} characters, please."
        )
    return text


def _at_most(value: int, most: int) -> int:
    if value > most:
        raise serializers.ValidationError(f"At most {most}, please.")
    return value


def _since(moment: date | None) -> datetime | None:
    """The beginning of a day, or a time as it is."""
    return moment if moment is None or isinstance(moment, datetime) else midnight(moment)


def _after(moment: date | None) -> datetime | None:
    """The first time that is later than a day, or than a time; None at the end of all days."""
    if moment is None:
        return None
    last = moment if isinstance(moment, datetime) else datetime.combine(moment, time.max, UTC)
    return None if last >= datetime.max.replace(tzinfo=UTC) else last + _MICROSECOND


# --- Shapes out ----------------------------------------------------------------------------------


class TagCard(serializers.Serializer[Any]):
    name = serializers.CharField()

    class Meta:
        ref_name = "TagFound"


class SegmentCard(serializers.Serializer[Any]):
    """A piece of a text; in their order they are the text, shortened around the hits."""

    text = serializers.CharField(trim_whitespace=False)
    hit = serializers.BooleanField()

    class Meta:
        ref_name = "Segment"


class HighlightsCard(serializers.Serializer[Any]):
    """Where the words stand. Only what has a hit is there."""

    caption = SegmentCard(many=True, required=False)
    alt_texts = serializers.ListField(
        child=serializers.ListField(child=SegmentCard()),
        required=False,
        help_text="One list a picture; empty where nothing is hit.",
    )
    tags = serializers.ListField(
        child=serializers.ListField(child=SegmentCard()),
        required=False,
        help_text="One list a tag; empty where nothing is hit.",
    )
    username = SegmentCard(many=True, required=False, help_text="The person's, or the author's.")
    name = SegmentCard(many=True, required=False, help_text="The person's, or the author's.")

    class Meta:
        ref_name = "Highlights"


class ResultCard(serializers.Serializer[Any]):
    """A post, a person or a tag, in the field that `type` names."""

    type = serializers.ChoiceField(KINDS)
    post = PostCard(required=False)
    user = PersonCard(required=False)
    tag = TagCard(required=False)
    score = serializers.FloatField(help_text="Means something within one answer alone.")
    highlights = HighlightsCard()

    class Meta:
        ref_name = "SearchResult"


class SuggestionCard(serializers.Serializer[Any]):
    """A person or a tag; `value` is what to put into the query."""

    type = serializers.ChoiceField((PERSON, TAG))
    value = serializers.CharField(help_text="The username, or the name of the tag.")
    user = PersonCard(required=False)

    class Meta:
        ref_name = "Suggestion"


class SuggestionsCard(serializers.Serializer[Any]):
    results = SuggestionCard(many=True)
    degraded = serializers.BooleanField()

    class Meta:
        ref_name = "Suggestions"


def tag_card(tag: str) -> dict[str, Any]:
    return {"name": tag}


_CARDS: Final[Mapping[str, Callable[[Any, URLs, Linked], dict[str, Any]]]] = {
    POST: post_card,
    PERSON: lambda person, *_: person_card(person),
    TAG: lambda tag, *_: tag_card(tag),
}


def result_cards(results: Sequence[Result], viewer: User | None) -> list[dict[str, Any]]:
    """Results as dicts; no query where no picture is signed and nobody mentioned.

    Else up to three for all of them.
    """
    posts = [each.row for each in results if each.kind == POST]
    urls, people = signed_urls(posts, viewer), linked_people(posts, viewer)
    return [
        {
            "type": each.kind,
            each.kind: _CARDS[each.kind](each.row, urls, people),
            "score": each.score,
            "highlights": each.marks,
        }
        for each in results
    ]


def suggestion_card(suggestion: Candidate) -> dict[str, Any]:
    """One suggestion as a dict; no query."""
    if suggestion.kind == TAG:
        return {"type": TAG, "value": suggestion.row}
    person = person_card(suggestion.row)
    return {"type": PERSON, "value": person["username"], "user": person}
