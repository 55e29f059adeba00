"""Doing what is planned, by the actions that the API uses too. Twice is as good as once."""

import os
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from django.contrib.auth.hashers import make_password
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.utils import timezone

from comments.actions import add_comment
from comments.actions.reactions import set_reaction as react_to_comment
from comments.models import Comment
from common.errors import Refusal
from common.idempotency import Key
from config.demo import drafts, past, plan
from config.demo.drawings import Picture
from config.demo.films import film, is_film
from events import delivery
from events.models import Announcement
from posts.actions.posts import create_post
from posts.actions.reactions import set_reaction
from posts.actions.reposts import repost_post
from posts.actions.saves import create_collection, save_post
from posts.actions.tags import follow_tag
from posts.models import LIKE, Collection, Post
from posts.tags import clean_tags
from showcase.actions import hang_picture
from showcase.models import Hanging
from users.actions.accounts import change_profile
from users.actions.relationships import accept_request, follow_user
from users.models import FollowRequest, User

Progress = Callable[[str, Sequence[Any]], Iterable[Any]]  # what is done, and what with
FINGERPRINT = "demo"
SHELF = "Favourites"


@dataclass
class Demo:
    """`progress` is told of each stage. Nobody but the demo's own people is ever acted for."""

    people: int
    posts: int
    pictures: Sequence[Picture]
    password: str
    progress: Progress

    def __post_init__(self) -> None:
        self.now = timezone.now()
        self.users: dict[int, User] = {}
        self.written: dict[int, Post] = {}
        self.joined = 0  # people who are new in this run

    def build(self) -> None:
        last = Announcement.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
        self._people()
        self._follows()
        self._posts()
        self._drafts()
        self._showcases()
        self._work_off(after=last)
        for number, user in self.users.items():
            past.hang_at(user, self.now - plan.hung_before(number), since=self.now)
        self._talk()
        self._keep()
        self._work_off(after=last)

    # --- People ----------------------------------------------------------------------------

    def _people(self) -> None:
        encoded = make_password(self.password)  # once: it is made to be slow
        for number in self.progress("People", range(self.people)):
            person = plan.person(number)
            found: User | None = User.objects.named(person.username).first()
            if found is None:
                self.users[number] = self._join(person, encoded)
            elif found.email == person.email and found.is_active:
                self.users[number] = found

    def _join(self, person: plan.Person, encoded: str) -> User:
        """Not by registering: nobody would read the letters."""
        user: User = User.objects.create_user(person.username, person.email)
        User.objects.filter(pk=user.pk).update(password=encoded)
        past.join_at(user, self.now - timedelta(days=plan.DAYS + 1 + person.number % 60))
        changes: dict[str, Any] = {
            "name": person.name,
            "bio": person.bio,
            "is_private": person.is_private,
        }
        if person.number % 5 != 4:  # some never get round to it
            changes["avatar"] = self._file(person.number % len(self.pictures))
        change_profile(user=user, changes=changes)
        self.joined += 1
        user.refresh_from_db()
        return user

    def _file(self, number: int) -> "SimpleUploadedFile":
        picture = self.pictures[number]
        return SimpleUploadedFile(picture.name, picture.content)

    def _follows(self) -> None:
        for number in self.progress("Follows", list(self.users)):
            for other in plan.followed(number, self.people):
                if other in self.users:
                    follow_user(owner=self.users[number], target=self.users[other])
        ids = [user.pk for user in self.users.values()]
        requests = FollowRequest.objects.filter(owner__in=ids, target__in=ids)
        for request in requests.select_related("owner", "target").order_by("pk"):
            if request.owner_id % 3:  # the others wait, so that there is something to accept
                accept_request(owner=request.target, requester=request.owner)
        past.follow_at(ids, self.now - timedelta(days=plan.DAYS), since=self.now)

    # --- Posts -----------------------------------------------------------------------------

    def _posts(self) -> None:
        """In the order in which they are meant to have been written."""
        planned = [
            plan.post(number, people=self.people, pictures=len(self.pictures))
            for number in range(self.posts)
        ]
        planned.sort(key=lambda each: each.age, reverse=True)
        self.planned = [each for each in planned if each.author in self.users]
        for each in self.progress("Posts", self.planned):
            self._post(each)

    def _post(self, planned: plan.Post) -> None:
        author = self.users[planned.author]
        found = Post.objects.filter(author=author, idempotency_key=planned.key).first()
        if found is not None:
            self.written[planned.number] = found
            return
        numbers, files, kind = self._files(planned)
        post = create_post(
            author=author,
            images=files,
            alt_texts=[self.pictures[number].alt_text for number in numbers],
            kind=kind,
            caption=planned.caption,
            tags=clean_tags(planned.tags),
            visibility=planned.visibility,
            key=Key(planned.key, FINGERPRINT),
        )
        past.write_post_at(post, self.now - planned.age)
        self.written[planned.number] = post

    def _drafts(self) -> None:
        for number, user in self.progress("Drafts", list(self.users.items())):
            picture = self.pictures[(number * 5) % len(self.pictures)]
            drafts.keep_draft(
                number=number, author=user, picture=picture, now=self.now, mark=FINGERPRINT
            )

    def _files(
        self, planned: plan.Post
    ) -> "tuple[list[int], list[SimpleUploadedFile], str | None]":
        """The numbers of its pictures, their files, and what kind of post they are to be."""
        first = planned.pictures[0]
        if is_film(planned.number) and (made := film(self.pictures[first])):
            return [first], [SimpleUploadedFile("film.mp4", made)], Post.Type.REEL
        return planned.pictures, [self._file(number) for number in planned.pictures], None

    def _work_off(self, *, after: int) -> None:
        """Do what was announced, the latest first: a running worker begins at the other end.

        Then what that has announced, as long as there is anything.
        """
        while True:
            rows = Announcement.objects.filter(pk__gt=after, pending__len__gt=0).order_by("-pk")
            turns = [
                (pk, name) for pk, names in rows.values_list("pk", "pending") for name in names
            ]
            if not turns:
                return
            after = turns[0][0]
            with ThreadPoolExecutor(max_workers=min(4, os.cpu_count() or 1)) as pool:
                done = pool.map(_deliver, turns)
                for _ in self.progress("Pictures and news", turns):
                    next(done)

    def _showcases(self) -> None:
        """Where nothing has hung yet."""
        for number, user in self.progress("Showcases", list(self.users.items())):
            known = Hanging.objects.filter(owner=user).values_list("place", flat=True)
            planned = plan.showcase(number, pictures=len(self.pictures))
            for place in planned.keys() - set(known):
                chosen = planned[place]
                text = self.pictures[chosen].alt_text
                hang_picture(owner=user, place=place, file=self._file(chosen), alt_text=text)

    # --- Likes and comments ----------------------------------------------------------------

    def _talk(self) -> None:
        ids = [user.pk for user in self.users.values()]
        for planned in self.progress("Likes", self.planned):
            post = self.written[planned.number]
            past.publish_post_at_its_time(post)
            for number in planned.likers:
                self._try(number, partial(_like, post))
            moment = self.now - planned.age + timedelta(hours=1)
            past.react_at(post, ids, min(moment, self.now), since=self.now)
        said = sorted(
            (
                (self.now - planned.age + remark.after, self.written[planned.number], remark)
                for planned in self.planned
                for remark in planned.remarks
            ),
            key=lambda each: (each[0], each[2].key),
        )
        for moment, post, remark in self.progress("Comments", said):
            self._try(remark.author, partial(_say, post, remark, moment))

    def _keep(self) -> None:
        """Some follow tags; of those who like a post, one carries it on and one keeps it."""
        for number in self.progress("Tags", list(self.users)):
            for tag in sorted({tag for each in self.planned for tag in each.tags})[number % 3 :: 3]:
                self._try(number, partial(_follow_tag, tag))
        for planned in self.progress("Reposts and saves", self.planned[::6]):
            post = self.written[planned.number]
            for number, act in zip(planned.likers, (_repost, _save), strict=False):
                self._try(number, partial(act, post))
            past.carry_at(post, min(self.now, self.now - planned.age + timedelta(hours=2)))

    def _try(self, number: int, act: Callable[[User], None]) -> None:
        """Let somebody act; not everybody may see every post, and that is as it should be."""
        try:
            if number in self.users:
                act(self.users[number])
        except Refusal:
            return


def _deliver(turn: tuple[int, str]) -> None:
    try:
        delivery.deliver(*turn)
    finally:
        connection.close()  # this thread's own


def _like(post: Post, who: User) -> None:
    set_reaction(post=post, owner=who, emoji=LIKE)


def _follow_tag(tag: str, who: User) -> None:
    follow_tag(owner=who, tag=tag)


def _repost(post: Post, who: User) -> None:
    repost_post(post=post, owner=who)


def _save(post: Post, who: User) -> None:
    """In a collection of its owner's, which is made with the first."""
    shelf = Collection.objects.visible_to(who).filter(name=SHELF).first()
    shelf = shelf or create_collection(owner=who, name=SHELF)
    save_post(post=post, owner=who, changes={"collection": shelf.pk})


def _say(post: Post, remark: plan.Remark, moment: datetime, who: User) -> None:
    if Comment.objects.filter(author=who, idempotency_key=remark.key).exists():
        return
    above = Comment.objects.filter(post=post, idempotency_key=remark.answers).first()
    if above:
        react_to_comment(comment=above, owner=who, emoji=LIKE)
        past.react_to_remark_at(above, who, moment)
    made = add_comment(
        post=post,
        author=who,
        text=remark.text,
        parent_id=above.pk if above else None,
        key=Key(remark.key, FINGERPRINT),
    )
    past.remark_at(made, moment)
