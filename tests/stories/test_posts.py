"""The main job, told over HTTP with everybody's side of it (Y7 to Y10, D1, D9, D10)."""

from datetime import timedelta

import pytest
from django.utils import timezone

from posts.models import Post
from posts.tasks import purge_posts
from tests import pictures
from users.actions.moderation import lift_suspension, suspend_user


class Person:
    """Somebody with a client, who speaks to the API as a program would."""

    def __init__(self, user, client):
        self.user, self.client = user, client

    def get(self, path):
        return self.client.get(path).json()

    def post_photos(self, *sizes, **fields):
        images = [pictures.uploaded(*size) for size in sizes or [(64, 48)]]
        answer = self.client.post("/posts/", {"images": images, **fields}, format="multipart")
        assert answer.status_code == 201, answer.content
        return answer.json()["id"]

    def timeline(self):
        return [post["id"] for post in self.get("/posts/timeline/")["results"]]

    def posts_of(self, who):
        return [post["id"] for post in self.get(f"/users/{who}/posts/")["results"]]

    def counted(self, who):
        return self.get(f"/users/{who}/")["posts_count"]

    def comments(self, post_id):
        return [each["text"] for each in self.get(f"/posts/{post_id}/comments/")["results"]]

    def sees(self, post_id):
        return self.client.get(f"/posts/{post_id}/").status_code == 200


@pytest.fixture
def cast(alice, bob, carol, as_user):
    """Alice posts, Bob follows her, Carol passes by."""
    people = [Person(user, as_user(user)) for user in (alice, bob, carol)]
    assert people[1].client.post("/users/follow/alice/").status_code == 200
    return people


def test_y7_an_album_is_posted_seen_liked_talked_about_and_deleted(cast, guest, committed):
    alice, bob, carol = cast

    with committed():
        post_id = alice.post_photos(
            (1400, 700), (90, 120), caption="By the lake", tags=["#Lake"], alt_texts=["the lake"]
        )
        assert alice.sees(post_id)
        assert not bob.sees(post_id)
        assert bob.timeline() == []

    post = bob.get(f"/posts/{post_id}/")
    assert (post["state"], post["caption"], post["tags"]) == ("published", "By the lake", ["lake"])
    assert [sorted(each["renditions"], key=int) for each in post["media"]] == [
        ["320", "640", "1080"],
        ["120"],
    ]
    assert [each["alt_text"] for each in post["media"]] == ["the lake", ""]
    assert alice.timeline() == bob.timeline() == [post_id]
    assert carol.timeline() == []
    assert carol.posts_of("alice") == [post_id]
    assert alice.counted("alice") == carol.counted("alice") == 1

    assert bob.client.post(f"/posts/{post_id}/like/").json()["likes_count"] == 1
    said = carol.client.post(f"/posts/{post_id}/comments/", {"text": "Where is that?"}).json()
    alice.client.post(f"/posts/{post_id}/comments/", {"text": "At home."})
    for reader in (alice, bob, carol):
        assert reader.comments(post_id) == ["Where is that?", "At home."]
        seen = reader.get(f"/posts/{post_id}/")
        assert (seen["likes_count"], seen["comments_count"]) == (1, 2)
        assert seen["viewer"]["liked"] is (reader is bob)
    assert bob.get("/posts/timeline/")["results"] == [bob.get(f"/posts/{post_id}/")]

    path = f"/posts/{post_id}/comments/{said['id']}/"
    assert bob.client.delete(path).status_code == 403
    assert alice.client.delete(path).status_code == 204
    assert carol.comments(post_id) == ["At home."]

    assert bob.client.delete(f"/posts/{post_id}/").status_code == 403
    assert alice.client.delete(f"/posts/{post_id}/").status_code == 204
    for reader in (alice, bob, carol):
        assert not reader.sees(post_id)
        assert reader.timeline() == []
        assert reader.posts_of("alice") == []
        assert reader.counted("alice") == 0
        assert reader.client.get(f"/posts/{post_id}/comments/").status_code == 404
    assert guest.get(f"/posts/{post_id}/").status_code == 404


def test_y9_what_was_deleted_is_purged_with_its_files(cast, committed, settings):
    alice, bob, _ = cast
    with committed():
        post_id = alice.post_photos()
    url = bob.get(f"/posts/{post_id}/")["media"][0]["url"].removeprefix("http://testserver")
    assert bob.client.get(url).status_code == 200

    alice.client.delete(f"/posts/{post_id}/")
    Post.objects.update(deleted_at=timezone.now() - timedelta(days=31))
    with committed():
        purge_posts()

    assert Post.objects.count() == 0
    assert bob.client.get(url).status_code == 404


def test_d9_a_post_follows_its_audience(cast, committed):
    alice = cast[0]
    with committed():
        post_id = alice.post_photos(visibility="private")
    assert [each.sees(post_id) for each in cast] == [True, False, False]
    assert [each.timeline() for each in cast] == [[post_id], [], []]
    assert [each.counted("alice") for each in cast] == [1, 0, 0]

    def change(visibility):
        body = {"visibility": visibility}
        with committed():
            assert alice.client.patch(f"/posts/{post_id}/", body).status_code == 200

    change("followers")
    assert [each.sees(post_id) for each in cast] == [True, True, False]
    assert [each.timeline() for each in cast] == [[post_id], [post_id], []]
    assert [each.counted("alice") for each in cast] == [1, 1, 0]
    change("public")
    assert [each.sees(post_id) for each in cast] == [True, True, True]
    assert [each.counted("alice") for each in cast] == [1, 1, 1]
    change("private")
    assert [each.sees(post_id) for each in cast] == [True, False, False]
    assert [each.timeline() for each in cast] == [[post_id], [], []]


def test_d9_a_block_cuts_both_ways_and_unblocking_shows_posts_again(cast, committed):
    alice, bob, _ = cast
    with committed():
        hers, his = alice.post_photos(), bob.post_photos()
    bob.client.post(f"/posts/{hers}/comments/", {"text": "mine"})

    alice.client.post("/users/block/bob/")
    assert (bob.sees(hers), alice.sees(his)) == (False, False)
    assert bob.timeline() == [his]
    assert alice.comments(hers) == []
    for answer in (
        bob.client.post(f"/posts/{hers}/like/"),
        bob.client.post(f"/posts/{hers}/comments/", {"text": "more"}),
    ):
        assert answer.status_code == 404

    alice.client.delete("/users/block/bob/")
    assert (bob.sees(hers), alice.sees(his)) == (True, True)
    assert bob.timeline() == [his]  # the follow does not come back
    assert alice.comments(hers) == ["mine"]


def test_d10_a_suspended_person_disappears_whole_and_comes_back_whole(cast, person, committed):
    alice, bob, carol = cast
    moderator = person("moderator", is_staff=True)
    with committed():
        hers, his = alice.post_photos(), bob.post_photos()
    alice.client.post(f"/posts/{his}/like/")
    alice.client.post(f"/posts/{his}/comments/", {"text": "nice"})

    def counts():
        seen = carol.get(f"/posts/{his}/")
        return (seen["likes_count"], seen["reactions_count"], seen["comments_count"])

    assert counts() == (1, 1, 1)
    with committed():
        suspend_user(user=alice.user, moderator=moderator, reason="spam")
        assert not bob.sees(hers)
        assert bob.timeline() == [his]
    assert counts() == (0, 0, 0)
    assert bob.comments(his) == []
    assert carol.client.get("/users/alice/posts/").status_code == 404

    with committed():
        lift_suspension(user=alice.user, moderator=moderator, reason="no spam")
    assert counts() == (1, 1, 1)
    assert bob.comments(his) == ["nice"]
    assert bob.timeline() == [his, hers]
    assert carol.posts_of("alice") == [hers]
