"""A client written for threetography, on a whole running system (T1 to T5, T7, T8, D3).

`Three` is such a client: it knows the ten addresses of the document that describes that network,
its JSON and one token, and nothing else of this house.
"""

import io
import os
import secrets
from datetime import datetime

import httpx
import pytest
from PIL import Image

from tests import pictures
from tests.media import s3
from tests.system import System, eventually, fresh_database

PLACES = ("one", "two", "three")


@pytest.fixture(scope="module", params=["files", "s3"])
def system(request, tmp_path_factory):
    """With its pictures in folders, and in a bucket."""
    folder = tmp_path_factory.mktemp("three")
    url = fresh_database(os.environ["DATABASE_URL"], "yafig_three")
    with System(folder, url, UPLOAD_WAIT="5", **store(request.param)) as running:
        yield running


def store(kind):
    """The variables that choose a store of this kind."""
    if kind == "files":
        return {}
    bucket = s3.Bucket(f"yafig-three-{secrets.token_hex(3)}")
    bucket.prepare()
    return {**bucket.variables, "MEDIA_URL": bucket.public_url}


def middle(content):
    """The colour in the middle of a picture."""
    with Image.open(io.BytesIO(content)) as image:
        return image.convert("RGB").getpixel((image.width // 2, image.height // 2))


class Three:
    """Somebody with threetography's client."""

    def __init__(self, url, user):
        self.http = httpx.Client(base_url=url, timeout=40)
        self.user, self.password = user, f"three images of {user}"

    def post(self, path, **sent):
        return self.http.post(f"/api/{path}", json=sent)

    def get(self, path, **query):
        return self.http.get(f"/api/{path}", params=query)

    def register(self):
        return self.post("register", user=self.user, password=self.password)

    def login(self):
        answer = self.post("login", user=self.user, password=self.password)
        self.http.headers["Authorization"] = f"Bearer {answer.json()['accessToken']}"
        return answer

    def joined(self):
        assert self.register().json() == {"registered": True}
        assert list(self.login().json()) == ["accessToken"]
        return self

    def upload(self, place, colour, field="Pos"):
        content = pictures.picture(900, 600, colour)
        files = {"File": (f"{place}.jpg", content, "image/jpeg")}
        return self.http.post("/api/upload", data={field: place}, files=files)

    def me(self):
        return self.get("me").json()

    def colours(self, urls):
        """What hangs, by the colour in the middle; None for an empty place."""
        return [url and middle(httpx.get(url).content) for url in urls]


RED, GREEN, BLUE, GREY = (200, 30, 30), (30, 160, 60), (40, 60, 200), (120, 120, 120)


def near(found, wanted):
    assert len(found) == len(wanted)
    for have, want in zip(found, wanted, strict=True):
        if not want:
            assert not have
        else:
            assert max(abs(a - b) for a, b in zip(have, want, strict=True)) < 12, (have, want)


def sign_up(ada, ben):
    """Nobody is signed in; then both are, and nobody registers twice."""
    assert ada.get("authenticated").json() == {"authenticated": False}
    refused = ada.get("me")
    assert (refused.status_code, bool(refused.json()["reasonForFailure"])) == (401, True)
    unknown = ada.post("login", user="ada", password="wrong")
    assert unknown.status_code == 401
    ada.joined()
    ben.joined()
    again = ada.register()
    assert (again.status_code, bool(again.json()["reasonForFailure"])) == (400, True)
    assert ada.post("login", user="ada", password="wrong").content == unknown.content
    assert ada.get("authenticated").json() == {"authenticated": True}
    assert ada.me() == {"user": "ada", "imageUrls": ["", "", ""], "description": ""}


def upload_three_and_replace_one(ada):
    """Each is seen in the answer that follows at once."""
    for number, (place, colour) in enumerate(zip(PLACES, (RED, GREEN, BLUE), strict=True)):
        answer = ada.upload(place, colour, "pos" if number else "Pos")
        assert (answer.status_code, answer.json()) == (200, {"uploaded": True})
        assert [bool(url) for url in ada.me()["imageUrls"]] == [n <= number for n in range(3)]
    before = ada.me()["imageUrls"]
    near(ada.colours(before), [RED, GREEN, BLUE])

    assert ada.upload("two", GREY).json() == {"uploaded": True}
    after = ada.me()["imageUrls"]
    near(ada.colours(after), [RED, GREY, BLUE])
    assert (after[0], after[2]) == (before[0], before[2])
    assert ada.upload("four", RED).status_code == 400
    assert ada.me()["imageUrls"] == after


def change_the_signatures(urls):
    for url in urls:
        other = "A" if url[-1] != "A" else "B"
        assert httpx.get(url.partition("?")[0]).status_code == 403
        assert httpx.get(url[:-1] + other).status_code == 403


def find_and_follow(ben, ada):
    assert ben.get("search", user="AD").json() == {"results": ["ada"]}
    assert ben.get("search", user="aba").json() == {"results": ["ada"]}
    assert ben.get("search", user="%").json() == {"results": []}
    assert ben.get("search", user="").status_code == 400
    assert ben.get("following").json() == {"following": []}
    for _ in range(2):
        assert ben.post("follow", user="ada").json() == {"followed": True}
    (followed,) = ben.get("following").json()["following"]
    assert followed == ada.me()
    near(ben.colours(followed["imageUrls"]), [RED, GREY, BLUE])
    assert ben.post("follow", user="nobody").status_code == 404
    assert ben.post("unfollow", user="ada").json() == {"unfollowed": True}
    assert ben.get("following").json() == {"following": []}


@pytest.mark.xdist_group("faults")  # one whole system at a time
def test_a_client_written_for_threetography_works_unchanged(system):
    ada, ben = Three(system.url, "ada"), Three(system.url, "ben")

    sign_up(ada, ben)
    upload_three_and_replace_one(ada)
    change_the_signatures(ada.me()["imageUrls"])
    for text in ("Engines and poetry.", ""):
        assert ada.post("description", description=text).json() == {"updated": True}
        assert ada.me()["description"] == text
    find_and_follow(ben, ada)


@pytest.mark.xdist_group("faults")
def test_the_rest_of_the_house_knows_the_same_person_and_the_same_pictures(system):
    """D3, T8: what was hung by that client, when, and what hung there before."""
    eve, fay = Three(system.url, "eve").joined(), Three(system.url, "fay").joined()
    fay.post("follow", user="eve")
    for place, colour in (("one", RED), ("three", BLUE), ("one", GREEN)):
        eve.upload(place, colour)

    places = fay.http.get("/users/eve/showcase").json()["places"]
    assert [each["place"] for each in places if each["media"]] == ["one", "three"]
    near(fay.colours([places[0]["media"]["url"]]), [GREEN])
    dates = [datetime.fromisoformat(places[at]["hung_at"]) for at in (2, 0)]
    assert dates == sorted(dates)
    (former,) = eve.http.get("/users/eve/showcase/history").json()["results"]
    near(eve.colours([former["media"]["url"]]), [RED])
    assert datetime.fromisoformat(former["taken_down_at"]) == dates[1]
    assert fay.http.get("/users/eve/showcase/history").status_code == 404
    news = fay.http.get("/showcase/feed").json()["results"]
    assert [(each["owner"]["username"], each["place"]) for each in news] == [
        ("eve", "one"),
        ("eve", "three"),
    ]
    profile = fay.http.get("/users/eve").json()
    assert (profile["followers_count"], profile["viewer"]["follows"]) == (1, True)


@pytest.mark.xdist_group("faults")
def test_a_picture_sent_while_redis_is_away_hangs_by_itself_later(system):
    """The answer is honest meanwhile: it was taken and does not hang yet."""
    gil = Three(system.url, "gil").joined()
    system.redis.pause()
    try:
        answer = gil.upload("one", RED)
        assert answer.status_code == 202
        assert answer.json()["uploaded"] is False
        assert gil.me()["imageUrls"] == ["", "", ""]
    finally:
        system.redis.resume()
    eventually(lambda: gil.me()["imageUrls"][0], seconds=60)
    near(gil.colours(gil.me()["imageUrls"]), [RED, "", ""])
