"""Pictures that turn from public to signed and back (T7, D9): at once, whole, and never half shown.

A move may be killed at any step, run twice, run late, or find that it is no longer wanted.
"""

from io import BytesIO
from typing import Any

import pytest

from events.models import Announcement
from media import storage, tasks
from media.actions import access, deleting, processing, receiving
from media.actions.access import set_access
from media.models import Media
from media.serializers import media_card
from tests.conftest import deliver_all
from tests.media import stores
from tests.media.uploads import Killed, jpeg, served, upload
from tests.racing import at_once

pytestmark = pytest.mark.django_db

NOWHERE: dict[str, Any] = {"state": "processing", "url": None, "renditions": {}}


@pytest.fixture
def ready(media):
    return processing.process_media(media.pk)


def again(media):
    return Media.objects.get(pk=media.pk)


def shown(media):
    card = media_card(again(media), {})
    return {name: card[name] for name in NOWHERE}


def stored(media):
    """Whether the stores have exactly what the row names, each in its place."""
    row = again(media)
    names = set(row.renditions.values())
    public, private = (names, set()) if row.access == "public" else (set(), names)
    return (set(stores.files("default")), set(stores.files("originals"))) == (
        public,
        private | {row.original},
    )


# The way there and back


def test_a_card_names_no_file_from_the_commit_on_until_the_files_have_moved(ready, announced):
    set_access([ready.pk], "signed")

    assert shown(ready) == NOWHERE
    assert again(ready).blurhash == ready.blurhash
    assert announced == [("MediaAccessChanged", {"media_ids": [ready.pk]})]


def test_files_move_to_the_other_store_under_other_names_and_are_the_same(ready):
    before, content = ready, served(ready)

    set_access([ready.pk], "signed")
    deliver_all()

    signed = again(ready)
    assert (signed.state, signed.access, signed.moved_from) == ("ready", "signed", {})
    assert signed.folder not in (before.folder, storage.folder_of(before.original))
    assert list(signed.renditions) == list(before.renditions)
    assert stored(ready)
    for name, bytes_ in zip(signed.renditions.values(), content, strict=True):
        assert storage.open_rendition(name, access="signed").read() == bytes_

    set_access([ready.pk], "public")
    deliver_all()

    public = again(ready)
    assert (public.state, public.access) == ("ready", "public")
    assert public.folder not in (before.folder, signed.folder)
    assert stored(ready)
    assert served(public) == content


def test_what_is_so_already_stays_as_it_is(ready, announced):
    set_access([ready.pk], "public")
    set_access([], "signed")
    set_access([ready.pk + 1], "signed")

    assert again(ready).renditions == ready.renditions
    assert announced == []


def test_pictures_can_be_moved_to_end_their_urls(ready):
    set_access([ready.pk], "signed")
    deliver_all()
    first = again(ready)

    set_access([ready.pk], "signed", anew=True)
    deliver_all()

    assert again(ready).folder != first.folder
    assert stored(ready)


def test_many_pictures_move_in_chunks_and_in_few_statements(alice, django_assert_max_num_queries):
    folders = [storage.new_folder() for _ in range(120)]
    rows = Media.objects.bulk_create(
        Media(
            owner=alice,
            state="ready",
            original=f"{folder}/original",
            renditions={"320": f"{folder}/320.jpg"},
            mime="image/jpeg",
            size=1,
            width=320,
            height=240,
        )
        for folder in folders
    )

    with django_assert_max_num_queries(12):
        set_access([row.pk for row in rows], "signed")

    told = Announcement.objects.filter(kind="media.MediaAccessChanged").order_by("pk")
    assert [len(row.payload["media_ids"]) for row in told] == [50, 50, 20]
    kept = Media.objects.values_list("renditions_folder", flat=True)
    assert len({*kept}) == 120
    assert not {*kept} & {*folders}


# Whatever state it is in


@pytest.mark.parametrize("state", ["processing", "failed"])
def test_a_picture_without_files_changes_sides_and_is_made_there(media, state):
    Media.objects.filter(pk=media.pk).update(state=state)

    set_access([media.pk], "signed")
    deliver_all()
    assert again(media).state == state
    processing.retry_media(again(media))
    processing.process_media(media.pk)

    assert (again(media).state, again(media).access) == ("ready", "signed")
    assert stored(media)


def test_a_run_that_was_making_a_picture_public_leaves_nothing_public(media):
    """The row changed while its pixels were worked on: that run is late."""
    with stores.faulty("default", stores.nth("save", 2, lambda: set_access([media.pk], "signed"))):
        processing.process_media(media.pk)

    assert stores.files("default") == []
    assert again(media).state == "processing"
    deliver_all()
    processing.process_media(media.pk)
    assert (again(media).state, stored(media)) == ("ready", True)


def test_a_late_run_takes_nothing_from_a_move_that_is_under_way(media):
    def overtake():
        processing.process_media(media.pk)
        set_access([media.pk], "signed")

    with stores.faulty("default", stores.nth("save", 2, overtake)):
        processing.process_media(media.pk)
    assert set(stores.files("default")) == set(again(media).moved_from["renditions"].values())
    content = [storage.open_rendition(name).read() for name in stores.files("default")]
    deliver_all()

    names = again(media).renditions.values()
    signed = [storage.open_rendition(name, access="signed").read() for name in names]
    assert sorted(signed) == sorted(content)
    assert stored(media)


def test_turned_back_before_its_files_moved_it_ends_where_it_should(ready):
    for side in ("signed", "public", "signed", "public"):
        set_access([ready.pk], side)
        assert shown(ready) == NOWHERE
    deliver_all()

    assert (again(ready).state, again(ready).access) == ("ready", "public")
    assert again(ready).folder != ready.folder
    assert stored(ready)


def test_turned_back_while_its_files_move_it_ends_where_it_should(ready):
    set_access([ready.pk], "signed")

    with stores.faulty(
        "originals", stores.nth("save", 2, lambda: set_access([ready.pk], "public"))
    ):
        deliver_all()

    assert (again(ready).state, again(ready).access) == ("ready", "public")
    assert stored(ready)


@pytest.mark.parametrize("moment", ["before", "during", "after"])
def test_concealed_while_it_moves_it_is_nowhere(ready, moment):
    def conceal():
        deleting.conceal_media([ready.pk])

    set_access([ready.pk], "signed")
    if moment == "before":
        conceal()
    fault = stores.nth("save", 2, conceal if moment == "during" else lambda: None)
    with stores.faulty("originals", fault):
        deliver_all()
    if moment == "after":
        conceal()
        deliver_all()

    assert (again(ready).state, again(ready).moved_from) == ("processing", {})
    assert (stores.files("default"), stores.files("originals")) == ([], [ready.original])
    processing.process_media(ready.pk)
    assert (again(ready).access, stored(ready)) == ("signed", True)


@pytest.mark.parametrize("moment", ["before", "during", "after"])
def test_deleted_while_it_moves_it_leaves_nothing(ready, moment):
    def delete():
        deleting.delete_media([ready.pk])

    set_access([ready.pk], "signed")
    if moment == "before":
        delete()
    fault = stores.nth("save", 2, delete if moment == "during" else lambda: None)
    with stores.faulty("originals", fault):
        deliver_all()
    if moment == "after":
        delete()
        deliver_all()

    assert (stores.files("default"), stores.files("originals")) == ([], [])


# Half-way, and then the power goes


STEPS = [("default", "open"), ("originals", "save"), ("default", "delete")]


@pytest.mark.parametrize(("alias", "operation"), STEPS)
@pytest.mark.parametrize("number", [1, 2, 3])
def test_killed_at_any_step_it_goes_on_where_it_was(ready, alias, operation, number):
    content = served(ready)
    set_access([ready.pk], "signed")

    with (
        stores.faulty(alias, stores.nth(operation, number, stores.raising(Killed()))),
        pytest.raises(Killed),
    ):
        deliver_all()
    assert shown(ready) == NOWHERE or again(ready).access == "signed"
    deliver_all()

    row = again(ready)
    assert row.state == "ready"
    assert [
        storage.open_rendition(name, access="signed").read() for name in row.renditions.values()
    ] == content
    assert stored(ready)


@pytest.mark.parametrize(("alias", "operation"), STEPS)
def test_a_store_that_fails_leaves_it_hidden_until_it_is_back(ready, alias, operation):
    set_access([ready.pk], "signed")

    with stores.faulty(alias, stores.nth(operation, 1, stores.raising(OSError("gone")))):
        tried = [row.pk for row in Announcement.objects.all()]
        with pytest.raises((OSError, AssertionError)):
            deliver_all()
    assert Announcement.objects.filter(pk__gte=tried[0]).exists()

    deliver_all()
    assert (again(ready).state, stored(ready)) == ("ready", True)


def test_one_picture_that_cannot_move_keeps_no_other(alice, ready):
    other = receiving.store_photo(owner=alice, file=upload(jpeg(400, 300)))
    processing.process_media(other.pk)
    set_access([ready.pk, other.pk], "signed")

    with (
        stores.faulty("originals", stores.nth("save", 1, stores.raising(OSError("full")))),
        pytest.raises(OSError, match="full"),
    ):
        access.move_media([ready.pk, other.pk])

    assert (again(ready).state, again(other).state) == ("moving", "ready")
    deliver_all()
    assert again(ready).state == "ready"


def test_files_that_are_lost_are_made_anew_from_the_original(ready):
    content = served(ready)
    storage.delete_names("default", [ready.renditions["640"]])

    set_access([ready.pk], "signed")
    deliver_all()

    row = again(ready)
    assert (row.state, stored(ready)) == ("ready", True)
    names = row.renditions.values()
    assert [storage.open_rendition(n, access="signed").read() for n in names] == content


def test_one_picture_of_which_nothing_good_is_left_keeps_no_other(alice, ready):
    other = receiving.store_photo(owner=alice, file=upload(jpeg(400, 300)))
    processing.process_media(other.pk)
    storage.delete_names("default", ready.renditions.values())
    storage.save_original(storage.folder_of(ready.original), BytesIO(b"no picture"))
    set_access([ready.pk, other.pk], "signed")

    with pytest.raises(OSError, match="no good"):
        access.move_media([ready.pk, other.pk])

    assert (again(ready).state, again(other).state) == ("moving", "ready")


def test_a_move_that_nothing_drives_any_more_is_found_by_the_clock(ready):
    set_access([ready.pk], "signed")
    Announcement.objects.all().delete()

    tasks.media_sweep()
    deliver_all()

    assert (again(ready).state, stored(ready)) == ("ready", True)
    tasks.media_sweep()
    assert not Announcement.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_moved_by_many_at_once_it_arrives_once_and_whole(ready):
    content = served(ready)
    set_access([ready.pk], "signed")

    at_once(*[lambda: access.move_media([ready.pk])] * 6)
    deliver_all()

    row = again(ready)
    names = row.renditions.values()
    assert [storage.open_rendition(n, access="signed").read() for n in names] == content
    assert stored(ready)


@pytest.mark.django_db(transaction=True)
def test_turned_by_fifty_at_once_it_is_whole_on_one_side(ready):
    at_once(
        *[lambda: set_access([ready.pk], "signed")] * 20,
        *[lambda: set_access([ready.pk], "public")] * 15,
        *[lambda: access.move_media([ready.pk])] * 15,
    )
    deliver_all()

    assert (again(ready).state, stored(ready)) == ("ready", True)
