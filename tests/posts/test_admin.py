"""Moderators and posts, in the admin (issue 3: documents and moderation; D10)."""

import pytest
from django.contrib.admin.models import LogEntry
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from zeal import zeal_ignore

from posts.actions.editing import edit_post
from posts.actions.posts import create_post, delete_post
from posts.models import Post
from tests.albums import album, made_anew, published
from tests.conftest import PASSWORD

LIST = "/admin/posts/post/"


def signed_in(user):
    client = Client()
    assert client.login(username=user.username, password=PASSWORD)
    return client


def act(client, name, *posts, **fields):
    chosen = {"_selected_action": [post.pk for post in posts]}
    return client.post(LIST, {"action": name, "index": 0, **chosen, **fields})


@pytest.fixture
def mo(person):
    """Of the staff, and no superuser."""
    return person("mo", is_staff=True)


@pytest.fixture
def root(person):
    return person("root", is_staff=True, is_superuser=True)


@pytest.fixture
def post(alice):
    return published(alice, pictures=2, caption="Rude words")


def test_a_moderator_hides_a_post_with_a_reason(mo, alice, bob, post, as_user, guest):
    """D10: gone for everyone but moderators, at once; and the log says who did it, and why."""
    admin = signed_in(mo)

    asked = act(admin, "hide", post)
    assert asked.status_code == 200
    assert "Hide from everyone" in asked.content.decode()
    assert as_user(bob).get(f"/posts/{post.pk}/").status_code == 200  # asked, not yet done

    done = act(admin, "hide", post, reason="insults Bob")

    assert (done.status_code, done["Location"]) == (302, f"{LIST}{post.pk}/change/")
    for client in (as_user(bob), as_user(alice), guest):
        assert client.get(f"/posts/{post.pk}/").status_code == 404
    assert as_user(alice).get("/users/alice/posts/").json()["results"] == []
    entry = LogEntry.objects.get()
    assert (entry.user, entry.object_id, entry.get_change_message()) == (
        mo,
        str(post.pk),
        "Hidden: insults Bob",
    )
    page = admin.get(done["Location"]).content.decode()
    assert "Hidden: post" in page
    assert "Restore" in page
    assert "insults Bob" in admin.get(f"{LIST}{post.pk}/history/").content.decode()


def test_hiding_twice_is_hiding_once(mo, post):
    admin = signed_in(mo)
    for _ in range(2):
        assert act(admin, "hide", post, reason="insults Bob").status_code == 302
    assert LogEntry.objects.count() == 1


def test_a_moderator_restores_what_was_hidden_or_deleted(mo, alice, bob, post, as_user):
    admin = signed_in(mo)
    deleted = published(alice)
    delete_post(post=deleted, editor=alice)
    act(admin, "hide", post, reason="insults Bob")

    with zeal_ignore():  # several at once are one transaction each
        done = act(admin, "restore", post, deleted, reason="it was a quotation")

    assert (done.status_code, done["Location"]) == (302, LIST)
    for each in (post, deleted):
        made_anew(each)
        assert as_user(bob).get(f"/posts/{each.pk}/").status_code == 200
    reasons = {entry.get_change_message() for entry in LogEntry.objects.all()}
    assert reasons == {"Hidden: insults Bob", "Restored: it was a quotation"}


def test_an_act_needs_a_reason(mo, post):
    answer = act(signed_in(mo), "hide", post, reason="  ")
    assert answer.status_code == 200
    assert "This field is required" in answer.content.decode()
    assert Post.objects.get().hidden_at is None


def test_a_get_changes_nothing(mo, post):
    """D1."""
    chosen = {"action": "hide", "index": 0, "_selected_action": post.pk, "reason": "why not"}
    admin = signed_in(mo)
    for path in (LIST, f"{LIST}{post.pk}/change/", f"{LIST}{post.pk}/delete/", f"{LIST}add/"):
        admin.get(path, chosen)
    assert Post.objects.get().hidden_at is None


def test_nothing_is_edited_added_or_deleted_by_hand(root, post):
    admin = signed_in(root)
    for path in (f"{LIST}{post.pk}/change/", f"{LIST}{post.pk}/delete/", f"{LIST}add/"):
        assert admin.post(path, {"caption": "nice words", "post": "yes"}).status_code == 403
    act(admin, "delete_selected", post, post="yes")
    assert Post.objects.get().caption == "Rude words"


def test_whoever_is_not_of_the_staff_is_sent_to_sign_in(alice, post):
    for client in (signed_in(alice), Client()):
        for answer in (client.get(LIST), act(client, "hide", post, reason="why not")):
            assert answer.status_code == 302
            assert answer["Location"].startswith("/admin/login/")
    assert Post.objects.get().hidden_at is None


def test_a_form_from_elsewhere_is_refused(mo, post):
    admin = Client(enforce_csrf_checks=True)
    assert admin.login(username="mo", password=PASSWORD)
    assert act(admin, "hide", post, reason="why not").status_code == 403
    assert Post.objects.get().hidden_at is None


def test_only_an_administrator_removes_for_good(mo, root, post, committed):
    act(signed_in(mo), "purge", post, reason="unlawful")
    assert Post.objects.exists()

    with committed():
        done = act(signed_in(root), "purge", post, reason="unlawful")

    assert (done.status_code, done["Location"]) == (302, LIST)
    assert not Post.objects.exists()
    assert LogEntry.objects.get().get_change_message() == "Purged: unlawful"


def test_a_moderator_sees_pictures_edits_and_what_is_gone(mo, alice):
    gone = published(alice, pictures=2, caption="First words")
    edit_post(post=gone, editor=alice, changes={"caption": "Second <b>words</b>"})
    delete_post(post=Post.objects.get(), editor=alice)

    page = signed_in(mo).get(f"{LIST}{gone.pk}/change/").content.decode()

    assert page.count("<figure") == 2
    assert "alt 1" in page
    assert f"/admin/posts/post/{gone.pk}/pictures/1/" in page
    assert "First words" in page
    assert "Second &lt;b&gt;words&lt;/b&gt;" in page
    assert "Restore" in page


def test_a_moderator_sees_the_picture_of_a_deleted_post_and_nobody_else_does(
    mo, alice, committed, photo
):
    with committed():
        post = create_post(author=alice, images=[photo(800, 600)])
    url = Post.objects.for_cards().get().places.all()[0].media.renditions["320"]
    with committed():
        delete_post(post=Post.objects.get(), editor=alice)
    path = f"{LIST}{post.pk}/pictures/0/"

    seen = signed_in(mo).get(path)

    assert (seen.status_code, seen["Content-Type"]) == (200, "image/jpeg")
    assert "no-store" in seen["Cache-Control"]
    assert signed_in(mo).get(f"{LIST}{post.pk}/pictures/1/").status_code == 404
    for client in (signed_in(alice), Client()):
        assert client.get(path).status_code == 302
        assert client.get(f"/media/{url}").status_code == 404


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("q=harbour", ["harbour"]),
        ("q=BOB", ["sunset"]),
        ("q={id}", ["harbour"]),
        ("q=%27%25%00", []),
        ("state__exact=processing", ["waiting"]),
        ("hidden_at__isempty=0", ["rude"]),
        ("author__id__exact={bob}", ["sunset"]),
    ],
)
def test_posts_are_found(mo, alice, bob, query, found):
    harbour = published(alice, caption="harbour")
    published(bob, caption="sunset")
    album(alice, media_state="processing", caption="waiting")
    rude = published(alice, caption="rude")
    admin = signed_in(mo)
    act(admin, "hide", rude, reason="rude")

    page = admin.get(f"{LIST}?{query.format(id=harbour.pk, bob=bob.pk)}").content.decode()

    captions = ("harbour", "sunset", "waiting", "rude")
    shown = [each for each in captions if f'<td class="field-text">{each}</td>' in page]
    if query == "q={id}":
        assert set(found) <= set(shown)
    elif "%00" not in query:
        assert shown == found


def test_an_id_that_is_none_is_no_fault_of_ours(mo, post):
    answer = signed_in(mo).post(LIST, {"action": "hide", "_selected_action": "'; --", "index": 0})
    assert answer.status_code in (200, 302)


def test_the_list_costs_the_same_at_any_length(mo, alice, bob):
    admin = signed_in(mo)
    costs = []
    for _ in range(2):
        for author in (alice, bob):
            for _ in range(2):
                published(author, pictures=2)
        with CaptureQueriesContext(connection) as queries:
            assert admin.get(LIST).status_code == 200
        costs.append(len(queries))
    assert costs[0] == costs[1]
