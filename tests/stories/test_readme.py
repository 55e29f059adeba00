"""What the README tells a newcomer to type works, as it stands there."""

import json
import os
import re
import subprocess
from pathlib import Path

import pytest

from tests import pictures
from tests.system import System, fresh_database

README = (Path(__file__).parents[2] / "README.md").read_text()


@pytest.fixture(scope="module")
def system(tmp_path_factory):
    folder = tmp_path_factory.mktemp("readme")
    with System(folder, fresh_database(os.environ["DATABASE_URL"], "yafig_readme")) as running:
        yield running


def block_below(heading):
    found = re.search(rf"^## {heading}$.*?^```bash\n(.*?)^```", README, re.MULTILINE | re.DOTALL)
    assert found
    return found[1]


def answers(output):
    """The JSON objects that curl printed one after the other."""
    decoder, found, rest = json.JSONDecoder(), [], output.strip()
    while rest:
        value, end = decoder.raw_decode(rest)
        found.append(value)
        rest = rest[end:].strip()
    return found


@pytest.mark.xdist_group("faults")  # one whole system at a time
def test_the_ten_lines_of_the_readme_do_the_main_job(system, tmp_path):
    """Y1, Y4, Y7, Y8, Y9 and Y10 from the outside."""
    script = block_below("Try it")
    assert len(script.strip().splitlines()) == 10
    (tmp_path / "photo.jpg").write_bytes(pictures.picture(4000, 3000))

    done = subprocess.run(
        ["bash", "-euo", "pipefail", "-c", script],
        cwd=tmp_path,
        env={**os.environ, "SITE": system.url},
        capture_output=True,
        text=True,
        timeout=60,
    )

    assert done.returncode == 0, done.stderr
    ada, ben, relation, timeline, liked, comment, gone = answers(done.stdout)
    assert (ada["username"], ben["username"]) == ("ada", "ben")
    assert relation["follows"]
    (post,) = timeline["results"]
    assert post["author"]["username"] == "ada"
    assert post["state"] == "published"
    assert post["caption"] == "Low tide"
    (media,) = post["media"]
    assert media["alt_text"] == "The harbour at six"
    assert set(media["renditions"]) == {"320", "640", "1080"}
    assert liked["id"] == post["id"]
    assert liked["viewer"]["liked"]
    assert comment["text"] == "What a light!"
    assert gone["code"] == "not_found"


def test_every_file_that_the_readme_points_to_exists():
    for target in re.findall(r"\]\(([^)#:]+)\)", README):
        assert (Path(__file__).parents[2] / target).exists(), target


def test_the_readme_uses_targets_of_the_makefile():
    makefile = (Path(__file__).parents[2] / "Makefile").read_text()
    for target in re.findall(r"\bmake ([a-z]+)", README):
        assert re.search(rf"^{target}:", makefile, re.MULTILINE), target
