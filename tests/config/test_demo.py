"""`manage.py demo`: a lively site, made by the same actions as everything, and only once."""

from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from comments.models import Comment
from events.models import Announcement
from posts.models import Post, Reaction, Repost, Save, TagFollow
from showcase.models import Hanging
from tests import pictures
from users.models import Follow, FollowRequest, TimelineEntry, User

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def demo(capsys):
    def run(people=12, posts=10, **options):
        call_command("demo", people=people, posts=posts, **options)
        return capsys.readouterr()

    return run


def rows():
    tables = (User, Post, Comment, Reaction, Follow, TimelineEntry, Hanging)
    return [each.objects.count() for each in tables]


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "trip").mkdir()
    (tmp_path / "one.jpg").write_bytes(pictures.picture(80, 60))
    (tmp_path / "trip" / "two.PNG").write_bytes(pictures.picture(60, 80, kind="PNG"))
    (tmp_path / "notes.txt").write_text("milk, bread")
    (tmp_path / "broken.jpg").write_text("no picture")
    return tmp_path


def test_it_fills_the_site_from_a_folder_of_photos(demo, folder, guest, settings):
    shown = demo(photos=folder, password="correct horse battery")

    assert User.objects.count() == 12
    assert Post.objects.filter(state="published").count() == 10
    kept = Post.objects.drafts()
    assert (kept.count(), kept.filter(publish_at__gt=timezone.now()).count()) == (4, 2)
    assert not kept.filter(places__media__state="processing").exists()
    assert not Announcement.objects.filter(pending__len__gt=0).exists()
    assert "broken.jpg is left out" in shown.err
    assert "Password of all 12 new people: correct horse battery" in shown.out
    tokens = guest.post("/users/login", {"username": "ada", "password": "correct horse battery"})
    guest.credentials(HTTP_AUTHORIZATION=f"Bearer {tokens.json()['access']}")
    page = guest.get("/posts/timeline/").json()["results"]
    assert page
    assert {place["width"] for post in page for place in post["media"]} <= {80, 60, 480}
    assert list(Post.objects.filter(type="reel").values_list("state", flat=True)) == ["published"]
    assert page[0]["author"]["avatar_url"]


def test_everything_happened_in_the_past_and_in_order(demo):
    demo(people=15, posts=30)
    now = timezone.now()

    posts = list(Post.objects.filter(state="published").order_by("published_at"))
    assert posts[0].created_at < now - timedelta(days=7)
    for post in posts:
        assert post.published_at == post.created_at < now
        assert post.author.joined_at < post.created_at
        entries = TimelineEntry.objects.filter(post_id=post.pk, reposter_id=None)
        assert set(entries.values_list("shown_at", flat=True)) == {post.published_at}
    comments = list(Comment.objects.order_by("id"))
    assert comments
    assert comments == sorted(comments, key=lambda each: each.created_at)
    for comment in comments:
        assert comment.post.created_at < comment.created_at <= now


def test_showcases_have_pictures_that_were_hung_in_the_last_days(demo):
    demo(people=15, posts=1)
    now = timezone.now()

    assert Hanging.objects.current().count() == Hanging.objects.count() > 15
    for hung_at in Hanging.objects.values_list("hung_at", flat=True):
        assert hung_at
        assert now - timedelta(days=11) < hung_at < now
    assert Hanging.objects.values("owner").distinct().count() >= 10


def test_counts_are_exact_and_private_accounts_have_something_to_accept(demo):
    demo(people=30, posts=20)
    assert FollowRequest.objects.exists()
    for user in User.objects.all():
        assert user.followers_count == Follow.objects.filter(target=user).count()
        assert user.following_count == Follow.objects.filter(owner=user).count()
    for post in Post.objects.all():
        assert post.comments_count == post.comments.count()
        assert post.likes_count == post.reactions.count()
        assert not post.reactions.filter(owner__isnull=True).exists()
    answered = Comment.objects.filter(replies_count__gt=0)
    assert answered
    for comment in answered:
        assert comment.replies_count == comment.replies.count()
        assert comment.reactions_count == comment.reactions.count() > 0


def test_people_carry_posts_on_keep_them_and_follow_tags(demo):
    demo(people=15, posts=30)
    now = timezone.now()

    assert Repost.objects.exists()
    assert Save.objects.filter(collection__name="Favourites").exists()
    assert TagFollow.objects.values("owner").distinct().count() > 10
    for entry in TimelineEntry.objects.exclude(reposter_id=None):
        assert entry.shown_at < now
    for post in Post.objects.all():
        assert post.reposts_count == post.reposts.count()
        assert post.saves_count == post.saves.count()


def test_a_second_run_adds_nothing_and_says_so(demo):
    demo()
    before = rows()
    moments = set(Post.objects.values_list("pk", "published_at"))

    shown = demo()

    assert "Nothing to add" in shown.out
    assert "printed when they were made" in shown.out
    assert rows() == before
    assert set(Post.objects.values_list("pk", "published_at")) == moments


def test_a_run_that_was_cut_off_is_taken_up_where_it_ended(demo):
    demo(people=12, posts=4)
    demo(people=12, posts=10)
    assert Post.objects.exclude(state="draft").count() == 10
    assert Post.objects.filter(state="published").count() == 10


def test_nobody_who_was_there_before_is_acted_for(demo, person):
    ada = person("ada")
    demo()
    ada.refresh_from_db()
    assert not Post.objects.filter(author=ada).exists()
    assert not Follow.objects.filter(owner=ada).exists()
    assert not Reaction.objects.filter(owner=ada).exists()
    assert ada.bio == ""
    assert ada.check_password("correct horse battery")


def test_nobody_gets_letters(demo, mailoutbox):
    demo()
    assert mailoutbox == []


def test_without_photos_pictures_are_drawn(demo, tmp_path):
    shown = demo(photos=tmp_path, posts=3)
    assert "pictures are drawn instead" in shown.err
    assert Post.objects.filter(state="published").count() == 3
    with pytest.raises(CommandError, match="is no folder"):
        demo(photos=tmp_path / "nowhere")


def test_it_shows_how_far_it_is(demo):
    shown = demo(posts=3)
    for stage in (
        "People: 12",
        "Posts: 3",
        "Showcases: 12",
        "Pictures and news: ",
        "Likes: 3",
        "Comments: ",
    ):
        assert stage in shown.err
