"""What the containers are told exists: variables, modules, files, ports."""

import re
import shlex
from importlib.util import find_spec
from pathlib import Path

import pytest
import yaml
from django.conf import settings
from django.core.management import get_commands
from django.utils.module_loading import import_string

from config.celery import QUEUES
from embedded import elasticsearch_jars, ports, s3, s3_build
from embedded.processes import Process
from tests.architecture.test_settings import variables

BASE = Path(__file__).parents[2]
COMPOSE = yaml.safe_load((BASE / "docker-compose.yml").read_text())
CIRCLECI = yaml.safe_load((BASE / ".circleci" / "config.yml").read_text())
DOCKERFILE = (BASE / "Dockerfile").read_text().replace("\\\n", " ")
SERVERS = {"postgres", "redis", "elasticsearch"}
OURS = {name: service for name, service in COMPOSE["services"].items() if "build" in service}


def instructions(word):
    return re.findall(rf"^{word} (.+)$", DOCKERFILE, re.MULTILINE)


def in_the_image():
    """What is copied from here, and not from the stage that builds the pages."""
    lines = [line for line in instructions("COPY") if not line.startswith("--from=")]
    return {copied for line in lines for copied in line.split()[:-1]}


def is_read(variable):
    """Whether our settings, or granian, know it."""
    return variable in variables() or variable.startswith(("GRANIAN_", "PYTHON"))


def test_the_whole_system_is_there():
    assert set(OURS) == {"web", "worker", "videos", "beat", "migrate", "bucket"}
    assert set(COMPOSE["services"]) == {*OURS, *SERVERS, "store"}


def test_every_variable_of_the_compose_file_is_read():
    for name, service in OURS.items():
        assert all(is_read(variable) for variable in service["environment"]), name


def test_every_variable_of_the_image_is_read():
    for line in instructions("ENV"):
        for pair in shlex.split(line):
            assert is_read(pair.partition("=")[0]), pair


def test_every_variable_of_the_checks_is_read():
    python = CIRCLECI["jobs"]["test"]["docker"][0]
    assert set(python["environment"]) == {"DATABASE_URL", "REDIS_URL", "ELASTICSEARCH_URL"}
    assert set(python["environment"]) <= variables()


def test_what_is_copied_into_the_image_exists_and_is_not_ignored():
    kept = {line[1:] for line in (BASE / ".dockerignore").read_text().split() if line[0] == "!"}
    assert in_the_image() == kept
    for name in in_the_image():
        assert (BASE / name).exists(), name


def test_the_image_holds_every_package_that_runs():
    packages = {*settings.FIRST_PARTY_APPS, "common", "config", "templates"}
    assert packages <= in_the_image()


def test_the_commands_name_what_exists():
    web = shlex.split(instructions("CMD")[-1].strip("[]").replace(",", " "))
    module, _, attribute = web[-1].partition(":")
    assert callable(import_string(f"{module}.{attribute}"))
    assert f"{module}.{attribute}" == settings.WSGI_APPLICATION
    for name, part in (("worker", "worker"), ("videos", "worker"), ("beat", "beat")):
        command = OURS[name]["command"]
        assert command[:3] == ["celery", "-A", "config"]
        assert command[3] == part
    assert find_spec("config.celery")
    assert OURS["migrate"]["command"][1] in in_the_image()
    assert OURS["bucket"]["command"] == ["python", "manage.py", "make_bucket"]
    assert get_commands()["make_bucket"] == "media"


def test_each_queue_has_a_worker_and_videos_have_their_own():
    queues = {
        name: option.removeprefix("--queues=").split(",")
        for name in ("worker", "videos")
        for option in OURS[name]["command"]
        if option.startswith("--queues=")
    }
    assert queues["videos"] == ["video"]
    assert {*queues["worker"], *queues["videos"]} == set(QUEUES)


def test_there_is_one_clock():
    commands = [" ".join(service.get("command", [])) for service in OURS.values()]
    assert sum(" beat" in command for command in commands) == 1
    assert not any("-B" in command.split() for command in commands)


def test_the_servers_are_reached_under_their_names_and_only_from_inside():
    environment = OURS["web"]["environment"]
    assert "@postgres:5432/" in environment["DATABASE_URL"]
    assert environment["REDIS_URL"].startswith("redis://redis:6379/")
    assert environment["ELASTICSEARCH_URL"].endswith("http://elasticsearch:9200}")
    for name in SERVERS:
        assert "ports" not in COMPOSE["services"][name]


def test_the_store_is_the_one_of_the_tests_and_is_reached_by_browsers_too():
    store, environment = COMPOSE["services"]["store"], OURS["web"]["environment"]
    assert store["image"] == f"versity/versitygw:v{s3_build.version()}"
    port = next(each for each in store["command"] if each.startswith("--port=:"))[8:]
    assert environment["S3_ENDPOINT_URL"] == f"http://store:{port}"
    assert store["ports"] == [f"127.0.0.1:${{STORE_PORT:-9000}}:{port}"]
    there = environment["S3_PUBLIC_ENDPOINT_URL"]
    assert there == "${STORE_URL:-http://127.0.0.1:${STORE_PORT:-9000}}"
    assert environment["MEDIA_URL"] == f"{there}/{environment['S3_BUCKET']}/public/"
    assert store["environment"] == {
        "ROOT_ACCESS_KEY_ID": environment["S3_ACCESS_KEY"],
        "ROOT_SECRET_ACCESS_KEY": environment["S3_SECRET_KEY"],
    }
    assert environment["S3_SECRET_KEY"].startswith("${STORE_PASSWORD:?")  # no key that all know


def test_the_store_of_the_compose_file_starts_with_these_arguments(tmp_path):
    """On the program of the tests, of the same version: its folders and ports are ours here."""
    store = COMPOSE["services"]["store"]
    port = ports.free_port()
    here = {"--port=:7070": f"--port=127.0.0.1:{port}", "/data/files": f"{tmp_path}/files"}
    arguments = [
        here.get(each, each.replace("=/data/", f"={tmp_path}/")) for each in store["command"]
    ]
    for name in ("files", "metadata"):
        (tmp_path / name).mkdir()
    program = str(s3_build.install(s3_build.home()))
    keys = dict.fromkeys(store["environment"], "only-here")
    process = Process("store", [program, *arguments], log=tmp_path / "log", env=keys)
    with process:
        process.wait_until(lambda: s3.answers(port), seconds=20)
    health = next(each for each in arguments if each.startswith("--health="))[9:]
    assert store["healthcheck"]["test"][-1] == f"http://127.0.0.1:7070{health}"


def test_the_web_server_listens_where_it_is_looked_for():
    (port,) = instructions("EXPOSE")
    assert OURS["web"]["ports"] == [f"127.0.0.1:${{PORT:-8000}}:{port}"]
    assert f"GRANIAN_PORT={port}" in DOCKERFILE
    assert f"http://127.0.0.1:{port}/livez" in DOCKERFILE


def test_what_is_written_goes_to_a_volume():
    (volume,) = instructions("VOLUME")
    for name in ("MEDIA_ROOT", "MAIL_DIR", "BEAT_SCHEDULE"):
        assert f"{name}={volume}/" in DOCKERFILE
    assert OURS["web"]["volumes"] == [f"files:{volume}"]
    named = {
        mount.partition(":")[0]
        for each in COMPOSE["services"].values()
        for mount in each.get("volumes", [])
    }
    assert named == set(COMPOSE["volumes"])


def test_everything_waits_for_the_tables():
    for name in ("web", "worker", "videos", "beat"):
        assert OURS[name]["depends_on"]["migrate"] == {
            "condition": "service_completed_successfully"
        }
        assert OURS[name]["depends_on"]["bucket"] == {"condition": "service_completed_successfully"}
    assert OURS["migrate"]["depends_on"] == {"postgres": {"condition": "service_healthy"}}
    assert OURS["bucket"]["depends_on"] == {"store": {"condition": "service_healthy"}}


def test_packages_are_installed_as_locked_and_the_process_has_no_rights():
    assert "pip install --no-cache-dir --no-compile --require-hashes" in DOCKERFILE
    assert instructions("USER") == ["yafig"]


def test_a_task_may_finish_before_its_container_is_killed():
    patience = int(COMPOSE["services"]["worker"]["stop_grace_period"].removesuffix("s"))
    assert patience > settings.TASK_TIME_LIMIT


def test_the_checks_keep_the_s3_server_for_as_long_as_its_sources_are_the_same():
    steps = [step for step in CIRCLECI["jobs"]["test"]["steps"] if isinstance(step, dict)]
    caches = [step["save_cache"] for step in steps if "save_cache" in step]
    (kept,) = (each for each in caches if "s3-server" in each["key"])
    assert kept["key"] == 's3-server-{{ checksum "embedded/versitygw/go.sum" }}'
    assert (BASE / "embedded" / "versitygw" / "go.sum").exists()
    assert kept["paths"] == ["var"]
    restored = [key for step in steps for key in step.get("restore_cache", {}).get("keys", [])]
    assert kept["key"] in restored
    assert s3_build.home().parent == BASE / "var"


def test_the_checks_use_the_servers_that_the_system_uses():
    images = {each["image"] for each in CIRCLECI["jobs"]["test"]["docker"]}
    assert {COMPOSE["services"][name]["image"] for name in SERVERS} <= images


def test_elasticsearch_is_the_same_everywhere_and_what_is_kept_of_it_is_what_is_fetched():
    home = elasticsearch_jars.home()
    assert COMPOSE["services"]["elasticsearch"]["image"] == home.name.replace("-", ":")
    kept = [
        step["save_cache"] for step in CIRCLECI["jobs"]["test"]["steps"] if "save_cache" in step
    ]
    assert kept[-1]["paths"] == [str(home.relative_to(BASE))]
    assert str(elasticsearch_jars.SUMS.relative_to(BASE)) in kept[-1]["key"]
    for name in ("dev", "embedded", "search-server", "frontend"):
        assert f'checksum "requirements-{name}.txt"' in kept[0]["key"]


def test_elasticsearch_has_a_limit_and_nobody_waits_for_it():
    service = COMPOSE["services"]["elasticsearch"]
    assert "-Xmx512m" in service["environment"]["ES_JAVA_OPTS"]
    assert service["mem_limit"] == "1g"
    for each in OURS.values():
        assert "elasticsearch" not in each["depends_on"]


@pytest.mark.parametrize("target", ["check", "test"])
def test_the_checks_call_targets_of_the_makefile(target):
    commands = [
        step["run"]["command"] for step in CIRCLECI["jobs"]["test"]["steps"] if "run" in step
    ]
    assert any(command.startswith(f"make {target}") for command in commands)
    assert re.search(rf"^{target}:", (BASE / "Makefile").read_text(), re.MULTILINE)


def test_the_checks_run_what_the_readme_says():
    readme = (BASE / "README.md").read_text()
    block = re.search(r"^## Tests$.*?^```\w*\n(.*?)^```", readme, re.MULTILINE | re.DOTALL)
    assert block
    assert block[1] == "make test\n"
    assert "README.md" in (BASE / ".ci" / "run").read_text()
