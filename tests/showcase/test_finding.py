"""`GET /api/search?user=` (T3): by prefix first, then what is like it; every character plain."""

import pytest
from django.utils import timezone

from showcase.finding import MOST, usernames
from users.models import Block, User


@pytest.fixture
def people(db):
    """Make people of these names."""

    def make(*names, **fields):
        rows = [User(username=each, email=f"{each}@example.org", **fields) for each in names]
        return User.objects.bulk_create(rows)

    return make


@pytest.fixture
def search(alice, as_user):
    def get(candidate):
        answer = as_user(alice).get("/api/search", {"user": candidate})
        assert answer.status_code == 200, answer.content
        assert set(answer.json()) == {"results"}
        return answer.json()["results"]

    return get


def test_prefixes_come_first_then_what_contains_it_then_what_is_nearly_it(people, search):
    people("Anna", "anna.b", "annabel", "johanna", "Susanna", "ana", "hanna", "Enna", "bob")

    begins, contains = ["Anna", "anna.b", "annabel"], ["hanna", "johanna", "Susanna"]
    assert search("anna") == [*begins, *contains, "ana", "Enna"]
    assert search("ANNA") == search("anna") == search(" anna ")


@pytest.mark.parametrize(
    "typed", ["kateirna", "katrina", "katherina", "caterina", "katerinaa", "xkaterinay", "KATER4NA"]
)
def test_a_slip_of_the_finger_finds_whom_it_meant(people, search, typed):
    """A letter too many, too few, another one or two in the wrong order; or two too many."""
    people("Katerina", "somebody")

    assert search(typed) == ["Katerina"]


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("%", []),
        ("a%", []),
        ("alic%", []),
        ("al_ce", []),
        ("a_b", ["a_b", "a-b", "a.b"]),
        ("_", ["a_b"]),
        ("'", []),
        ("a' OR '1'='1", []),
        ('"; DROP TABLE users_user; --', []),
        ("\\", []),
        ("a\\_b", []),
        ("*", []),
        ("(?i).*", []),
        ("a.b", ["a.b", "a-b", "a_b"]),
        ("ä", []),
        ("😀", []),
        ("x" * 254, []),
    ],
)
def test_every_character_stands_for_itself(people, search, typed, found):
    people("a_b", "axb", "a-b", "a.b")

    assert search(typed) == found


@pytest.mark.parametrize("query", ["", "?user=", "?user=%20%20", "?name=ada", "?user=%00"])
def test_an_empty_candidate_is_a_400(alice, as_user, query):
    answer = as_user(alice).get(f"/api/search{query}")

    assert (answer.status_code, answer.json()["code"]) == (400, "invalid")
    assert answer.json()["reasonForFailure"].startswith("user: ")


def test_nobody_is_found_who_may_not_be_seen(people, alice, search):  # D9
    (blocker,) = people("ada1")
    (blocked,) = people("ada2")
    people("ada3", suspended_at=timezone.now())
    people("ada4", deleted_at=timezone.now())
    people("ada5", is_private=True)
    Block.objects.create(owner=blocker, target=alice)
    Block.objects.create(owner=alice, target=blocked)

    assert search("ada") == ["ada5"]
    assert search("adax") == ["ada5"]  # nearly any of the hidden ones too
    assert search("adb5") == ["ada5"]


def test_an_answer_is_bounded_however_many_there_are(people, alice, django_assert_max_num_queries):
    people(*(f"p{number:03}" for number in range(100)))

    with django_assert_max_num_queries(2):
        found = usernames("p", alice)
    assert found == [f"p{number:03}" for number in range(MOST)]
    with django_assert_max_num_queries(2):
        assert len(usernames("p05", alice)) == 19  # ten begin so, and nine are nearly that


def test_guests_find_nobody(guest, db):
    assert guest.get("/api/search?user=ada").status_code == 401
