"""Reading shelves. What stands there is shown through the rules of its own kind, here and now.

Every read that reaches a person begins with `visible_to`, and leaves out what is one's own,
followed, muted or reacted to already: a shelf may be older than that.
"""

from datetime import timedelta
from typing import TYPE_CHECKING, Any, TypeAlias

from django.apps import apps
from django.conf import settings
from django.contrib.postgres.expressions import ArraySubquery
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Exists, F, Max, OuterRef, Q, QuerySet, Value
from django.db.models.expressions import RawSQL
from django.utils import timezone

from posts.models import Post, PostTag, Reaction, TagFollow
from users.models import Follow, FollowRequest, Mute, Session, User

if TYPE_CHECKING:
    from recommendations.models import Pick, Shelf

    Viewer: TypeAlias = User | None


def _rows(model: str) -> Any:
    """All rows of a table whose class stands above this module."""
    rows: Any = apps.get_model("recommendations", model)
    return rows.objects.all()


class ShelfQuerySet(models.QuerySet["Shelf"]):
    def visible_to(self, viewer: "Viewer") -> "ShelfQuerySet":
        """One's own, and everybody's; the one to show first."""
        owners = [0] if viewer is None else [viewer.pk, 0]
        return self.filter(owner_id__in=owners).order_by("-owner_id", "-id")

    def with_any(self, kind: str) -> "ShelfQuerySet":
        return self.filter(Exists(_rows("Pick").filter(shelf_id=OuterRef("pk"), kind=kind)))

    def people_due(self) -> "QuerySet[Session, Any]":
        """Ids of people who were here lately and whose shelf is old; the latest here first."""
        now = timezone.now()
        lately = now - timedelta(days=settings.EXPLORE_ACTIVE_DAYS)
        new = now - timedelta(minutes=settings.EXPLORE_MINUTES)
        here = Session.objects.filter(
            used_at__gt=lately, user__suspended_at=None, user__deleted_at=None
        )
        served = self.filter(owner_id=OuterRef("user_id"), made_at__gt=new)
        due = here.exclude(Exists(served)).values("user_id").annotate(last=Max("used_at"))
        return due.order_by("-last", "user_id").values_list("user_id", flat=True)

    def to_forget(self) -> "ShelfQuerySet":
        """Replaced long enough ago, or of people who have not been here for long."""
        now = timezone.now()
        later = self.model.objects.filter(owner_id=OuterRef("owner_id"), pk__gt=OuterRef("pk"))
        kept = now - timedelta(minutes=settings.EXPLORE_KEEP_MINUTES)
        lately = now - timedelta(days=settings.EXPLORE_ACTIVE_DAYS)
        replaced = Exists(later.filter(made_at__lt=kept))
        return self.filter(
            Q(replaced, made_at__lt=kept) | Q(made_at__lt=lately, owner_id__gt=0)
        ).order_by("pk")


# Of the pick at hand; `IN` an array that PostgreSQL reads from its row.
_VIA = RawSQL("SELECT unnest(recommendations_pick.via_ids)", ())
_NOBODY = Value([], ArrayField(models.CharField()))


class PickQuerySet(models.QuerySet["Pick"]):
    def posts_visible_to(self, viewer: "Viewer") -> "PickQuerySet":
        """Posts that `viewer` may see, by others whom they do not follow and have not muted."""
        seen = Post.objects.visible_to(viewer).filter(pk=OuterRef("thing_id"), state="published")
        if viewer is not None:
            reacted = Reaction.objects.filter(owner=viewer, post=OuterRef("pk"))
            known = Follow.objects.filter(owner=viewer, target=OuterRef("author"))
            seen = seen.wanted_by(viewer).exclude(author=viewer)
            seen = seen.exclude(Exists(reacted)).exclude(Exists(known))
        return self.filter(Exists(seen), kind="post")

    def people_visible_to(self, viewer: "Viewer") -> "PickQuerySet":
        """People whom `viewer` may see, has not asked to follow, and has not muted."""
        seen = User.objects.visible_to(viewer).filter(pk=OuterRef("thing_id"))
        if viewer is not None:
            for relation in (Follow, FollowRequest):
                seen = seen.exclude(
                    Exists(relation.objects.filter(owner=viewer, target=OuterRef("pk")))
                )
            seen = _wanted(seen, viewer).exclude(pk=viewer.pk)
        return self.filter(Exists(seen), kind="person")

    def tags_visible_to(self, viewer: "Viewer") -> "PickQuerySet":
        """Tags on a post that `viewer` may see and has not muted; none that they follow."""
        post = Post.objects.visible_to(viewer)
        found = self.filter(kind="tag")
        if viewer is not None:
            post = post.wanted_by(viewer)
            found = found.exclude(
                Exists(TagFollow.objects.filter(owner=viewer, tag=OuterRef("tag")))
            )
        post = post.filter(pk=OuterRef("post_id"), state="published")
        return found.filter(Exists(PostTag.objects.filter(Exists(post), tag=OuterRef("tag"))))

    def with_reasons_for(self, viewer: "Viewer", kind: str) -> "PickQuerySet":
        """Annotate what may be told of a reason: `names`, `follows_tag`.

        `names`: usernames of those behind it whom `viewer` sees, follows, and has not muted, and
        of whom it still holds.
        """
        if viewer is None:
            return self.annotate(names=_NOBODY, follows_tag=Value(False))
        people = _wanted(User.objects.visible_to(viewer), viewer)
        people = people.filter(Exists(Follow.objects.filter(owner=viewer, target=OuterRef("pk"))))
        told = _EVIDENCE[kind](people, viewer).order_by("username").values("username")
        followed = TagFollow.objects.filter(owner=viewer, tag=OuterRef("via_tag"))
        return self.annotate(names=ArraySubquery(told), follows_tag=Exists(followed))

    def from_place(self, shelf_id: int, position: int, *, backwards: bool) -> "PickQuerySet":
        """Of a shelf, what stands behind a position, or before it; the nearest first."""
        # As they are, for `Statement` to find them: Django would wrap them by their columns.
        edge = RawSQL("%s::integer", (position,))
        here = self.filter(shelf_id=RawSQL("%s::bigint", (shelf_id,)))
        if backwards:
            return here.filter(position__lt=edge).order_by("-position")
        return here.filter(position__gt=edge).order_by("position")

    def shown(self) -> "QuerySet[Pick, Any]":
        """The columns of `pages.Found`; after `with_reasons_for`."""
        columns: Any = ("position", "thing_id", "tag", "reason", "via_tag", "names", "follows_tag")
        return self.values_list(*columns)


def _wanted(people: "QuerySet[User]", viewer: User) -> "QuerySet[User]":
    """Without those whom `viewer` has muted."""
    muted = Mute.objects.all().in_force().filter(owner=viewer, target=OuterRef("pk"))
    return people.exclude(Exists(muted))


def _who_reacted(people: "QuerySet[User]", viewer: User) -> "QuerySet[User]":
    post_id = OuterRef(OuterRef("thing_id"))
    there = Reaction.objects.filter(owner=OuterRef("pk"), post_id=post_id, counted=True)
    return people.filter(Exists(there), pk__in=_VIA)


def _who_follows(people: "QuerySet[User]", viewer: User) -> "QuerySet[User]":
    there = Follow.objects.filter(owner=OuterRef("pk"), target_id=OuterRef(OuterRef("thing_id")))
    return people.filter(Exists(there), pk__in=_VIA)


def _who_uses(people: "QuerySet[User]", viewer: User) -> "QuerySet[User]":
    """Authors of posts that still have the tag and may be seen."""
    posts = Post.objects.visible_to(viewer).filter(pk__in=_VIA, state="published")
    tagged = PostTag.objects.filter(post=OuterRef("pk"), tag=OuterRef(OuterRef(OuterRef("tag"))))
    return people.filter(pk__in=posts.filter(Exists(tagged)).values("author"))


_EVIDENCE = {"post": _who_reacted, "person": _who_follows, "tag": _who_uses}
