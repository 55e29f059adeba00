"""Comments coming and going by lot (L5, D9, D10): after each step the counts are the rows'."""

import random

import pytest

from comments.actions import add_comment, delete_comment, hide_comment, restore_comment
from comments.models import Comment
from comments.tasks import purge_comments
from tests.albums import published
from tests.comments.threads import wrong_counts
from users.actions.accounts import delete_user, purge_user
from users.actions.moderation import lift_suspension, suspend_user
from users.models import User


class Crowd:
    """People and a moderator under one post, of whom somebody does something."""

    def __init__(self, seed, post, people, moderator):
        self.dice = random.Random(seed)  # noqa: S311 (an order, not a secret)
        self.post, self.people, self.moderator = post, people, moderator

    def comment(self, **fields):
        return self.dice.choice([*Comment.objects.filter(**fields).order_by("pk"), None])

    def person(self):
        return self.dice.choice(self.people)

    def reply(self):
        above, who = self.comment(counted=True), self.person()
        if User.objects.active().filter(pk=who.pk).exists():
            add_comment(post=self.post, author=who, text="hi", parent_id=above and above.pk)

    def delete(self):
        if comment := self.comment(counted=True):
            delete_comment(comment=comment, deleter=self.post.author)

    def hide(self):
        if comment := self.comment(purged_at=None):
            hide_comment(comment=comment, moderator=self.moderator, reason="a")

    def restore(self):
        if comment := self.comment(purged_at=None):
            restore_comment(comment=comment, moderator=self.moderator, reason="b")

    def suspend(self):
        suspend_user(user=self.person(), moderator=self.moderator, reason="c")

    def lift(self):
        lift_suspension(user=self.person(), moderator=self.moderator, reason="d")

    def purge(self):
        purge_comments()

    def go_for_good(self):
        if len(self.people) > 2:
            who = self.people.pop()
            delete_user(user=who)
            purge_user(user=who)


@pytest.mark.parametrize("seed", range(4))
def test_l5_whatever_happens_the_counts_are_those_of_the_rows(
    alice, person, committed, settings, seed
):
    settings.PURGE_AFTER_DAYS = 0
    people = [person(f"p{n}") for n in range(5)]
    crowd = Crowd(seed, published(alice), people, person("moderator", is_staff=True))
    acts = [crowd.reply] * 10 + [crowd.delete] * 4 + [crowd.lift] * 2
    acts += [crowd.hide, crowd.restore, crowd.suspend, crowd.purge, crowd.go_for_good]

    for _ in range(120):
        with committed():
            crowd.dice.choice(acts)()
        assert wrong_counts(crowd.post) == {}

    assert Comment.objects.count() > 10
    assert Comment.objects.exclude(parent=None).exists()
