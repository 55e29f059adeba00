"""Stores and rows that differ: found, repaired, and nothing removed that is needed (Y7, Y9)."""

import pytest
from django.utils import timezone

from media import inventory, storage
from media.actions import access, deleting, receiving, sweeping
from media.models import LooseFolder, Media
from tests.media import stores
from tests.media.differing import differences, later, put, repair
from tests.media.uploads import jpeg, served, upload

pytestmark = pytest.mark.django_db


# Finding


def test_pictures_in_every_state_are_as_their_rows_say(store, alice, picture, move, committed):
    picture()
    move(picture(), "signed")
    access.set_access([picture().pk], "signed")  # still on its way
    receiving.store_photo(owner=alice, file=upload(jpeg()))  # nobody has processed it yet
    with committed():
        deleting.conceal_media([picture().pk])
    failed = receiving.store_photo(owner=alice, file=upload(jpeg()))
    Media.objects.filter(pk=failed.pk).update(state="failed")
    put("originals", f"{LooseFolder.objects.create(folder=storage.new_folder()).folder}/original")

    assert differences() == {}


def test_folders_without_a_row_are_found_once_they_are_a_day_old(store, picture):
    picture()
    private = storage.folder_of(put("originals", f"{storage.new_folder()}/original"))
    public = storage.folder_of(put("default", f"{storage.new_folder()}/320.jpg"))

    assert differences(timezone.now()) == {}
    assert differences() == {"orphans": [private, public]}

    repair()
    assert differences() == {}
    assert len(store.names("default")) == 2


def test_files_that_the_row_does_not_name_are_found_and_removed(store, picture, move):
    media = picture()
    strays = [
        put("default", f"{media.folder}/1080.webp"),
        put("originals", f"{storage.folder_of(media.original)}/upload"),
    ]
    signed = picture()
    public = signed.renditions["320"]
    move(signed, "signed")
    left = put("default", public)  # what a lost task left where everybody can fetch it

    assert sorted(differences()["strays"]) == sorted([*strays, left])
    repair()

    assert differences() == {}
    assert not storage.is_there("default", public)
    assert served(Media.objects.get(pk=media.pk))


def test_files_that_are_not_ours_are_counted_and_left_alone(store, picture):
    picture()
    put("originals", "backup/of-the-owner.txt")
    put("default", "robots.txt")

    repair()

    assert differences() == {}
    assert inventory.compare("originals", "", later()).foreign == 1
    assert storage.is_there("originals", "backup/of-the-owner.txt")
    assert storage.is_there("default", "robots.txt")


@pytest.mark.parametrize("kind", ["public", "signed"])
def test_renditions_that_are_gone_are_made_again_under_their_names(store, picture, move, kind):
    media, other = picture(), picture()
    move(media, kind)
    alias = storage.alias_of(kind)
    before = store.read(alias, media.renditions["320"])
    storage.delete_names(alias, [media.renditions["320"]])

    assert differences() == {"bare": [media.pk]}
    repair()

    assert differences() == {}
    assert store.read(alias, media.renditions["320"]) == before
    assert Media.objects.get(pk=media.pk).renditions == media.renditions
    assert served(other)


def test_the_names_are_the_rows_even_if_the_settings_have_other_sizes_now(picture, settings):
    media = picture()
    settings.RENDITION_SIZES = [100, 500]
    storage.delete_names("default", media.renditions.values())

    repair()

    assert stores.files("default") == sorted(media.renditions.values())


def test_an_original_that_is_gone_is_told_and_its_picture_stays(store, picture):
    media = picture()
    storage.delete_names("originals", [media.original])
    storage.delete_names("default", [media.renditions["320"]])

    assert differences() == {"lost": [media.pk], "bare": [media.pk]}
    repair()

    assert differences() == {"lost": [media.pk], "bare": [media.pk]}
    assert Media.objects.get(pk=media.pk).state == "ready"
    assert len(store.names("default")) == 1


def test_what_is_made_again_for_a_picture_that_is_moved_meanwhile_is_not_left(picture):
    media = picture()
    storage.delete_names("default", media.renditions.values())

    with stores.faulty("default", stores.nth("save", 2, lambda: _conceal(media))):
        assert sweeping.remake_renditions(media.pk) in (True, False)

    assert stores.files("default") == []


def _conceal(media):
    deleting.conceal_media([media.pk])


def test_a_picture_that_moves_is_not_robbed_of_what_it_leaves(store, picture):
    media = picture()
    access.set_access([media.pk], "signed")
    Media.objects.filter(pk=media.pk).update(original=f"{storage.new_folder()}/original")

    repair()  # the folder is known by `moved_from` alone

    access.move_media([media.pk])
    moved = Media.objects.get(pk=media.pk)
    assert (moved.state, len(store.names("default"))) == ("ready", 2)


# In stretches


@pytest.mark.parametrize("names", [1, 2, 3, 5, 1000])
def test_it_does_not_matter_where_one_stretch_ends(picture, names):
    """However the listing is cut, each difference is found, and found once."""
    kept = [picture(64) for _ in range(6)]
    orphans = [storage.new_folder() for _ in range(4)]
    for folder in orphans:
        put("originals", f"{folder}/original")
        put("default", f"{folder}/320.jpg")
    put("default", "a.txt")
    put("default", "zz/z/z.txt")
    storage.delete_names("originals", [kept[0].original])
    storage.delete_names("default", kept[1].renditions.values())

    assert {kind: sorted(each) for kind, each in differences(size=names).items()} == {
        "orphans": sorted([*orphans, *orphans]),
        "lost": [kept[0].pk],
        "bare": [kept[1].pk],
    }


@pytest.mark.parametrize("names", [2, 1000])
def test_an_empty_store_is_compared_in_bounded_steps(picture, names):
    made = [picture(64) for _ in range(5)]
    for alias in ("default", "originals"):
        for name in stores.files(alias):
            storage.delete_names(alias, [name])

    found = differences(size=names)

    assert sorted(found["lost"]) == sorted(found["bare"]) == sorted(each.pk for each in made)


def test_a_stretch_of_a_large_store_is_a_stretch(store):
    """2,500 files: three steps, each of which reads no more than its own."""
    folders = sorted(storage.new_folder() for _ in range(2_500))
    store.fill("originals", [f"{each}/original" for each in folders])

    first = inventory.compare("originals", "", later())
    assert first.until is not None
    second = inventory.compare("originals", first.until, later())
    assert second.until is not None
    third = inventory.compare("originals", second.until, later())

    assert [each.names for each in (first, second, third)] == [1_000, 1_000, 500]
    assert first.orphans + second.orphans + third.orphans == folders
    assert third.until is None


# Not too much


def test_where_most_files_have_no_row_nothing_is_removed(store, picture):
    """A test system with the bucket of another one, or a database that was restored empty."""
    picture()
    store.fill("originals", [f"{storage.new_folder()}/original" for _ in range(30)])

    found = inventory.compare("originals", "", later())
    done = sweeping.repair(found)

    assert (done.refused, done.orphans, len(store.names("originals"))) == (True, 0, 31)
    assert sweeping.repair(found, however_many=True).orphans == 30
    assert len(store.names("originals")) == 1


def test_a_folder_that_got_a_row_since_is_not_removed(picture):
    media = picture()
    stretch = inventory.Stretch("originals", orphans=[media.folder], owned=1)

    assert sweeping.repair(stretch).orphans == 0
    loose = LooseFolder.objects.create(folder=storage.new_folder()).folder
    put("originals", f"{loose}/original")
    assert sweeping.repair(inventory.Stretch("originals", orphans=[loose])).orphans == 0

    assert len(stores.files("originals")) == 2
