"""Y13: the built files: any file server will do, the policy is strict, and they are small."""

import gzip
import re
import threading
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import published

KB = 1000  # bytes
BUDGETS = {"/login": 90, "/feed": 120}  # kB of script, gzipped, at the first load


class Dumb(SimpleHTTPRequestHandler):
    """What a CDN or a bucket does: files, and one page for what is none."""

    def send_error(self, code, message=None, explain=None):
        content = (Path(self.directory) / "404.html").read_bytes()
        self.send_response(code)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_):
        pass


class Patient(ThreadingHTTPServer):
    request_queue_size = 128  # a browser comes with more than five requests at once


def script_of(page, built, path, system):
    asked: list[Any] = []
    page.on("request", lambda request: asked.append(request))
    page.goto(f"{system.url}{path}")
    page.wait_for_load_state("networkidle")
    urls = {each.url for each in asked if each.resource_type == "script"}
    files = [built / url.removeprefix(f"{system.url}/") for url in urls]
    return sum(len(gzip.compress(file.read_bytes(), 9)) for file in files)


def test_the_first_load_stays_within_its_budget(browse, built, system, member):
    ada = member("ada")
    published(ada)
    browser = browse()
    sizes = {"/login": script_of(browser.page, built, "/login", system)}
    browser.log_in(ada.username)
    sizes["/feed"] = script_of(browser.context.new_page(), built, "/feed", system)

    assert all(0 < sizes[path] <= most * KB for path, most in BUDGETS.items()), sizes


def test_what_an_address_needs_is_asked_for_before_any_module_runs(browse, built, system, member):
    ada = member("ada")
    post = published(ada)
    browser = browse()
    browser.log_in(ada.username)
    shell = (built / "200.html").read_text()
    (entry,) = re.findall(r'<script type="module" src="([^"]+)"', shell)
    page = browser.context.new_page()
    page.route(f"**{entry}", lambda route: route.abort())
    asked = asked_by(page)

    with browser.trouble("ERR_FAILED"):
        page.goto(f"{system.url}/p/{post}", wait_until="networkidle")
    links = "all => all.map((each) => new URL(each.href).pathname)"
    modules = page.eval_on_selector_all("link[rel=modulepreload]", links)

    more = [each for each in modules if each not in shell]
    assert more
    assert all((built / each.lstrip("/")).is_file() for each in more)
    assert {"/users/refresh/", f"/posts/{post}/"} <= set(asked)
    assert [each for each in asked if each.startswith("/media/")] != []  # its picture


@pytest.mark.parametrize("path", ["/feed", "/p/{post}", "/u/{ada}"])
@pytest.mark.parametrize("who", ["member", "guest"])
def test_nothing_is_asked_for_twice(browse, system, member, path, who):
    ada = member("ada")
    post = published(ada)
    browser = browse()
    if who == "member":
        browser.log_in(ada.username)
    page = browser.context.new_page()
    asked = asked_by(page)
    page.goto(system.url + path.format(ada=ada.username, post=post), wait_until="networkidle")

    if who == "member" or path != "/feed":
        expect(page.locator(".picture.there").first).to_be_visible()
    else:
        page.wait_for_url("**/login?next=/feed")
    asked = [each for each in asked if each != "/icons/yafig.svg"]  # as icon, and in the page
    assert sorted(asked) == sorted(set(asked))


def asked_by(page):
    """The addresses that `page` asks for from now on, without the host."""
    asked: list[str] = []

    def note(request):
        parts = urlsplit(request.url)
        if parts.scheme != "data":
            asked.append(parts.path + (f"?{parts.query}" if parts.query else ""))

    page.on("request", note)
    return asked


def test_every_page_brings_a_policy_that_runs_no_inline_script(built):
    pages = list(built.rglob("*.html"))
    assert {"200.html", "404.html", "index.html"} <= {page.name for page in pages}
    for page in pages:
        text = page.read_text()
        (policy,) = re.findall(r'http-equiv="Content-Security-Policy" content="([^"]+)"', text)
        rules = dict(rule.split(" ", 1) for rule in policy.split("; "))
        assert rules["default-src"] == "'none'"
        assert "unsafe" not in policy
        assert re.fullmatch(r"'self'( 'sha256-[\w+/=]+')*", rules["script-src"])
        assert (rules["base-uri"], rules["form-action"]) == ("'none'", "'none'")
        assert text.index("Content-Security-Policy") < text.index("<script")
        assert not re.search(r"<[^>]+\son\w+=", text)


def test_files_whose_names_say_what_is_in_them_are_kept_for_good(built, system, browse):
    asset = next((built / "_nuxt").glob("*.js"))
    api = browse().context.request
    answer = api.get(f"{system.url}/_nuxt/{asset.name}", headers={"Accept-Encoding": "gzip"})
    assert "immutable" in answer.headers["cache-control"]
    assert answer.headers["content-encoding"] == "gzip"
    assert api.get(f"{system.url}/login").headers["cache-control"] == "no-cache"


def test_the_files_name_no_place_of_the_machine_that_made_them(built):
    here = str(Path(__file__).parents[2]).encode()
    for path in built.rglob("*"):
        assert path.is_dir() or here not in path.read_bytes(), path


@pytest.mark.parametrize(
    "path", ["/", "/login", "/u/{ada}", "/p/{post}", "/tags/harbour", "/explore"]
)
def test_a_dumb_file_server_serves_deep_links(built, system, member, browse, path):
    ada = member("ada")
    post = published(ada, caption="Low tide", tags="harbour")
    with dumb(built) as address:
        browser = browse()
        page = browser.page
        # The API at the same address, as a CDN would have it; the pages are only files.
        page.route(API, lambda route: route.continue_(url=moved(route.request.url, system.url)))
        with browser.trouble("404"):
            page.goto(address + path.format(ada=ada.username, post=post))
            expect(page.get_by_role("heading", level=1).first).to_be_attached()
            expect(page.get_by_text("Nothing here")).to_have_count(0)
            page.wait_for_load_state("networkidle")  # nothing is cut off when the server goes
            if path == "/":  # where others may be liked more
                expect(page.locator("a[href^='/p/']").first).to_be_attached()
            elif path not in ("/login", "/explore"):  # which is found by the clock
                expect(page.locator(f"a[href='/p/{post}'], .slide img").first).to_be_attached()


API = re.compile(
    r"^http://127\.0\.0\.1:\d+/(users|posts|search/|instance|media|tags/[^/]+/|explore/)"
)


def moved(url, to):
    return to + urlsplit(url)._replace(scheme="", netloc="").geturl()


@contextmanager
def dumb(folder):
    server = Patient(("127.0.0.1", 0), partial(Dumb, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
