"""What can be told of the pages' sources without Node."""

import hashlib
import json
import re
from pathlib import Path

FRONTEND = Path(__file__).parents[2] / "frontend"
SWAGGER = FRONTEND.parent / "docs" / "swagger.json"
SOURCES = [
    path
    for folder in ("app", "scripts", "tests")
    for path in sorted((FRONTEND / folder).rglob("*"))
    if path.suffix in (".ts", ".vue", ".mjs", ".css") and path.name != "schema.d.ts"
]


def test_the_shapes_of_the_pages_are_those_of_the_api():
    head = (FRONTEND / "app" / "api" / "schema.d.ts").read_text().partition("\n")[0]
    assert hashlib.sha256(SWAGGER.read_bytes()).hexdigest() in head, "Run `make schema`."


def test_the_lock_file_names_no_address():
    lock = json.loads((FRONTEND / "package-lock.json").read_text())
    assert not any("resolved" in package for package in lock["packages"].values())
    assert "omit-lockfile-registry-resolved=true" in (FRONTEND / ".npmrc").read_text()


def test_the_pages_say_nothing_that_is_not_in_their_words():
    for path in SOURCES:
        template = re.search(r"^<template>$(.*)^</template>$", path.read_text(), re.M | re.S)
        if template:
            texts = re.findall(r">([^<>{}]*[A-Za-z]{2,}[^<>{}]*)<", template[1])
            assert not [text for text in texts if not re.search(r"=|\(|&&", text)], path


def test_nothing_that_somebody_wrote_becomes_html():
    for path in SOURCES:
        assert not re.search(
            r"v-html|innerHTML|insertAdjacentHTML|document\.write", path.read_text()
        )


def test_colours_stand_in_the_tokens_alone():
    allowed = re.compile(r"rgb\(20 16 14|rgb\(255 255 255|rgb\(0 0 0|#fff|hsl\(var")
    for path in SOURCES:
        if path.name == "tokens.css":
            continue
        styles = path.read_text() if path.suffix == ".css" else ""
        styles += "".join(re.findall(r"<style[^>]*>(.*?)</style>", path.read_text(), re.S))
        for colour in re.findall(r"#[0-9a-fA-F]{3,8}\b|(?:rgb|hsl)a?\([^)]*\)?", styles):
            assert allowed.match(colour), (path, colour)
