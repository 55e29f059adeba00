"""The statements and the functions agree: what stands on a shelf is what the arithmetic says."""

import random
from collections import defaultdict
from typing import Any

import pytest

from comments.models import Comment
from posts.models import Post, PostTag, Reaction, TagFollow
from recommendations import scoring
from recommendations.actions import make_shelf_for_site, make_shelves
from recommendations.models import Pick, Shelf
from recommendations.scoring import weights
from tests.recommendations.stage import follows, posted, reacted, said
from users.models import Follow, User

TAGS = ("sea", "sand", "salt", "fog")


@pytest.fixture
def village(person, settings):
    """Twelve people who post, follow, react and comment by lot; no number is a bound."""
    settings.EXPLORE_PER_AUTHOR = settings.EXPLORE_EACH = 1000
    lot = random.Random(8)  # noqa: S311 (the same village each time)
    people = [person(f"v{number}") for number in range(12)]
    for owner in people:
        follows(owner, *lot.sample([each for each in people if each != owner], 3))
        for tag in lot.sample(TAGS, 1):
            TagFollow.objects.create(owner=owner, tag=tag)
    made = [
        posted(lot.choice(people), *lot.sample(TAGS, 2), hours=lot.uniform(0, 300))
        for _ in range(40)
    ]
    for owner in people:
        for post in lot.sample(made, 8):
            reacted(owner, post, hours=lot.uniform(0, 200))
        for post in lot.choices(made, k=5):
            said(owner, post, hours=lot.uniform(0, 200))
    return people


def hours(now, moment):
    return (now - moment).total_seconds() / 3600


class Arithmetic:
    """All that `scoring` is asked for, read row by row."""

    def __init__(self, now):
        self.now, self.w = now, weights()
        self.posts = {post.pk: post for post in Post.objects.all()}
        self.tags = defaultdict(set)
        for label in PostTag.objects.all():
            self.tags[label.post_id].add(label.tag)
        self.follows = defaultdict(set)
        for row in Follow.objects.all():
            self.follows[row.owner_id].add(row.target_id)
        self.reactions = list(Reaction.objects.all())

    def age(self, moment):
        return hours(self.now, moment)

    def warm(self, post):
        said_last: Any = {}
        for comment in Comment.objects.filter(post=post).exclude(author=post.author_id):
            last = said_last.get(comment.author_id, comment.created_at)
            said_last[comment.author_id] = max(last, comment.created_at)
        return scoring.heat(
            reactions=[
                self.age(each.created_at)
                for each in self.reactions
                if each.post_id == post.pk and each.owner_id != post.author_id
            ],
            comments=map(self.age, said_last.values()),
            w=self.w,
        )

    def site(self):
        heats = {pk: self.warm(post) for pk, post in self.posts.items()}
        found = {
            ("post", pk, ""): scoring.trending_post(heats[pk], self.age(post.published_at), self.w)
            for pk, post in self.posts.items()
        }
        for author in {post.author_id for post in self.posts.values()}:
            theirs = [heats[pk] for pk, post in self.posts.items() if post.author_id == author]
            count = User.objects.get(pk=author).followers_count
            found["person", author, ""] = scoring.popular_person(theirs, count, self.w)
        for tag in TAGS:
            found["tag", 0, tag] = scoring.trending_tag(self.latest_uses(tag).values(), self.w)
        return found

    def latest_uses(self, tag):
        """The age of each author's latest post with a tag."""
        found: Any = {}
        for pk, post in self.posts.items():
            if tag in self.tags[pk]:
                age = self.age(post.published_at)
                found[post.author_id] = min(age, found.get(post.author_id, age))
        return found

    def of(self, me, site):
        """What is for one person, with its parts."""
        return {**self.posts_for(me, site), **self.people_for(me, site), **self.tags_for(me, site)}

    def engaged(self, me):
        """How many posts of others with each tag one has reacted to."""
        found: Any = defaultdict(int)
        for each in self.reactions:
            if each.owner_id == me != self.posts[each.post_id].author_id:
                for tag in self.tags[each.post_id]:
                    found[tag] += 1
        return found

    def followed_tags(self, me):
        return set(TagFollow.objects.filter(owner=me).values_list("tag", flat=True))

    def posts_for(self, me, site):
        found: Any = {}
        by_friends: Any = defaultdict(list)
        engaged, followed = self.engaged(me), self.followed_tags(me)
        for each in self.reactions:
            if each.owner_id in self.follows[me]:
                by_friends[each.post_id].append(self.age(each.created_at))
        mine = {each.post_id for each in self.reactions if each.owner_id == me}
        for pk, post in self.posts.items():
            if post.author_id in self.follows[me] | {me} or pk in mine:
                continue
            best, is_followed = max(
                (scoring.interest(tag in followed, engaged[tag], self.w), tag in followed)
                for tag in self.tags[pk]
            )
            found["post", pk, ""] = scoring.post_for(
                friends=by_friends[pk],
                interest=best,
                is_followed=is_followed,
                age=self.age(post.published_at),
                site=site["post", pk, ""],
                w=self.w,
            )
        return found

    def people_for(self, me, site):
        found: Any = {}
        reacted_to: Any = defaultdict(list)
        for each in self.reactions:
            if each.owner_id == me:
                author = self.posts[each.post_id].author_id
                reacted_to[author].append(self.age(each.created_at))
        for other in set(self.follows) - self.follows[me] - {me}:
            parts = scoring.person_for(
                followed_by=sum(other in self.follows[friend] for friend in self.follows[me]),
                reacted=reacted_to[other],
                site=site.get(("person", other, ""), 0),
                w=self.w,
            )
            if parts.score:
                found["person", other, ""] = parts
        return found

    def tags_for(self, me, site):
        found: Any = {}
        engaged = self.engaged(me)
        for tag in set(TAGS) - self.followed_tags(me):
            uses = self.latest_uses(tag)
            found["tag", 0, tag] = scoring.tag_for(
                friends=[age for author, age in uses.items() if author in self.follows[me]],
                interest=scoring.interest(False, engaged[tag], self.w),
                site=site["tag", 0, tag],
                w=self.w,
            )
        return found


def standing(shelf):
    rows = Pick.objects.filter(shelf_id=shelf.pk)
    return {(row.kind, row.thing_id, row.tag): row for row in rows}


def test_l8_what_stands_on_the_sites_shelf_is_what_the_functions_say(village):
    shelf = make_shelf_for_site()

    said = Arithmetic(shelf.made_at).site()

    found = {key: row.score for key, row in standing(shelf).items()}
    assert len(found) > 50
    assert found == {key: pytest.approx(score, rel=1e-9) for key, score in said.items()}


def test_l8_what_stands_on_everybodys_own_is_what_the_functions_say(village):
    site_shelf = make_shelf_for_site()
    site = Arithmetic(site_shelf.made_at).site()

    make_shelves([each.pk for each in village])

    reasons = set()
    for shelf in Shelf.objects.filter(owner_id__gt=0):
        said = Arithmetic(shelf.made_at).of(shelf.owner_id, site)
        found = standing(shelf)
        assert {key: row.score for key, row in found.items()} == {
            key: pytest.approx(parts.score, rel=1e-9) for key, parts in said.items()
        }
        assert {key: row.reason for key, row in found.items()} == {
            key: parts.reason for key, parts in said.items()
        }
        reasons |= {row.reason for row in found.values()}
    assert reasons == {"friends", "followed", "own", "site"}


def test_positions_are_by_score_and_have_no_gap(village):
    make_shelf_for_site()
    make_shelves([village[0].pk])

    for shelf in Shelf.objects.all():
        for kind in Pick.Kind.values:
            rows = list(Pick.objects.filter(shelf_id=shelf.pk, kind=kind).order_by("position"))
            assert [row.position for row in rows] == list(range(1, len(rows) + 1))
            scores = [row.score for row in rows]
            assert scores == sorted(scores, reverse=True)


def test_the_statement_uses_the_parameters_of_the_settings(village, settings):
    settings.EXPLORE_WEIGHTS = {
        **settings.EXPLORE_WEIGHTS,
        "half_life": 5.0,
        "fresh_half_life": 100.0,
        "fresh": 3.0,
        "reaction": 0.5,
        "comment": 7.0,
        "popular": 2.0,
    }
    shelf = make_shelf_for_site()

    said = Arithmetic(shelf.made_at).site()

    found = {key: row.score for key, row in standing(shelf).items()}
    assert found == {key: pytest.approx(score, rel=1e-9) for key, score in said.items()}
