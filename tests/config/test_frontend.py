"""How the built pages are served beside the API, which goes first (Y13)."""

import gzip
import re
from pathlib import Path

import pytest

from config import frontend

PAGES = Path(__file__).parents[2] / "frontend" / "app" / "pages"
SHELL = "<!DOCTYPE html><title>Yafig</title>"
HTML = {"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"}


@pytest.fixture
def built(tmp_path, settings):
    settings.FRONTEND_ROOT = tmp_path / "built"
    settings.FRONTEND_ROOT.mkdir()
    (settings.FRONTEND_ROOT / "200.html").write_text(SHELL)


@pytest.fixture
def unbuilt(tmp_path, settings):
    settings.FRONTEND_ROOT = tmp_path / "nothing"


def test_every_page_of_the_front_end_has_its_address_here():
    found = set()
    for path in PAGES.rglob("*.vue"):
        name = path.relative_to(PAGES).with_suffix("").as_posix()
        name = re.sub(r"\[(\w+)\]", r"<\1>", name).removesuffix("index").rstrip("/")
        found.add(name)
    named = {re.sub(r"<\w+:", "<", page) for page in frontend.PAGES}
    assert found - {"", "<...slug>", "[...slug]"} == named


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/login",
        "/p/42",
        "/u/ada",
        "/u/ada/followers",
        "/tags/früh",
        "/search",
        "/explore",
        "/saved",
    ],
)
def test_a_deep_link_gets_the_shell(client, built, path):
    answer = client.get(path, headers=HTML)

    assert (answer.status_code, answer.content.decode()) == (200, SHELL)
    assert answer["Content-Type"].startswith("text/html")
    assert answer["Cache-Control"] == "no-cache"
    assert "frame-ancestors 'none'" in answer["Content-Security-Policy"]


@pytest.mark.django_db
def test_explore_is_the_apis_for_programs_and_a_page_for_people(client, built):
    assert client.get("/explore/", headers={"Accept": "*/*"}).json()["results"] == []
    assert client.get("/explore/", headers=HTML).content.decode() == SHELL
    assert client.get("/explore/tags/", headers=HTML).json()["results"] == []


@pytest.mark.django_db
def test_a_tag_is_the_apis_for_programs_and_where_nothing_was_built(client, settings, built):
    assert client.get("/tags/sea/", headers={"Accept": "*/*"}).json()["name"] == "sea"
    assert client.get("/tags/sea/", headers=HTML).content.decode() == SHELL
    settings.FRONTEND_ROOT = settings.FRONTEND_ROOT / "nothing"
    assert client.get("/tags/sea/", headers=HTML).json()["name"] == "sea"


def test_the_shell_is_compressed_for_whom_it_may_be(client, built):
    answer = client.get("/feed", headers={**HTML, "Accept-Encoding": "br, gzip"})

    assert answer["Content-Encoding"] == "gzip"
    assert gzip.decompress(answer.content).decode() == SHELL


def test_what_is_no_page_is_a_page_that_says_so_to_people_alone(client, built):
    person = client.get("/nowhere", headers=HTML)
    program = client.get("/nowhere", headers={"Accept": "application/json"})

    assert (person.status_code, person.content.decode()) == (404, SHELL)
    assert (program.status_code, program.json()["code"]) == (404, "not_found")


@pytest.mark.parametrize("path", ["/media/nothing.jpg", "/posts/nothing", "/docs/nothing"])
def test_below_the_api_errors_keep_their_shape(db, client, built, path):
    answer = client.get(path, headers=HTML)

    assert (answer.status_code, answer.json()["code"]) == (404, "not_found")


@pytest.mark.django_db
def test_the_api_goes_first(client, built):
    assert client.get("/users", headers=HTML).json()["code"] == "not_authenticated"
    assert client.get("/instance", headers=HTML).json()["name"] == "Yafig"
    assert client.get("/search/query?query=x", headers=HTML).json()["results"] == []


def test_a_page_is_only_read(client, built):
    assert client.post("/login").status_code == 404


def test_without_built_files_the_front_door_leads_to_what_the_server_can_do(client, unbuilt):
    answer = client.get("/", headers=HTML)

    assert (answer.status_code, answer["Location"]) == (302, "/docs/")
    assert client.get("/login", headers=HTML).json()["code"] == "not_found"
