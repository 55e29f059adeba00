"""Many hands on the places of one profile (T5, T8, D1): one picture in each, none lost."""

from contextlib import suppress

import pytest

from common.errors import Missing
from media.models import LooseFolder, Media
from posts.actions.posts import create_post
from showcase.actions import clear_place, hang_photo, hang_picture
from showcase.models import Hanging
from showcase.tasks import hang_when_prepared
from tests import pictures
from tests.albums import picture
from tests.conftest import deliver_all
from tests.racing import at_once
from tests.showcase.hanging import files, history, put, shown
from users.actions.accounts import change_profile
from users.actions.moderation import suspend_user

pytestmark = pytest.mark.django_db(transaction=True)


def sent(owner, place="one", count=1):
    """Rows that are to hang, whose pictures are ready."""
    return [
        Hanging.objects.create(owner=owner, place=place, media=picture(owner, access="signed"))
        for _ in range(count)
    ]


def hanging_now(owner):
    return sorted(Hanging.objects.current().filter(owner=owner).values_list("place", flat=True))


def test_of_fifty_sent_at_once_to_one_place_one_hangs_and_all_others_hung_before(
    alice, as_user, settings
):  # T5
    client, answers = as_user(alice), []
    settings.THROTTLE_RATES = {**settings.THROTTLE_RATES, "post": "1000/min"}

    def send():
        answers.append(put(client, alice, "one", file=pictures.uploaded()).status_code)

    at_once(*[send] * 50)
    deliver_all()

    assert answers == [200] * 50
    assert hanging_now(alice) == ["one"]
    assert len(history(client, alice)) == 49
    assert Hanging.objects.to_come().count() == 0
    assert (Media.objects.filter(state="ready").count(), LooseFolder.objects.count()) == (50, 0)
    assert shown(client, alice)[0] == max(Media.objects.values_list("pk", flat=True))


def test_fifty_that_are_ready_at_once_leave_the_last_and_keep_the_others(alice, as_user):
    rows = sent(alice, count=50)

    at_once(*[lambda pk=row.pk: hang_when_prepared(hanging_id=pk) for row in rows])

    assert Hanging.objects.current().get().pk == max(row.pk for row in rows)
    assert Hanging.objects.kept_by(alice).count() == 49


def test_one_that_is_ready_twenty_times_at_once_hangs_once(alice):
    (former,), (row,) = sent(alice), sent(alice)
    hang_when_prepared(hanging_id=former.pk)

    at_once(*[lambda: hang_when_prepared(hanging_id=row.pk)] * 20)

    assert Hanging.objects.current().get() == row
    assert Hanging.objects.kept_by(alice).get() == former


def test_three_places_at_once_are_three(alice, as_user):
    client = as_user(alice)

    def send(place):
        assert put(client, alice, place, file=pictures.uploaded()).status_code == 200

    at_once(*[lambda p=place: send(p) for place in ("one", "two", "three")])
    deliver_all()

    assert hanging_now(alice) == ["one", "three", "two"]
    assert history(client, alice) == []


def test_emptying_against_hanging_leaves_one_or_none_and_no_file_without_a_row(alice):
    for _ in range(5):
        former = hang_picture(owner=alice, place="one", file=pictures.uploaded())
        hang_when_prepared(hanging_id=former.pk)

        def send():
            row = hang_picture(owner=alice, place="one", file=pictures.uploaded())
            hang_when_prepared(hanging_id=row.pk)

        at_once(send, lambda: clear_place(owner=alice, place="one"), send)
        deliver_all()

        former.refresh_from_db()
        assert former.taken_down_at is not None
        assert len(hanging_now(alice)) <= 1
    owned = {name.rpartition("/")[0] for name in Media.objects.values_list("original", flat=True)}
    assert {"/".join(path.parts[-3:-1]) for path in files() if path.name == "original"} <= owned


def test_suspending_against_sending_leaves_nothing_half_done(alice, person):
    moderator = person("mo", is_staff=True)

    def send():
        with suppress(Missing):
            hang_picture(owner=alice, place="one", file=pictures.uploaded())

    def suspend():
        suspend_user(user=alice, moderator=moderator, reason="x")

    at_once(*[send] * 5, suspend, *[send] * 5)

    assert Media.objects.count() == Hanging.objects.count()
    assert not LooseFolder.objects.exists()


def test_closing_an_account_against_hanging_leaves_everything_sealed_in_the_end(alice):
    rows = [hang_picture(owner=alice, place="one", file=pictures.uploaded()) for _ in range(5)]

    at_once(
        *[lambda pk=row.pk: hang_when_prepared(hanging_id=pk) for row in rows],
        lambda: change_profile(user=alice, changes={"is_private": True}),
    )
    deliver_all()

    assert not Hanging.objects.filter(sealed=False).exclude(hung_at=None).current().exists()


def test_copies_of_one_photo_at_once_are_so_many_pictures(alice):
    post = create_post(author=alice, images=[pictures.uploaded()])
    deliver_all()
    source = post.places.get().media_id

    at_once(*[lambda: hang_photo(owner=alice, place="one", media_id=source)] * 10)
    deliver_all()

    assert hanging_now(alice) == ["one"]
    assert Hanging.objects.kept_by(alice).count() == 9
    assert post.places.get().media_id == source
