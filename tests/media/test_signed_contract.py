"""Signed URLs on both kinds of stores (T6, T7): what they open, for whom and how long.

A server of S3 has a clock of its own. So time is moved back for the moment of signing, never
forward for that of fetching.
"""

from datetime import datetime, timedelta

import pytest
import time_machine
from django.utils import timezone

from media import signing, storage
from media.actions import access, processing, receiving
from media.models import SignedURL
from tests.media import stores
from tests.media.uploads import jpeg, served, upload

HOUR = timedelta(hours=1)
MINUTE = timedelta(minutes=1)


def signed_picture(owner, width=640):
    """A picture that is ready, and given out by signed URLs alone."""
    media = receiving.store_photo(owner=owner, file=upload(jpeg(width, width * 3 // 4)))
    access.set_access([media.pk], "signed")
    ready = processing.process_media(media.pk)
    assert ready is not None
    assert (ready.state, ready.access) == ("ready", "signed")
    return ready


@pytest.fixture
def picture(store, alice):
    return signed_picture(alice)


def ago(**delta):
    return time_machine.travel(datetime.now().astimezone() - timedelta(**delta), tick=False)


def urls_of(media, viewer):
    return dict(signing.urls_for([media], viewer)[media.pk])


def changed_everywhere(url):
    """`url` with each of its letters changed, one at a time, from the path on; and where."""
    for at in range(url.index("/", len("https://")) + 1, len(url)):
        yield at, url[:at] + ("x" if url[at] != "x" else "y") + url[at + 1 :]


# What a signature opens


def test_a_signed_url_gives_the_picture_with_the_right_headers(store, alice, picture):
    urls = urls_of(picture, alice)

    assert sorted(urls) == sorted(picture.renditions)
    for side, url in urls.items():
        answer = store.send("GET", url)
        content = store.read("originals", picture.renditions[side])
        assert (answer.status, answer.body) == (200, content)
        assert answer.headers["content-type"] == "image/jpeg"
        assert answer.headers["content-length"] == str(len(content))
        assert "public" not in answer.headers.get("cache-control", "")
    assert store.names("default") == []


def test_a_range_of_a_signed_rendition_is_served(store, alice, picture):
    url = urls_of(picture, alice)["320"]
    content = store.read("originals", picture.renditions["320"])

    part = store.send("GET", url, headers={"Range": "bytes=100-199"})
    beyond = store.send("GET", url, headers={"Range": f"bytes={len(content)}-"})

    assert (part.status, part.body) == (206, content[100:200])
    assert part.headers["content-range"] == f"bytes 100-199/{len(content)}"
    assert beyond.status == 416


def test_without_the_signature_it_is_refused(store, alice, picture):
    for url in urls_of(picture, alice).values():
        answer = store.send("GET", url.partition("?")[0])
        assert answer.status == 403


def test_a_signed_url_with_any_one_letter_changed_is_refused(store, alice, picture):
    url = urls_of(picture, alice)["320"]
    signature = url.lower().rindex("signature=") + len("signature=")

    for at, changed in changed_everywhere(url):
        status = store.send("GET", changed).status
        assert status in (400, 403, 404), changed  # 400, 404: no longer such a URL at all
        if at >= signature:
            assert status == 403, changed


def test_a_signature_is_good_for_no_other_key(store, alice, picture):
    other = signed_picture(alice, 400)
    url = urls_of(picture, alice)["320"]

    for name in (other.renditions["320"], picture.original, other.original):
        answer = store.send("GET", url.replace(picture.renditions["320"], name))
        assert answer.status == 403


def test_a_signature_is_good_for_no_other_method(store, alice, picture):
    url = urls_of(picture, alice)["320"]
    before = store.read("originals", picture.renditions["320"])

    for method in ("PUT", "POST", "DELETE", "PATCH"):
        status = store.send(method, url, content=b"another").status
        no_call = method in ("POST", "PATCH") and status == 405  # S3 has none of these names
        assert status == 403 or no_call, method

    assert store.read("originals", picture.renditions["320"]) == before


def test_two_people_are_given_two_urls_and_neither_can_be_made_of_the_other(
    store, alice, bob, picture
):
    hers, his = urls_of(picture, alice)["320"], urls_of(picture, bob)["320"]

    assert hers != his
    for mine, theirs in ((str(alice.pk), str(bob.pk)), (str(bob.pk), str(alice.pk))):
        for url in (hers, his):
            other = url.replace(f"viewer={mine}", f"viewer={theirs}")
            assert other == url or store.send("GET", other).status == 403


# How long (T6)


def test_a_signed_url_is_refused_once_its_time_is_over(store, alice, picture):
    with ago(hours=8, seconds=-5):
        nearly = urls_of(picture, alice)["320"]
    assert store.send("GET", nearly).status == 200

    SignedURL.objects.all().delete()
    with ago(hours=8, seconds=2):
        over = urls_of(picture, alice)["320"]
    assert store.send("GET", over).status == 403


def test_for_seven_hours_the_same_url_is_given_out_and_nothing_is_signed(store, alice, picture):
    signed = stores.count_signatures()
    with ago(hours=6, minutes=59):
        first = urls_of(picture, alice)
    assert sorted(signed) == sorted(picture.renditions.values())

    again = urls_of(picture, alice)

    assert again == first
    assert len(signed) == len(picture.renditions)
    assert [store.send("GET", url).status for url in again.values()] == [200] * len(again)


def test_in_the_last_hour_a_new_url_is_signed_and_kept_for_eight_more(store, alice, picture):
    signed = stores.count_signatures()
    with ago(hours=7, minutes=1):
        first = urls_of(picture, alice)
    began = timezone.now()

    renewed = urls_of(picture, alice)
    again = urls_of(picture, alice)

    assert not {*renewed.values()} & {*first.values()}
    assert again == renewed
    assert len(signed) == 2 * len(picture.renditions)
    kept = SignedURL.objects.get()
    assert abs(kept.expires_at - began - 8 * HOUR) < MINUTE
    for url in (*renewed.values(), *first.values()):  # what a page shows goes on working
        assert store.send("GET", url).status == 200


def test_a_page_of_pictures_is_signed_once_for_each_viewer(
    store, alice, bob, picture, django_assert_num_queries
):
    page = [picture, *(signed_picture(alice, 320) for _ in range(4))]
    signed = stores.count_signatures()

    with django_assert_num_queries(2):
        first = signing.urls_for(page, alice)
    with django_assert_num_queries(1):
        again = signing.urls_for(page, alice)
    everybody = signing.urls_for(page, None)

    assert again == first
    assert len(signed) == 2 * sum(len(each.renditions) for each in page)
    assert not {url for each in first.values() for url in each.values()} & {
        url for each in everybody.values() for url in each.values()
    }


# When who may see it changes


@pytest.mark.parametrize("back", [False, True])
def test_a_post_that_turns_private_takes_its_files_along_and_its_urls_end(
    store, alice, as_user, photo, committed, back
):
    api = as_user(alice)
    with committed():
        post = api.post("/posts/", {"images": photo(width=640, height=480)}, format="multipart")
    post_id = post.json()["id"]
    public = api.get(f"/posts/{post_id}/").json()["media"][0]
    assert store.send("GET", public["url"]).status == 200

    with committed():
        api.patch(f"/posts/{post_id}/", {"visibility": "followers"})

    hidden = api.get(f"/posts/{post_id}/").json()["media"][0]
    assert store.names("default") == []
    assert store.send("GET", public["url"]).status in (403, 404)
    assert store.send("GET", hidden["url"]).status == 200
    assert store.send("GET", hidden["url"].partition("?")[0]).status == 403
    if back:
        with committed():
            api.patch(f"/posts/{post_id}/", {"visibility": "public"})
        shown = api.get(f"/posts/{post_id}/").json()["media"][0]
        assert store.send("GET", shown["url"]).status == 200
        assert shown["url"] not in (public["url"], hidden["url"])
        assert store.send("GET", public["url"]).status in (403, 404)
        assert store.send("GET", hidden["url"]).status in (403, 404)
        assert [name.endswith("/original") for name in store.names("originals")] == [True]


def test_an_account_that_turns_private_takes_the_files_of_its_posts_along(
    store, alice, as_user, photo, committed
):
    api = as_user(alice)
    with committed():
        post = api.post("/posts/", {"images": photo(width=640, height=480)}, format="multipart")
    public = api.get(f"/posts/{post.json()['id']}/").json()["media"][0]["renditions"]

    with committed():
        assert api.patch("/users/alice/", {"is_private": True}).status_code == 200

    assert store.names("default") == []
    for url in public.values():
        assert store.send("GET", url).status in (403, 404)
    signed = api.get(f"/posts/{post.json()['id']}/").json()["media"][0]["renditions"]
    assert [store.send("GET", url).status for url in signed.values()] == [200] * len(public)


def test_pictures_that_were_public_are_the_same_when_signed(store, alice, committed):
    media = receiving.store_photo(owner=alice, file=upload(jpeg(640, 480)))
    processing.process_media(media.pk)
    media.refresh_from_db()
    before = served(media)

    with committed():
        access.set_access([media.pk], "signed")

    media.refresh_from_db()
    after = [store.read("originals", name) for name in media.renditions.values()]
    assert after == before
    assert not any(storage.is_there("default", name) for name in media.renditions.values())
