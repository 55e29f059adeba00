"""Signed pictures and their URLs, as the tests make and fetch them."""

from datetime import UTC, datetime, timedelta

import time_machine

from media import signing
from media.actions import processing, receiving
from media.models import Media
from posts.actions.posts import create_post
from posts.models import Post
from posts.tasks import process_post
from tests.media.uploads import jpeg, upload
from tests.pictures import uploaded
from users.actions.relationships import accept_request, follow_user

HOUR = timedelta(hours=1)
BEGAN = datetime(2027, 3, 1, 12, tzinfo=UTC)


def at(delta):
    """Stand still at `BEGAN` and this much later."""
    return time_machine.travel(BEGAN + delta, tick=False)


def signed_picture(owner):
    """A picture that is ready, and was signed from the beginning."""
    with receiving.receive_photos([upload(jpeg(640, 480))], field="file") as (photo,):
        media = receiving.add_media(owner=owner, photo=photo, access="signed")
    ready = processing.process_media(media.pk)
    assert ready is not None
    return ready


def urls_of(media, viewer):
    """What `viewer` is given for one picture."""
    return signing.urls_for([media], viewer).get(media.pk)


# --- Of posts ------------------------------------------------------------------------------------


def published_with_files(author, visibility="followers"):
    """As the worker does it, whatever follows an announcement in the test."""
    post = create_post(author=author, images=[uploaded()], visibility=visibility)
    process_post(post_id=post.pk)
    return Post.objects.get(pk=post.pk)


def follow(follower, author):
    """Follow, and be let in where that is needed."""
    follow_user(owner=follower, target=author)
    author.refresh_from_db()
    if author.is_private:
        accept_request(owner=author, requester=follower)


def card_of(client, post):
    """The post as this client sees it; None if they do not."""
    answer = client.get(f"/posts/{post.pk}/")
    return answer.json() if answer.status_code == 200 else None


def urls_in(card):
    """Every URL of every picture."""
    return [url for media in card["media"] for url in media["renditions"].values()]


def fetched(guest, urls):
    """What somebody with nothing but these URLs gets."""
    return {guest.get(url).status_code for url in urls}


def accesses(post):
    """Which sides and states the pictures of a post are in."""
    return set(Media.objects.filter(place__post=post).values_list("access", "state"))


def everywhere(names):
    """These names without the originals."""
    return {name for name in names if not name.endswith("/original")}
