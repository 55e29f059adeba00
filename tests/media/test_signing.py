"""Signed URLs by the clock and in the table (T6).

On the file store, whose clock is ours; `test_signed_contract.py` asks both stores for the rest.
"""

from datetime import timedelta

import pytest
from django.conf import settings as configured

from media import signing, storage, tasks
from media.actions import access, deleting
from media.disk import Disk
from media.models import Media, SignedURL
from tests.media import stores
from tests.media.uploads import process
from tests.racing import at_once
from tests.signed import BEGAN, HOUR, at, signed_picture, urls_of
from users.actions.relationships import follow_user

pytestmark = pytest.mark.django_db

MINUTE = timedelta(minutes=1)


@pytest.fixture
def picture(alice):
    return signed_picture(alice)


class Expiring(Disk):
    """A disk whose credentials end: `ends()` tells when, or raises."""

    def __init__(self, *, ends, **options):
        super().__init__(**options)
        self.credentials_expire_at = ends


def credentials_end(moment):
    """Have the private store sign with credentials that end then; None of the former are left."""

    def ends():
        if isinstance(moment, Exception):
            raise moment
        return moment

    options = {**configured.STORAGES["originals"]["OPTIONS"], "ends": ends}
    options.pop("signed", None)
    backend = f"{Expiring.__module__}.{Expiring.__qualname__}"
    stores.put("originals", {"BACKEND": backend, "OPTIONS": options})


# By the clock


def test_a_url_is_the_same_for_seven_hours_and_new_in_the_eighth_through_a_page(
    alice, bob, as_user, photo, committed
):
    """T6, at the door: at +6 h 59 min nothing is signed, at +7 h 01 min all is, for 8 hours."""
    with at(0 * HOUR):
        with committed():
            as_user(alice).post(
                "/posts/",
                {"images": [photo(), photo(80, 80)], "visibility": "followers"},
                format="multipart",
            )
            follow_user(owner=bob, target=alice)
        signed = stores.count_signatures()

        def page():
            (post,) = as_user(bob).get("/posts/timeline/").json()["results"]
            return [media["renditions"] for media in post["media"]]

        first = page()
        assert [len(each) for each in first] == [1, 1]
        assert len(signed) == 2
    with at(6 * HOUR + 59 * MINUTE):
        assert page() == first
        assert len(signed) == 2
    with at(7 * HOUR + 1 * MINUTE):
        second = page()
        assert page() == second
    assert len(signed) == 4
    assert not {url for each in first for url in each.values()} & {
        url for each in second for url in each.values()
    }
    ends = BEGAN + 7 * HOUR + MINUTE + 8 * HOUR
    assert set(SignedURL.objects.values_list("viewer_id", "expires_at")) == {(bob.pk, ends)}


@pytest.mark.parametrize(
    ("after", "same"),
    [
        (timedelta(0), True),
        (7 * HOUR - timedelta(seconds=1), True),
        (7 * HOUR, False),  # an hour is left, and no more
        (8 * HOUR, False),
        (timedelta(days=400), False),
    ],
)
def test_a_url_is_given_again_while_more_than_an_hour_is_left(alice, picture, after, same):
    with at(0 * HOUR):
        first = urls_of(picture, alice)
    signed = stores.count_signatures()

    with at(after):
        again = urls_of(picture, alice)

    assert (again == first) is same
    assert (signed == []) is same
    row = SignedURL.objects.get()
    assert row.expires_at == (BEGAN if same else BEGAN + after) + 8 * HOUR


def test_a_url_works_to_its_last_second_and_no_longer(guest, alice, picture):
    with at(0 * HOUR):
        url = urls_of(picture, alice)["320"]

    with at(8 * HOUR - timedelta(seconds=1)):
        assert guest.get(url).status_code == 200
    with at(8 * HOUR):
        over = guest.get(url)
    assert (over.status_code, over.json()["code"]) == (403, "link_refused")


def test_the_life_of_a_url_is_a_setting(alice, picture, settings):
    settings.SIGNED_URL_HOURS = 3
    with at(0 * HOUR):
        urls_of(picture, alice)

    assert SignedURL.objects.get().expires_at == BEGAN + 3 * HOUR


# Credentials


def test_no_url_outlives_the_credentials_that_sign(alice, picture):
    ends = BEGAN + 3 * HOUR + timedelta(seconds=30, microseconds=7)
    credentials_end(ends)

    with at(0 * HOUR):
        url = urls_of(picture, alice)["320"]

    assert SignedURL.objects.get().expires_at == ends.replace(microsecond=0)
    assert f"expires={int(ends.timestamp())}&" in url


def test_credentials_that_end_within_the_hour_do_not_sign_each_page_anew(alice, picture):
    credentials_end(BEGAN + 40 * MINUTE)
    with at(0 * HOUR):
        first = urls_of(picture, alice)
    with at(20 * MINUTE):
        assert urls_of(picture, alice) == first

    credentials_end(BEGAN + 80 * MINUTE)
    with at(21 * MINUTE):
        second = urls_of(picture, alice)
    with at(22 * MINUTE):
        assert urls_of(picture, alice) == second

    assert second != first
    assert SignedURL.objects.get().expires_at == BEGAN + 80 * MINUTE


@pytest.mark.parametrize("trouble", ["expired", "gone"])
def test_without_credentials_a_page_has_what_is_left_of_its_urls_and_no_error(
    alice, bob, picture, as_user, trouble
):
    with at(0 * HOUR):
        first = urls_of(picture, alice)
    expired = BEGAN + 6 * HOUR
    credentials_end(expired if trouble == "expired" else OSError("nobody hands out credentials"))

    with at(7 * HOUR + 30 * MINUTE):
        assert urls_of(picture, alice) == first
        assert urls_of(picture, bob) is None
    with at(8 * HOUR):
        assert urls_of(picture, alice) is None
        assert signing.urls_for([picture], None) == {}


# One page


def test_public_and_unready_pictures_cost_nothing(alice, media, django_assert_num_queries):
    public = process(media)
    moving = Media(pk=5, access="signed", state="moving", renditions_folder="ab/c")

    with django_assert_num_queries(0):
        assert signing.urls_for([public, moving], alice) == {}
        assert signing.urls_for([], alice) == {}


def test_fifty_pictures_are_one_select_and_one_statement_more_when_signed(
    alice, django_assert_num_queries
):
    folders = [storage.new_folder() for _ in range(50)]
    page = Media.objects.bulk_create(
        Media(
            owner=alice,
            state="ready",
            access="signed",
            original=f"{folder}/original",
            renditions_folder=folder,
            renditions={"320": f"{folder}/320.jpg", "640": f"{folder}/640.jpg"},
            mime="image/jpeg",
            size=1,
            width=640,
            height=480,
        )
        for folder in folders
    )

    with django_assert_num_queries(2):
        cold = signing.urls_for(page[:30], alice)
    with django_assert_num_queries(2):
        mixed = signing.urls_for(page, alice)
    signed = stores.count_signatures()
    with django_assert_num_queries(1):
        warm = signing.urls_for(reversed_copy(page), alice)

    assert {pk: mixed[pk] for pk in cold} == cold
    assert warm == mixed
    assert set(warm) == {each.pk for each in page}
    assert signed == []


def reversed_copy(page):
    return list(reversed(page))


def test_everybody_and_each_viewer_have_urls_of_their_own(alice, bob, picture):
    given = [urls_of(picture, viewer)["320"] for viewer in (alice, bob, None)]

    assert len({*given}) == 3
    rows = SignedURL.objects.order_by("viewer_id").values_list("viewer_id", flat=True)
    assert list(rows) == sorted([0, alice.pk, bob.pk])


def test_a_picture_that_has_moved_is_signed_anew_where_it_is(alice, picture, guest, committed):
    first = urls_of(picture, alice)
    with committed():
        access.set_access([picture.pk], "signed", anew=True)
    picture.refresh_from_db()

    second = urls_of(picture, alice)

    assert guest.get(first["320"]).status_code == 403
    assert guest.get(second["320"]).status_code == 200
    assert urls_of(picture, alice) == second
    assert SignedURL.objects.get().folder == picture.folder


def test_a_page_that_was_read_before_a_move_hurts_no_page_after_it(alice, picture, committed):
    """Its URLs lead nowhere, and are not what the next page is given."""
    read_before = Media.objects.get(pk=picture.pk)
    with committed():
        access.set_access([picture.pk], "signed", anew=True)
    urls_of(read_before, alice)

    picture.refresh_from_db()

    assert all(picture.folder in url for url in urls_of(picture, alice).values())


# At once


@pytest.mark.django_db(transaction=True)
def test_fifty_pages_at_once_get_one_answer(alice, bob):
    pictures = [signed_picture(alice) for _ in range(3)]
    given = []

    def page(order):
        given.append(signing.urls_for(order, bob))

    at_once(
        *[lambda: page(pictures)] * 25,
        *[lambda: page(reversed_copy(pictures))] * 25,
    )

    kept = signing.urls_for(pictures, bob)
    assert given == [kept] * 50
    assert SignedURL.objects.count() == 3


@pytest.mark.django_db(transaction=True)
def test_a_picture_that_is_deleted_while_its_url_is_kept_is_no_error(alice, bob):
    for _ in range(5):
        pictures = [signed_picture(alice) for _ in range(3)]
        doomed = pictures[1].pk
        at_once(
            *[lambda pictures=pictures: signing.urls_for(pictures, bob)] * 5,
            lambda doomed=doomed: deleting.delete_media([doomed]),
        )
        assert not SignedURL.objects.filter(media=doomed).exists()

    signing.urls_for([Media(pk=doomed, access="signed", state="ready", renditions={})], bob)
    assert SignedURL.objects.count() == 10


# What goes


def test_rows_of_urls_that_have_ended_are_swept_and_those_of_deleted_pictures_go(alice, bob):
    first, second = signed_picture(alice), signed_picture(alice)
    with at(0 * HOUR):
        signing.urls_for([first, second], alice)
    with at(2 * HOUR):
        signing.urls_for([first, second], bob)
    deleting.delete_media([second.pk])
    assert SignedURL.objects.count() == 2

    with at(8 * HOUR - MINUTE):
        tasks.forget_signed_urls()
        assert SignedURL.objects.count() == 2
    with at(8 * HOUR):
        tasks.forget_signed_urls()
        tasks.forget_signed_urls()
    assert SignedURL.objects.get().viewer_id == bob.pk
