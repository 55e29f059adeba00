"""What nobody but its author may see (issue 5; D9, T7): a draft, by any door."""

from datetime import timedelta

import pytest
from django.utils import timezone

from media import tasks
from media.actions.receiving import store_photo
from media.models import Media, Upload
from posts.actions.pictures import settle_pictures
from posts.models import Post
from search.actions.documents import index_posts
from search.models import Document
from tests import pictures
from tests.media import stores
from tests.posts.drafting import ids
from tests.posts.test_access import MISSING
from tests.posts.test_admin import signed_in
from tests.signed import accesses, fetched, urls_in
from users.actions.accounts import change_profile
from users.actions.relationships import follow_user

pytestmark = pytest.mark.django_db
DRAFTS = "/posts/drafts/"


@pytest.fixture
def api(as_user, alice):
    return as_user(alice)


def test_d9_nobody_but_its_author_comes_upon_a_draft_by_any_door(
    keep, alice, bob, as_user, guest, person
):
    follow_user(owner=bob, target=alice)
    draft = keep(1, caption="secretive plan @bob", tags=["secretive"])
    path = f"/posts/{draft['id']}/"
    index_posts([draft["id"]])
    moderator = person("mo", is_staff=True)

    for client in (as_user(bob), guest, as_user(moderator)):
        assert client.get(path).content == MISSING
        for listed in (
            *("/users/alice/posts/", f"/posts/user/{alice.pk}/", "/posts/timeline/", DRAFTS),
            *("/posts/?state=draft", "/posts/timeline/?author=alice"),
            *("/search/query?query=secretive", "/search/query?query=secretive&type=tag"),
            "/search/autocomplete?query=secretive",
        ):
            assert "secretive plan" not in client.get(listed).content.decode()
            assert '"secretive"' not in client.get(listed).content.decode()
        assert client.get("/users/alice").json()["posts_count"] == 0
    assert not Document.objects.filter(gone_at=None, kind="post").exists()
    for method, below, body in (
        ("patch", "", {"caption": "mine"}),
        ("put", "", {"caption": "mine", "publish_at": None}),
        ("delete", "", None),
        ("post", "publish/", None),
        ("post", "retry/", None),
        ("get", "edits/", None),
        ("get", "reactions/", None),
        ("post", "like/", None),
        ("get", "comments/", None),
        ("post", "comments/", {"text": "hello"}),
        ("patch", f"media/{ids(draft)[0]}/", {"alt_text": "mine"}),
        ("delete", f"media/{ids(draft)[0]}/", None),
    ):
        answer = getattr(as_user(bob), method)(path + below, body, format="json")
        assert (answer.status_code, answer.content) == (404, MISSING), (method, below)
    images = {"images": [pictures.uploaded()]}
    assert as_user(bob).post(f"{path}media/", images, format="multipart").content == MISSING
    assert as_user(alice).get(path).json() == draft


def test_a_draft_and_its_pictures_are_not_the_moderators_either(keep, alice, person):
    draft = keep(1, caption="secretive")
    root = signed_in(person("root", is_staff=True, is_superuser=True))

    assert "secretive" not in root.get("/admin/posts/post/").content.decode()
    assert root.get(f"/admin/posts/post/{draft['id']}/change/").status_code == 302
    assert root.get(f"/admin/posts/post/{draft['id']}/pictures/0/").status_code == 404


def test_t7_the_pictures_of_a_draft_are_signed_for_its_author_whatever_its_audience(
    keep, alice, as_user, guest
):
    draft = keep(2, visibility="public")

    post = Post.objects.get(pk=draft["id"])
    assert accesses(post) == {("signed", "ready")}
    assert stores.files("default") == []
    urls = urls_in(draft)
    assert len(urls) == 2
    assert all(f"viewer={alice.pk}&" in url for url in urls)
    assert fetched(guest, urls) == {200}
    assert fetched(guest, [url.partition("?")[0] for url in urls]) == {403}

    assert settle_pictures(10) == 0  # as the clock does
    with_private = as_user(alice)
    for is_private in (True, False):
        change_profile(user=alice, changes={"is_private": is_private})
        assert settle_pictures(10, author_id=alice.pk) == 0
        assert accesses(post) == {("signed", "ready")}
    assert with_private.get(f"/posts/{post.pk}/").json()["media"] == draft["media"]


def test_t7_an_uploaded_picture_that_was_public_is_signed_once_a_draft_has_it(
    api, alice, committed
):
    with committed():
        made = store_photo(owner=alice, file=pictures.uploaded())
        tasks.process_upload(media_id=made.pk)
    assert stores.files("default") != []

    with committed():
        answer = api.post("/posts/", {"draft": True, "media": [made.pk]}, format="json")

    assert answer.status_code == 201
    assert accesses(Post.objects.get()) == {("signed", "ready")}
    assert stores.files("default") == []
    long_ago = timezone.now() - timedelta(days=3)
    Upload.objects.create(owner=alice, folder="", size=1, media=made, expires_at=long_ago)
    Upload.objects.update(created_at=long_ago)
    Media.objects.update(created_at=long_ago)
    tasks.upload_sweep()
    assert not Upload.objects.exists()
    assert Media.objects.count() == 1  # a draft's pictures are in use
