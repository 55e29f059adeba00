"""Showcases as somebody sees them: who may see what, joined with URLs signed for them.

However many people and pictures there are, a page costs the same number of statements. URLs
of open accounts are the same for everybody; those of private accounts are the viewer's own.
"""

from collections.abc import Collection, Iterable
from typing import Any

from media import signing
from media.models import Media
from showcase.models import Hanging, Place
from showcase.serializers import place_card, three_card
from users.models import Follow, User

FOLLOWING_MOST = 1000  # people in one answer of /api/following, whose JSON knows of no pages


def signed(hangings: Iterable[Hanging], viewer: User | None) -> signing.URLs:
    """URLs of these pictures, which `viewer` may see. Load with `for_pictures`."""
    for_all: list[Media] = []
    for_viewer: list[Media] = []
    for each in hangings:
        is_open = each.hangs and not each.sealed and not each.owner.is_private
        (for_all if is_open else for_viewer).append(each.media)
    found = dict(signing.urls_for(for_all, None))
    if viewer is not None:  # guests wait a moment until an account that was opened is unsealed
        found |= signing.urls_for(for_viewer, viewer)
    return found


def showcase(owner: User, viewer: User | None) -> dict[str, Any]:
    """The three places of `owner`; for the owner also what is to come there."""
    hangs = {
        each.place: each
        for each in Hanging.objects.visible_to(viewer).filter(owner=owner).for_pictures()
    }
    urls = signed(hangs.values(), viewer)
    coming: dict[str, Hanging] = {}
    if owner == viewer:
        sent = Hanging.objects.to_come().filter(owner=owner).select_related("media")
        coming = {each.place: each for each in sent}  # the latest of each place
    places = [place_card(place, hangs.get(place), coming.get(place), urls) for place in Place]
    return {"places": places}


def three(people: Collection[User], viewer: User) -> list[dict[str, Any]]:
    """Of each of `people`, name, pictures and description, as threetography's clients read them."""
    rows = list(Hanging.objects.visible_to(viewer).filter(owner__in=people).for_pictures())
    urls = signed(rows, viewer)
    hangs = {(each.owner_id, each.place): each for each in rows}
    return [
        three_card(user, [hangs.get((user.pk, place)) for place in Place], urls) for user in people
    ]


def following(viewer: User) -> list[dict[str, Any]]:
    """Those whom `viewer` follows, the latest first; at most `FOLLOWING_MOST`."""
    seen = User.objects.visible_to(viewer)
    rows = Follow.objects.filter(owner=viewer, target__in=seen).order_by("-id")
    people = rows.select_related("target").only("target__username", "target__bio")
    return three([row.target for row in people[:FOLLOWING_MOST]], viewer)
