"""What the clock makes, for whom, and what becomes of it when it is stopped (L8)."""

from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.utils import timezone

from recommendations import actions
from recommendations.models import EVERYBODY, Pick, Shelf
from recommendations.tasks import make_shelves
from tests.racing import at_once
from tests.recommendations.stage import ago, compute, follows, posted, posts, reacted
from users.models import Session, User


def here(user, *, hours=0):
    """Somebody's device, used so many hours ago."""
    made = Session.objects.create(
        user=user, refresh_id="r", expires_at=timezone.now() + timedelta(days=1)
    )
    Session.objects.filter(pk=made.pk).update(used_at=ago(hours))


def owners():
    return list(Shelf.objects.order_by("id").values_list("owner_id", flat=True))


def aged(minutes):
    """Make every shelf that much older."""
    for shelf in Shelf.objects.all():
        older = shelf.made_at - timedelta(minutes=minutes)
        Shelf.objects.filter(pk=shelf.pk).update(made_at=older)


def test_l8_the_clock_serves_who_was_here_lately_the_latest_first(alice, bob, carol, settings):
    settings.EXPLORE_CHUNK = 1
    here(alice, hours=2)
    here(bob, hours=1)
    here(bob, hours=30)
    here(carol, hours=24 * settings.EXPLORE_ACTIVE_DAYS + 1)

    make_shelves()

    assert owners() == [EVERYBODY, bob.pk, alice.pk]


def test_nobody_is_served_again_before_it_is_time(alice, settings):
    here(alice)
    make_shelves()
    make_shelves()
    assert owners() == [EVERYBODY, alice.pk, EVERYBODY]

    aged(settings.EXPLORE_MINUTES + 1)
    make_shelves()

    assert owners()[-2:] == [EVERYBODY, alice.pk]


def test_hidden_people_are_not_served(alice, bob):
    for each in (alice, bob):
        here(each)
    User.objects.filter(pk=alice.pk).update(suspended_at=ago(0))
    User.objects.filter(pk=bob.pk).update(deleted_at=ago(0))

    make_shelves()

    assert owners() == [EVERYBODY]


def test_replaced_shelves_are_kept_for_a_while_and_then_go_with_all_that_stands_on_them(
    alice, bob, settings
):
    posted(bob)
    here(alice)
    make_shelves()
    aged(settings.EXPLORE_KEEP_MINUTES + 1)
    make_shelves()
    assert len(owners()) == 4  # replaced only now: somebody may be reading the old one

    aged(settings.EXPLORE_KEEP_MINUTES + 1)
    make_shelves()

    assert owners() == [EVERYBODY, alice.pk] * 2
    standing = set(Pick.objects.values_list("shelf_id", flat=True))
    assert standing == set(Shelf.objects.values_list("pk", flat=True))


def test_who_has_not_been_here_for_long_has_no_shelf_any_more(alice, bob, as_user, settings):
    post = posted(bob)
    here(alice)
    make_shelves()
    Session.objects.all().delete()
    aged(60 * 24 * settings.EXPLORE_ACTIVE_DAYS + 1)

    make_shelves()

    assert alice.pk not in owners()
    assert posts(as_user(alice)) == [post.pk]


# --- Stopped, slow, and at once ------------------------------------------------------------------


def test_l8_killed_half_way_the_shelf_of_before_is_shown(alice, bob, as_user):
    post = posted(bob)
    compute(alice)
    posted(bob)
    before = posts(as_user(alice))

    class PowerCutError(Exception):
        pass

    @transaction.atomic
    def cut():
        compute(alice)
        raise PowerCutError

    with pytest.raises(PowerCutError):
        cut()

    assert posts(as_user(alice)) == before == [post.pk]
    assert owners() == [EVERYBODY, alice.pk]
    compute(alice)
    assert len(posts(as_user(alice))) == 2


# Whoever writes a row of this person's waits for two seconds.
_SLOW = """
CREATE FUNCTION slow() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    IF NEW.shelf_id IN (SELECT id FROM recommendations_shelf WHERE owner_id = {owner}) THEN
        PERFORM pg_sleep(2);
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER slow BEFORE INSERT ON recommendations_pick FOR EACH ROW EXECUTE FUNCTION slow();
"""


def test_l8_who_takes_too_long_keeps_nobody_else_from_their_shelf(
    alice, bob, carol, dave, person, as_user, settings
):
    post = posted(person("erin"))
    follows(alice, bob)
    reacted(bob, post)
    actions.make_shelf_for_site()
    settings.EXPLORE_STATEMENT_SECONDS = 0.5
    with connection.cursor() as cursor:
        cursor.execute(_SLOW.format(owner=carol.pk))

    actions.make_shelves([alice.pk, bob.pk, carol.pk, dave.pk])

    assert sorted(owners()) == [EVERYBODY, alice.pk, bob.pk, carol.pk, dave.pk]
    own = Shelf.objects.filter(owner_id=carol.pk).values("pk")
    assert not Pick.objects.filter(shelf_id__in=own).exists()
    for each in (alice, carol, dave):  # carol sees what is good on the site
        assert posts(as_user(each)) == [post.pk]


def test_each_statement_has_its_limit(alice, settings):
    settings.EXPLORE_STATEMENT_SECONDS = 3.5
    with transaction.atomic():
        actions.make_shelf_for_site()
        with connection.cursor() as cursor:
            cursor.execute("SHOW statement_timeout")
            assert cursor.fetchone() == ("3500ms",)


def test_nobody_is_nothing_to_do(db):
    assert actions.make_shelves([]) == 0
    assert owners() == []


@pytest.mark.django_db(transaction=True)
def test_l8_two_clocks_at_once_make_two_whole_generations(alice, bob, carol, as_user):
    """Nobody waits for a lock; what is shown is one of the two, whole."""
    follows(alice, bob)
    made = [posted(carol, f"tag{number}", hours=number) for number in range(3)]
    for each in made:
        reacted(bob, each)
    for each in (alice, bob):
        here(each)

    at_once(*[make_shelves] * 4)

    for shelf in Shelf.objects.filter(owner_id=alice.pk):
        here_stand = Pick.objects.filter(shelf_id=shelf.pk, kind="post").order_by("position")
        assert [pick.position for pick in here_stand] == [1, 2, 3]
    assert posts(as_user(alice)) == [each.pk for each in made]
    assert owners().count(alice.pk) >= 1


def test_what_the_clock_makes_for_many_costs_as_many_statements_as_for_one(
    alice, person, django_assert_num_queries
):
    many = [person(f"many{number}") for number in range(30)]
    for each in many:
        follows(each, alice)
        posted(each)
    actions.make_shelf_for_site()

    # A transaction, the site's shelf, the new ones, the time limit, the statement.
    with django_assert_num_queries(6):
        actions.make_shelves([many[0].pk])
    with django_assert_num_queries(6):
        actions.make_shelves([each.pk for each in many])


def test_the_number_of_rows_is_bounded(alice, bob, person, settings):
    settings.EXPLORE_SIZE = 4
    for number in range(9):
        posted(person(f"author{number}"), f"tag{number}")

    compute(alice)

    for shelf in Shelf.objects.all():
        for kind in Pick.Kind.values:
            assert Pick.objects.filter(shelf_id=shelf.pk, kind=kind).count() == 4
