"""The stage of the browser tests: the built pages, a whole system, and Chromium.

Each person has a browser context of their own. Whatever a page logs as an error, or its policy
refuses, fails the test, unless it says that it expects it.
"""

import os
import shutil
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, expect, sync_playwright

from embedded import frontend
from embedded.home import Home
from tests import pictures
from tests.conftest import PASSWORD
from tests.system import Client, System, fresh_database

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
ARGUMENTS = [
    *("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
]
PHONE = {"width": 390, "height": 844}
PATIENCE = 60_000  # milliseconds; a test waits for what must come, however busy the machine is
expect.set_options(timeout=PATIENCE)


@pytest.hookimpl(tryfirst=True)  # as in tests/faults: one whole system at a time
def pytest_collection_modifyitems(items):
    for item in items:
        if "tests/browser/" in item.nodeid:
            item.add_marker(pytest.mark.xdist_group("browser"))


@pytest.fixture(scope="session")
def built():
    """The folder with the pages, brought up to date."""
    frontend.build(Home())
    return frontend.BUILT


@pytest.fixture(scope="session")
def system(built, tmp_path_factory):
    folder = tmp_path_factory.mktemp("browser")
    database = fresh_database(os.environ["DATABASE_URL"], "yafig_browser")
    limits = {"THROTTLE_LETTERS": "1000000/min", "THROTTLE_LOGIN_ACCOUNT": "1000000/min"}
    with System(folder, database, FRONTEND_ROOT=str(built), **limits) as running:
        yield running


@pytest.fixture(scope="module")  # no longer: while it runs, this thread may not use Django's ORM
def chromium():
    found = next(filter(None, map(shutil.which, NAMES)), None)
    assert found, f"The browser tests need Chromium: none of {', '.join(NAMES)} is here."
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=ARGUMENTS)
        yield browser
        browser.close()


@dataclass
class Browser:
    """One person's: `page` is its first tab."""

    system: System
    context: BrowserContext
    complaints: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.context.on("console", self._listen)
        self.context.on("weberror", lambda found: self.complaints.append(str(found.error)))
        self.context.set_default_timeout(PATIENCE)
        self.page = self.context.new_page()

    def _listen(self, message):
        if message.type == "error":
            self.complaints.append(f"{message.text} ({message.location.get('url', '')})")

    def open(self, path: str, page: Page | None = None) -> Page:
        page = page or self.page
        page.goto(f"{self.system.url}{path}")
        return page

    def log_in(self, username: str, password: str = PASSWORD, landing: str = "/feed") -> Page:
        page = self.open("/login")
        page.get_by_label("Username or e-mail").fill(username)
        page.get_by_label("Password", exact=True).fill(password)
        page.get_by_role("button", name="Log in").click()
        page.wait_for_url(f"**{landing}")
        return page

    @contextmanager
    def trouble(self, *expected: str):
        """Within, complaints that hold one of the words are expected."""
        before = len(self.complaints)
        yield
        self.complaints[before:] = [
            each for each in self.complaints[before:] if not any(word in each for word in expected)
        ]


@pytest.fixture
def browse(chromium, system):
    """Make browsers: `browse()`, `browse(color_scheme="dark")`."""
    made = []

    def make(**options):
        settings = {"viewport": PHONE, "locale": "en-GB", "service_workers": "block", **options}
        browser = Browser(system, chromium.new_context(**settings))
        made.append(browser)
        return browser

    yield make
    for browser in made:
        browser.context.close()
    complaints = [each for browser in made for each in browser.complaints]
    assert complaints == []


class Names:
    """People are called as in the other tests; a number keeps those of one test apart."""

    count = 0


@pytest.fixture
def member(system):
    """Make people by the API: `member("ada")` is a client that is signed in."""

    def make(name):
        Names.count += 1
        client = system.person(f"{name}{Names.count}")
        client.username = f"{name}{Names.count}"
        return client

    return make


@pytest.fixture
def photo(tmp_path):
    """Make files to choose: `photo("a.jpg", width=800, height=600)`."""

    def make(name="photo.jpg", width=640, height=480, **options):
        path = tmp_path / name
        path.write_bytes(pictures.picture(width, height, **options))
        return path

    return make


def published(client: Client, **fields: Any):
    """Post a picture by the API, and wait until it is there."""
    content = pictures.picture(fields.pop("width", 640), fields.pop("height", 480))
    count = fields.pop("count", 1)
    files = [("images", (f"{n}.jpg", content, "image/jpeg")) for n in range(count)]
    answer = client.post("/posts/?wait=20", data=fields, files=files)
    assert answer.status_code == 201, answer.text
    assert answer.json()["state"] == "published"
    return answer.json()["id"]


def go_to(page: Page, name: str) -> None:
    """To a place that is in the menu of a phone."""
    page.get_by_role("button", name="Menu").click()
    page.get_by_role("menuitem", name=name).click()
