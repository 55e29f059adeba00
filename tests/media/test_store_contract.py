"""What Yafig asks of a store, asked of both kinds: folders of a disk, and a bucket (T7, Y7, Y9).

The bucket is on a real S3 server, under the policies of `deploy/`.
"""

import io
from datetime import UTC, datetime

import pytest

from media import storage
from tests.pictures import picture

TEXT = b"0123456789"


def kept(folder, content=b"the original"):
    return storage.save_original(folder, io.BytesIO(content))


# Keeping


def test_what_is_saved_is_read_again_from_its_own_store(store):
    folder = storage.new_folder()

    original = kept(folder)
    public = storage.save_rendition(folder, 320, b"for everyone", "jpg")
    signed = storage.save_rendition(folder, 320, b"for some", "webp", access="signed")

    assert (original, public) == (f"{folder}/original", f"{folder}/320.jpg")
    assert store.everything() == {"default": [public], "originals": [signed, original]}
    assert storage.open_original(original).read() == b"the original"
    assert storage.open_rendition(public).read() == b"for everyone"
    assert storage.open_rendition(signed, access="signed").read() == b"for some"


@pytest.mark.parametrize("size", [0, 1, 9 * 2**20], ids=["empty", "a byte", "9 MiB"])
def test_a_file_of_any_size_comes_back_whole_and_knows_its_size(store, size):
    content = bytes(range(256)) * (size // 256) + b"." * (size % 256)
    name = kept(storage.new_folder(), content)

    with storage.open_original(name) as file:
        assert file.size == size
        assert file.read() == content
        file.seek(0)
        assert file.read(10) == content[:10]
    assert store.read("originals", name) == content


def test_a_file_that_was_read_already_is_kept_from_its_beginning(store):
    file = io.BytesIO(TEXT)
    file.read()

    name = storage.save_original(storage.new_folder(), file)

    assert store.read("originals", name) == TEXT


def test_saving_a_name_again_replaces_the_file(store):
    folder = storage.new_folder()
    name = storage.save_rendition(folder, 320, b"first", "jpg")
    reader = storage.open_rendition(name)

    again = storage.save_rendition(folder, 320, b"second", "jpg")

    assert again == name
    assert reader.read() == b"first"
    assert storage.open_rendition(name).read() == b"second"
    assert store.names("default") == [name]


def test_a_file_that_breaks_off_leaves_nothing(store):
    class BreaksOff(io.BytesIO):
        def read(self, *args):
            if self.tell() > 50_000:
                raise OSError("the client is gone")
            return super().read(50_000)

    with pytest.raises(OSError, match="the client is gone"):
        storage.save_original(storage.new_folder(), BreaksOff(b"x" * 200_000))

    assert store.everything() == {"default": [], "originals": []}


def test_what_is_missing_is_a_file_not_found(store):
    folder = storage.new_folder()

    with pytest.raises(FileNotFoundError):
        storage.open_original(f"{folder}/original")
    with pytest.raises(FileNotFoundError):
        storage.open_rendition(f"{folder}/320.jpg")
    with pytest.raises(FileNotFoundError):
        storage.open_rendition(f"{folder}/320.jpg", access="signed")
    with pytest.raises(FileNotFoundError):
        storage.copy_rendition(
            f"{folder}/320.jpg",
            access="public",
            to_folder=storage.new_folder(),
            to_access="signed",
        )
    for alias in ("default", "originals"):
        assert not storage.is_there(alias, f"{folder}/320.jpg")


# Deleting


def test_deleting_what_is_missing_is_no_error(store):
    folder = storage.new_folder()

    storage.delete_names("originals", [f"{folder}/original"])
    storage.delete_names("default", [f"{folder}/320.jpg", f"{folder}/640.jpg"])
    storage.tidy(folder, keep=[])
    storage.remove(folder)

    assert store.everything() == {"default": [], "originals": []}


def test_deleting_takes_what_is_named_and_nothing_else(store):
    folder = storage.new_folder()
    original = kept(folder)
    small = storage.save_rendition(folder, 320, b"x", "jpg")
    large = storage.save_rendition(folder, 640, b"x", "jpg")

    storage.delete_names("default", [small])
    assert store.everything() == {"default": [large], "originals": [original]}

    storage.delete_names("originals", [original])
    assert store.everything() == {"default": [large], "originals": []}


def test_tidying_spares_what_is_to_be_kept_and_the_original(store):
    folder, other = storage.new_folder(), storage.new_folder()
    original = kept(folder)
    small = storage.save_rendition(folder, 320, b"x", "jpg")
    storage.save_rendition(folder, 320, b"x", "webp")
    storage.save_rendition(folder, 640, b"x", "jpg", access="signed")
    stays = storage.save_rendition(other, 320, b"x", "jpg")

    storage.tidy(folder, keep=[small])

    assert store.everything() == {"default": sorted([small, stays]), "originals": [original]}


def test_removing_a_folder_takes_all_of_it_and_nothing_else(store):
    folder, other = storage.new_folder(), storage.new_folder()
    for each in (folder, other):
        kept(each)
        storage.save_rendition(each, 320, b"x", "jpg")
        storage.save_rendition(each, 320, b"x", "jpg", access="signed")

    storage.remove(folder)
    storage.remove(folder)

    assert store.everything() == {
        "default": [f"{other}/320.jpg"],
        "originals": [f"{other}/320.jpg", f"{other}/original"],
    }


@pytest.mark.parametrize("folder", ["", ".", "..", "ab", "ab/..", "/etc", "ab/" + "0" * 37])
def test_removing_a_folder_that_is_not_ours_removes_nothing(store, folder):
    name = kept("ab/" + "0" * 38)

    storage.remove(folder)

    assert store.names("originals") == [name]


# Listing


def test_a_store_lists_its_names_byte_by_byte_from_any_of_them_on(store):
    folders = sorted(storage.new_folder() for _ in range(5))
    names = [kept(folder) for folder in folders]

    assert [name for name, _ in storage.listed("originals", "")] == names
    assert [name for name, _ in storage.listed("originals", names[2])] == names[3:]
    assert [name for name, _ in storage.listed("originals", folders[2])] == names[2:]
    assert list(storage.listed("default", "")) == []


def test_a_list_tells_when_a_file_was_last_changed(store):
    began = datetime.now(UTC)
    kept(storage.new_folder())

    ((_, changed),) = storage.listed("originals", "")

    assert abs((changed - began).total_seconds()) < 30


def test_a_list_goes_on_where_an_answer_ends(store):
    """A bucket gives a thousand names at a time."""
    names = sorted(f"ab/{number:038x}/original" for number in range(1_003))
    store.fill("originals", names)

    assert [name for name, _ in storage.listed("originals", "")] == names


# From one store to the other


@pytest.mark.parametrize(("access", "to_access"), [("public", "signed"), ("signed", "public")])
def test_a_rendition_is_copied_to_the_other_store_and_stays_where_it_was(store, access, to_access):
    folder, other = storage.new_folder(), storage.new_folder()
    name = storage.save_rendition(folder, 320, b"small", "jpg", access=access)

    copied = storage.copy_rendition(name, access=access, to_folder=other, to_access=to_access)

    assert copied == f"{other}/320.jpg"
    assert storage.open_rendition(copied, access=to_access).read() == b"small"
    assert storage.open_rendition(name, access=access).read() == b"small"


def test_a_copy_is_cached_as_its_new_place_says(bucket):
    folder, other = storage.new_folder(), storage.new_folder()
    public = storage.save_rendition(folder, 320, b"small", "jpg")

    signed = storage.copy_rendition(public, access="public", to_folder=other, to_access="signed")
    back = storage.copy_rendition(
        signed, access="signed", to_folder=storage.new_folder(), to_access="public"
    )

    hidden, shown = bucket.get(f"originals/{signed}"), bucket.get(f"public/{back}")
    assert (hidden["ContentType"], shown["ContentType"]) == ("image/jpeg", "image/jpeg")
    assert "public" not in hidden.get("CacheControl", "")
    assert shown["CacheControl"] == "public, max-age=31536000, immutable"


# What everybody may fetch, and what nobody may


def test_a_public_rendition_is_served_by_its_name_with_the_right_headers(store):
    content = picture(32, 24)
    name = storage.save_rendition(storage.new_folder(), 320, content, "jpg")

    answer = store.send("GET", storage.url(name))

    assert (answer.status, answer.body) == (200, content)
    assert answer.headers["content-type"] == "image/jpeg"
    assert answer.headers["content-length"] == str(len(content))
    assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert answer.headers["etag"]
    head = store.send("HEAD", storage.url(name))
    assert (head.status, head.body) == (200, b"")
    assert head.headers["content-length"] == str(len(content))


@pytest.mark.parametrize(
    ("asked", "status", "body", "told"),
    [
        ("bytes=2-4", 206, b"234", "bytes 2-4/10"),
        ("bytes=7-", 206, b"789", "bytes 7-9/10"),
        ("bytes=-2", 206, b"89", "bytes 8-9/10"),
        ("bytes=8-100", 206, b"89", "bytes 8-9/10"),
        ("bytes=0-9", 206, TEXT, "bytes 0-9/10"),
        ("bytes=10-", 416, None, "bytes */10"),
    ],
)
def test_a_range_of_a_public_rendition_is_served(store, asked, status, body, told):
    name = storage.save_rendition(storage.new_folder(), 320, TEXT, "jpg")

    answer = store.send("GET", storage.url(name), headers={"Range": asked})

    if store.kind == "files" and asked == "bytes=0-9":
        assert (answer.status, answer.body) == (200, TEXT)  # the whole, and said to be so
        return
    assert answer.status == status
    if body is not None:
        assert answer.body == body
        assert answer.headers["content-range"] == told


def test_a_client_that_has_a_public_rendition_is_not_sent_it_again(store):
    name = storage.save_rendition(storage.new_folder(), 320, TEXT, "jpg")
    etag = store.send("GET", storage.url(name)).headers["etag"]

    answer = store.send("GET", storage.url(name), headers={"If-None-Match": etag})

    assert (answer.status, answer.body) == (304, b"")


def test_a_name_that_is_not_there_is_a_404_and_public_files_cannot_be_changed(store):
    name = storage.save_rendition(storage.new_folder(), 320, TEXT, "jpg")
    url = storage.url(name)

    assert store.send("GET", storage.url(f"{storage.new_folder()}/320.jpg")).status == 404
    for method in ("PUT", "POST", "DELETE", "PATCH"):
        assert store.send(method, url, content=b"another").status in (400, 403, 405), method

    assert storage.open_rendition(name).read() == TEXT


def test_nothing_private_is_served_without_a_signature(store):
    folder = storage.new_folder()
    names = [kept(folder), storage.save_rendition(folder, 320, b"secret", "jpg", access="signed")]

    for name in names:
        for url in store.guesses(name):
            answer = store.send("GET", url)
            assert answer.status in (403, 404), url
            assert b"secret" not in answer.body
            assert b"the original" not in answer.body


def test_what_is_in_the_stores_is_listed_to_nobody(store):
    storage.save_rendition(storage.new_folder(), 320, TEXT, "jpg")

    for url in store.lists():
        answer = store.send("GET", url)
        assert answer.status in (403, 404), url
        assert b"320.jpg" not in answer.body
