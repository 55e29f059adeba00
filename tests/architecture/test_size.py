"""Rooms stay small enough to read in one sitting; there is none for odds and ends."""

import ast
import re
from pathlib import Path

import pytest
from django.conf import settings

BASE = Path(__file__).parents[2]
PACKAGES = (*settings.FIRST_PARTY_APPS, "common", "config", "embedded", "benchmarks", "tests")
MODULES = [
    path
    for package in PACKAGES
    for path in sorted((BASE / package).rglob("*.py"))
    if "migrations" not in path.parts
]
STRAY = re.compile(r"(helpers?|utils?|misc|services?|managers|signals)\.py")


def name(path):
    return str(path.relative_to(BASE))


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_a_module_fits_in_400_lines_and_a_function_in_50(path):
    source = path.read_text()
    assert source.count("\n") <= 400
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            length = (node.end_lineno or node.lineno) - node.lineno + 1
            assert length <= 50, f"{name(path)}:{node.lineno} {node.name}"


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_a_module_opens_with_one_to_six_lines_about_itself(path):
    text = ast.get_docstring(ast.parse(path.read_text()))
    if path.name == "__init__.py" and not path.read_text().strip():
        return
    assert text, name(path)
    if path.name != "__init__.py":
        assert len(text.splitlines()) <= 8, name(path)


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_there_is_no_drawer_for_odds_and_ends(path):
    assert not STRAY.fullmatch(path.name)


def test_actions_see_no_request_no_queue_and_no_cache():
    forbidden = re.compile(r"rest_framework\.(request|response)|\.delay\(|apply_async|cacheops")
    for path in MODULES:
        if "actions" in name(path) and not name(path).startswith("tests"):
            assert not forbidden.search(path.read_text()), name(path)
