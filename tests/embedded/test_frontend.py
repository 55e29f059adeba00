"""Which Node builds the pages, and what is said when they cannot be built (Y13)."""

import sys

import pytest

from embedded import frontend


def program(folder, name, says):
    path = folder / name
    path.write_text(f"#!/bin/sh\necho {says}\n")
    path.chmod(0o755)
    return str(path)


@pytest.mark.parametrize(
    ("version", "is_taken"),
    [("v22.19.0", True), ("v24.1.0", True), ("v22.18.9", False), ("v20.20.2", False), ("", False)],
)
def test_the_node_of_the_machine_is_taken_when_it_is_new_enough(
    tmp_path, monkeypatch, version, is_taken
):
    program(tmp_path, "node", version)
    npm = program(tmp_path, "npm", "")
    monkeypatch.setenv("PATH", str(tmp_path))

    chosen = frontend._node()

    assert (chosen == [npm]) is is_taken
    assert is_taken or chosen[0].startswith(sys.prefix)  # the wheel's


def test_a_build_that_fails_ends_with_its_last_words(tmp_path):
    log = tmp_path / "frontend.log"
    with pytest.raises(frontend.BuildError) as caught:
        frontend._run(["sh", "-c", "echo no space left; exit 3"], log)

    assert "no space left" in str(caught.value)
    assert str(log) in str(caught.value)


def test_what_is_made_does_not_count_as_a_source():
    names = {path.relative_to(frontend.SOURCES).parts[0] for path in frontend._sources()}
    assert {"app", "nuxt.config.ts", "package-lock.json"} <= names
    assert not names & frontend.MADE_HERE
