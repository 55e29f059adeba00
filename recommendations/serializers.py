"""How recommendations look on the wire, and what is said of their reasons."""

from collections.abc import Sequence
from typing import Any, Final

from rest_framework import serializers

from posts.serializers import PostCard
from users.models import User
from users.serializers import PersonCard, person_card

# By kind and part of the score: the code, and what is said.
SUGGESTED: Final = ("suggested", "Suggested for you.")
_REASONS: Final = {
    ("post", "friends"): ("reacted_by", "{people} reacted to this."),
    ("post", "followed"): ("tag_followed", "You follow #{tag}."),
    ("post", "own"): ("tag_engaged", "You react to posts with #{tag}."),
    ("post", "site"): ("trending", "People here like this."),
    ("person", "friends"): ("followed_by", "Followed by {people}."),
    ("person", "own"): ("you_reacted", "You react to their posts."),
    ("person", "site"): ("popular", "People here like their posts."),
    ("tag", "friends"): ("used_by", "Used by {people}."),
    ("tag", "own"): ("tag_engaged", "You react to posts with it."),
    ("tag", "site"): ("trending", "Much used these days."),
}
CODES: Final = sorted({SUGGESTED[0], *(code for code, _ in _REASONS.values())})


def reason_card(
    kind: str, part: str, *, names: Sequence[str] = (), tag: str | None = None
) -> dict[str, Any]:
    """Why something is recommended: for programs, and in a sentence.

    `names` and `tag` may be told to the viewer. Where there is nothing to tell, it is suggested.
    """
    code, text = _REASONS[kind, part]
    if ("{people}" in text and not names) or ("{tag}" in text and not tag):
        code, text = SUGGESTED
    named = list(names) if "{people}" in text else []
    tagged = tag if "{tag}" in text else None
    return {
        "code": code,
        "text": text.format(people=_listed(named), tag=tagged),
        "usernames": named,
        "tag": tagged,
    }


def _listed(names: Sequence[str]) -> str:
    """`ada`, `ada and bob`, `ada, bob and cyd`."""
    *before, last = names or [""]
    return f"{', '.join(before)} and {last}" if before else last


def post_pick(card: dict[str, Any], reason: dict[str, Any]) -> dict[str, Any]:
    return {"post": card, "reason": reason}


def person_pick(person: User, reason: dict[str, Any]) -> dict[str, Any]:
    return {"person": person_card(person), "reason": reason}


def tag_pick(tag: str, reason: dict[str, Any]) -> dict[str, Any]:
    return {"tag": {"name": tag}, "reason": reason}


# --- Shapes out: what `/docs` shows of the functions above ---------------------------------------


class ReasonCard(serializers.Serializer[Any]):
    """Why it is here. It names nobody whom you may not see."""

    code = serializers.ChoiceField(CODES)
    text = serializers.CharField(help_text="A sentence in English.")
    usernames = serializers.ListField(
        child=serializers.CharField(), help_text="Those you follow who are the reason."
    )
    tag = serializers.CharField(allow_null=True, help_text="The tag that is the reason.")

    class Meta:
        ref_name = "Reason"


class PostPick(serializers.Serializer[Any]):
    post = PostCard()
    reason = ReasonCard()

    class Meta:
        ref_name = "PostPick"


class PersonPick(serializers.Serializer[Any]):
    person = PersonCard()
    reason = ReasonCard()

    class Meta:
        ref_name = "PersonPick"


class PickedTag(serializers.Serializer[Any]):
    name = serializers.CharField()

    class Meta:
        ref_name = "PickedTag"


class TagPick(serializers.Serializer[Any]):
    tag = PickedTag()
    reason = ReasonCard()

    class Meta:
        ref_name = "TagPick"
