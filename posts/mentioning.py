"""Whom a text mentions: looked up when it is written, and whom to link when it is read.

What is kept beside a text are its entities, people by id: who is renamed stays mentioned. Who is
hidden, or apart from the author or the viewer by a block, is plain text to that viewer. For
captions and for any other text: `read` when it is written, `linked` and `shown` in its cards.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, Q
from django.db.models.functions import Lower

from posts.entities import Entity, entities, names_in
from users.models import Block, User

Kept = dict[str, Any]  # {kind, start, end} with the `value` of a tag or the `user_id` of a mention
Linked = dict[tuple[int, int], str]  # the username now, by author and person mentioned


@dataclass(frozen=True)
class Reading:
    """What a text was found to say: entities to keep, its tags after the sent ones, people."""

    entities: list[Kept]
    tags: list[str]
    people: list[int]


def read(
    text: str,
    *,
    author: User,
    sent_tags: Sequence[str] = (),
    former: tuple[str, Sequence[Kept]] = ("", ()),
) -> Reading:
    """The entities of a text by `author`. One query if it may mention anybody, else none.

    A name that stood in the `former` text, (text, its entities), still means whom it meant there.
    Tags and people beyond `TAGS_MAX_COUNT` and `MENTIONS_MAX_COUNT` are plain text. With the
    author's row locked, nobody who has blocked the author is mentioned.
    """
    found = entities(text)
    tags = dict.fromkeys([*sent_tags, *(each.value for each in found if each.kind == "tag")])
    kept_tags = list(tags)[: max(settings.TAGS_MAX_COUNT, len(sent_tags))]
    known = _people(found, author, _meant(*former))
    people: dict[int, None] = {}
    kept: list[Kept] = []
    for each in found:
        if each.kind == "tag":
            if each.value in kept_tags:
                kept.append(_tag(each))
        elif (mention := _mention(each, known)) and (
            mention["user_id"] in people or len(people) < settings.MENTIONS_MAX_COUNT
        ):
            people[mention["user_id"]] = None
            kept.append(mention)
    return Reading(kept, kept_tags, list(people))


def _tag(entity: Entity) -> Kept:
    return {"kind": "tag", "start": entity.start, "end": entity.end, "value": entity.value}


def _mention(entity: Entity, known: Mapping[str, int]) -> Kept | None:
    for name in names_in(entity):
        if (user_id := known.get(name.lower())) is not None:
            end = entity.start + 1 + len(name)
            return {"kind": "mention", "start": entity.start, "end": end, "user_id": user_id}
    return None


def _meant(text: str, kept: Iterable[Kept]) -> dict[str, int]:
    """Whom each name in a text means, by its entities."""
    return {
        text[each["start"] + 1 : each["end"]].lower(): each["user_id"]
        for each in kept
        if each["kind"] == "mention"
    }


def _people(found: Iterable[Entity], author: User, former: Mapping[str, int]) -> dict[str, int]:
    """The ids of those whom the author may see, by the names that may stand in the text."""
    mentions = [each for each in found if each.kind == "mention"]
    names = {name.lower() for each in mentions for name in names_in(each)}
    if not names:
        return {}
    people = User.objects.visible_to(author).alias(lowered=Lower("username"))
    rows = people.filter(Q(lowered__in=names) | Q(pk__in=list(former.values())))
    seen = {pk: username.lower() for pk, username in rows.values_list("pk", "username")}
    known = {username: pk for pk, username in seen.items()}
    return known | {name: pk for name, pk in former.items() if pk in seen}


# --- Reading -------------------------------------------------------------------------------------


def linked(texts: Iterable[tuple[int, Sequence[Kept]]], viewer: User | None) -> Linked:
    """Whom to link in texts, (author's id, entities): one query for all of them.

    None where nobody is mentioned. Whom the viewer may not see is left out, and who is apart
    from the author by a block, in either direction.
    """
    pairs = {
        (author_id, each["user_id"])
        for author_id, kept in texts
        for each in kept
        if each["kind"] == "mention"
    }
    if not pairs:
        return {}
    authors = [author_id for author_id, _ in pairs]
    blocked = Block.objects.filter(owner=OuterRef("pk"), target__in=authors).values("target_id")
    blocking = Block.objects.filter(target=OuterRef("pk"), owner__in=authors).values("owner_id")
    people = (
        User.objects.visible_to(viewer)
        .filter(pk__in={user_id for _, user_id in pairs})
        .annotate(blocked=ArraySubquery(blocked), blocking=ArraySubquery(blocking))
        .values_list("pk", "username", "blocked", "blocking")
    )
    known = {pk: (username, {*ours, *theirs}) for pk, username, ours, theirs in people}
    return {
        (author_id, user_id): known[user_id][0]
        for author_id, user_id in pairs
        if user_id in known and author_id not in known[user_id][1]
    }


def shown(author_id: int, kept: Sequence[Kept], people: Linked) -> dict[str, Any]:
    """`mentions` and `entities` of a text, as they are answered. No query."""
    answered: list[dict[str, Any]] = []
    for each in kept:
        if each["kind"] == "tag":
            answered.append(each)
        elif (username := people.get((author_id, each["user_id"]))) is not None:
            place = {name: each[name] for name in ("kind", "start", "end")}
            answered.append({**place, "value": username})
    names = [each["value"] for each in answered if each["kind"] == "mention"]
    return {"mentions": list(dict.fromkeys(names)), "entities": answered}


def mentions_anybody(kept: Iterable[Kept]) -> bool:
    """Whether what is shown of these entities may differ from viewer to viewer."""
    return any(each["kind"] == "mention" for each in kept)
