"""Every promise of the product is named by a test that proves it."""

import re
from pathlib import Path

# Accounts, posts, comments, search, pages, the showcase, the social layer, and what binds them.
PROMISED = {
    *(f"Y{n}" for n in range(1, 14)),
    *(f"T{n}" for n in range(1, 9)),
    *(f"D{n}" for n in range(1, 11)),
    *(f"L{n}" for n in (1, 2, 3, 4, 5, 6, 8)),
}
TESTS = Path(__file__).parents[2] / "tests"


def named():
    found = set()
    for path in TESTS.rglob("test_*.py"):
        if path.name != Path(__file__).name:
            found |= set(re.findall(r"\b([YTDL]\d{1,2})\b", path.read_text()))
    return found


def test_every_promise_is_named_by_a_test():
    missing = PROMISED - named()
    assert not missing, f"No test module names {', '.join(sorted(missing))}."
