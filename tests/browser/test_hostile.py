"""Y13: whatever somebody writes is text. Payloads in every field that shows one; none runs."""

import json

import pytest

from tests import pictures
from tests.browser.conftest import published

TAGS = ["script", "img", "svg", "iframe", "body", "video", "details", "math", "object", "style"]
EVENTS = ["onerror", "onload", "onfocus", "ontoggle", "onmouseover"]
CALL = "window.ran=(window.ran||0)+1"
PAYLOADS = [
    *(f"<{tag} src=x {event}={CALL} autofocus open>" for tag in TAGS for event in EVENTS),
    *(f'"><{tag} {event}="{CALL}">' for tag in TAGS for event in EVENTS),
    *(f"'><{tag}/{event}={CALL}//" for tag in TAGS for event in EVENTS),
    *(f"<{tag}><script>{CALL}</script></{tag}>" for tag in TAGS),
    *(f"{{{{constructor.constructor('{CALL}')()}}}}<{tag}>" for tag in TAGS),
    *(f"javascript:{CALL}//<{tag}>" for tag in TAGS),
    *(f"#<{tag} onload={CALL}> @<script>{CALL}</script>" for tag in TAGS),
    *(f"</textarea></title></{tag}><script>{CALL}</script>" for tag in TAGS),
]


@pytest.fixture
def place(member, browse):
    """Two hundred payloads in captions, alt texts, comments, names, bios, drafts and a showcase."""
    eve = member("eve")
    posts = []
    content = pictures.picture(64, 48)
    for number in range(3):
        alt_text = PAYLOADS[number * 60]
        hanging = {"file": ("a.jpg", content, "image/jpeg")}
        place = f"/users/{eve.username}/showcase/{('one', 'two', 'three')[number]}/?wait=20"
        assert eve.put(place, data={"alt_text": alt_text}, files=hanging).status_code == 200
    caption = "\n".join(PAYLOADS[:20])[:2200]
    files = {"images": ("a.jpg", content, "image/jpeg")}
    draft = {"draft": "true", "caption": caption, "alt_texts": PAYLOADS[7]}
    eve.draft = eve.post("/posts/", data=draft, files=files).json()["id"]
    for number in range(0, len(PAYLOADS), 20):
        some = PAYLOADS[number : number + 20]
        post = published(eve, caption="\n".join(some)[:2200], alt_texts=some[0], tags="payload")
        name = {"name": some[8][:60]}
        collection = eve.post("/posts/collections/", json=name).json()["id"]
        eve.post(f"/posts/{post}/save/", json={"collection": collection})
        eve.post(f"/posts/{post}/reactions/", json={"emoji": "🔥"})
        for text in some[1:8]:
            eve.post(f"/posts/{post}/comments/", json={"text": text})
        posts.append(post)
    eve.patch(f"/users/{eve.username}", json={"name": PAYLOADS[0][:60], "bio": PAYLOADS[50]})
    eve.shown = posts
    return eve


def test_two_hundred_payloads_run_nowhere(browse, system, place):
    assert len(set(PAYLOADS)) >= 200
    browser = browse()
    page = browser.log_in(place.username)
    paths = [
        *("/feed", f"/u/{place.username}", "/settings", "/tags/payload", "/search?q=script"),
        *("/drafts", f"/drafts/{place.draft}"),
        *("/explore", "/saved", "/saved?list=reacted", f"/u/{place.username}?tab=reposts"),
        *(f"/p/{post}" for post in place.shown),
        *(f"/search?q={each}" for each in ("%3Cscript%3E", "%22%3E%3Cimg%20src%3Dx%20onerror%3D1")),
        "/tags/%3Cscript%3Ealert(1)%3C%2Fscript%3E",
        "/u/%3Cimg%20src%3Dx%20onerror%3Dalert(1)%3E",
        "/login?next=javascript:alert(1)",
        f"/activate?token=%3Cscript%3E{CALL}%3C/script%3E",
    ]
    dialogs = []

    def refuse(dialog):
        dialogs.append(dialog.message)
        dialog.dismiss()

    page.on("dialog", refuse)
    with browser.trouble("404", "400"):
        for path in paths:
            browser.open(path)
            page.wait_for_load_state("networkidle")
            assert page.evaluate("window.ran ?? 0") == 0, path
    assert dialogs == []


def test_a_payload_in_every_field_of_every_answer_runs_nowhere(browse, system, place):
    """What the server would never send: the pages do not rely on it."""
    browser = browse()
    page = browser.log_in(place.username)
    payload = f"\"'><img src=x onerror={CALL}><script>{CALL}</script>"

    def poison(value, name=""):
        if isinstance(value, dict):
            return {key: poison(each, key) for key, each in value.items()}
        if isinstance(value, list):
            return [poison(each, name) for each in value]
        kept = name.endswith(("_at", "url", "state", "visibility", "type")) or name.isdigit()
        return value + payload if isinstance(value, str) and not kept else value

    def answer(route):
        got = route.fetch()
        if "json" not in got.headers.get("content-type", "") or "refresh" in route.request.url:
            return route.fulfill(response=got)
        return route.fulfill(response=got, body=json.dumps(poison(got.json())))

    for pattern in (
        "**/users/**",
        "**/posts/**",
        "**/search/query/**",
        "**/instance/",
        "**/explore/**",
    ):
        page.route(pattern, answer)
    paths = ["/feed", f"/p/{place.shown[0]}", f"/u/{place.username}", "/settings", "/search?q=img"]
    paths += ["/drafts", f"/drafts/{place.draft}"]
    paths += ["/explore", "/saved"]
    for path in paths:
        browser.open(path)
        page.wait_for_load_state("networkidle")
        assert page.evaluate("window.ran ?? 0") == 0, path
    browser.complaints.clear()  # hashes that cannot be read, and the like


def test_an_address_of_a_person_runs_no_script(browse, system, member):
    eve = member("eve")
    answer = eve.patch(f"/users/{eve.username}", json={"website": f"javascript:{CALL}"})
    assert answer.status_code == 400
