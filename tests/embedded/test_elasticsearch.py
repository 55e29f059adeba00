"""The embedded Elasticsearch: frozen, killed, started again on the same data; and its jars."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import httpx
import psutil
import pytest

from embedded import elasticsearch, elasticsearch_jars, ports
from embedded.home import Home
from embedded.installation import Installation
from embedded.processes import ServerError, is_alive
from embedded.supervisor import Supervisor
from tests.embedded.waiting import eventually

pytestmark = pytest.mark.xdist_group("embedded")
ROOT = Path(__file__).parents[2]

PARENT = """
import sys, time
from pathlib import Path
from embedded import elasticsearch
server = elasticsearch.Server(Path(sys.argv[1]), port=int(sys.argv[2]), durable=False)
server.start()
print(*(member.pid for member in server.family()), flush=True)
time.sleep(60)
"""


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    """One for all tests here: each leaves it running."""
    folder = tmp_path_factory.mktemp("elástico")  # Java minds accents in names of folders
    with elasticsearch.Server(folder / "node", durable=False, heap="256m") as server:
        yield server


@pytest.fixture
def jars(tmp_path):
    """A copy of what is installed, to spoil."""
    elasticsearch_jars.install(elasticsearch_jars.home())
    return Path(shutil.copytree(elasticsearch_jars.home(), tmp_path / "jars"))


def put(server, word):
    answer = httpx.put(
        f"{server.url}/words/_doc/{word}", params={"refresh": "true"}, json={"word": word}
    )
    assert answer.status_code == 201, answer.text


def search(server, word, **options):
    query = {"query": {"match": {"word": word}}}
    answer = httpx.post(f"{server.url}/words/_search", json=query, **options)
    return [hit["_id"] for hit in answer.json()["hits"]["hits"]]


def test_it_listens_on_loopback_only_with_a_capped_heap(server):
    listening = [
        connection.laddr.ip.removeprefix("::ffff:")
        for connection in psutil.Process(server.pid).net_connections()
        if connection.status == psutil.CONN_LISTEN
    ]
    stats = httpx.get(f"{server.url}/_nodes/stats/jvm").json()
    (node,) = stats["nodes"].values()

    assert listening == [ports.LOOPBACK] * 2  # http, and the transport of a cluster
    assert 240 << 20 < node["jvm"]["mem"]["heap_max_in_bytes"] <= 256 << 20
    assert 50e6 < server.memory < 900e6


def test_what_was_indexed_is_found_after_a_kill_on_the_same_address(server):
    put(server, "olá")
    before = server.url

    server.kill()
    assert not server.running
    assert "refused" in elasticsearch.why_silent(server.url)
    assert list((server.directory / "data").rglob("node.lock"))
    server.start()

    assert server.url == before
    assert search(server, "olá") == ["olá"]


def test_a_paused_one_is_silent_and_goes_on_when_resumed(server):
    put(server, "adeus")

    server.pause()
    with pytest.raises(httpx.ReadTimeout):
        search(server, "adeus", timeout=0.3)
    server.resume()

    assert search(server, "adeus") == ["adeus"]


def test_a_second_one_on_the_same_folder_is_refused_and_the_first_lives_on(server, tmp_path):
    second = elasticsearch.Server(
        server.directory, port=ports.free_port(), log=tmp_path / "log", durable=False
    )

    with pytest.raises(ServerError, match="failed to obtain node locks"):
        second.start()

    assert not second.running
    assert elasticsearch.why_silent(server.url) == ""


def test_a_kill_of_the_parent_leaves_no_process_and_a_stop_is_in_order(tmp_path):
    folder, port = tmp_path / "node", ports.free_port()
    command = [sys.executable, "-c", PARENT, str(folder), str(port)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as parent:
        assert parent.stdout
        members = [psutil.Process(int(pid)) for pid in parent.stdout.readline().split()]
        assert members
        assert elasticsearch.why_silent(f"http://{ports.LOOPBACK}:{port}") == ""

        parent.kill()

    assert eventually(lambda: not any(is_alive(member) for member in members), seconds=15)
    assert "closed" in (folder / "elasticsearch.log").read_text().splitlines()[-1]
    assert ports.is_free(port)


def test_a_server_that_lacks_an_index_or_does_not_exist_is_told_of(server):
    nowhere = {"index.routing.allocation.require._name": "nobody"}
    httpx.put(
        f"{server.url}/lost", params={"wait_for_active_shards": "0"}, json={"settings": nowhere}
    ).raise_for_status()

    assert elasticsearch.why_silent(server.url) == "its health is red."
    httpx.delete(f"{server.url}/lost").raise_for_status()
    assert elasticsearch.why_silent(server.url) == ""

    assert elasticsearch.why_silent(f"{server.url}/elsewhere") == "it answers with 400."
    assert "refused" in elasticsearch.why_silent(f"http://{ports.LOOPBACK}:{ports.free_port()}")
    assert elasticsearch.why_silent("http://[") != ""


def test_an_engine_that_is_not_known_is_refused_before_anything_starts(tmp_path, monkeypatch):
    monkeypatch.setenv("SEARCH", "solr")
    home = Home(tmp_path / "var")
    home.make()

    with pytest.raises(ServerError, match="postgres, elasticsearch, not 'solr'"):
        Installation(home, Supervisor(home.run)).start_servers()

    assert not (home.var / "postgres").exists()


def test_a_changed_a_foreign_and_a_missing_jar_are_refused(jars):
    elasticsearch_jars.check(jars)
    changed = next(jars.glob("lib/lucene-core-*.jar"))
    original = changed.read_bytes()

    changed.write_bytes(original + b"!")
    with pytest.raises(ServerError, match=r"lucene-core-.*\.jar is not the file"):
        elasticsearch_jars.install(jars)
    changed.write_bytes(original)

    (jars / "lib" / "stranger.jar").write_bytes(b"")
    with pytest.raises(ServerError, match=r"stranger\.jar is not the file"):
        elasticsearch_jars.install(jars)
    (jars / "lib" / "stranger.jar").unlink()

    changed.unlink()
    with pytest.raises(ServerError, match=r"lucene-core-.*\.jar is not the file"):
        elasticsearch_jars.install(jars)
    changed.write_bytes(original)

    next(jars.glob("modules/*/plugin-descriptor.properties")).unlink()
    with pytest.raises(ServerError, match=r"plugin-descriptor\.properties is not the file"):
        elasticsearch_jars.install(jars)


def test_without_a_network_nothing_is_installed_and_the_way_out_is_told(tmp_path, monkeypatch):
    monkeypatch.setenv("HTTPS_PROXY", f"http://{ports.LOOPBACK}:{ports.free_port()}")
    folder = tmp_path / "elasticsearch-0"

    with pytest.raises(ServerError) as refusal:
        elasticsearch_jars.install(folder)

    assert f"copy the folder {folder}" in str(refusal.value)
    assert "ELASTICSEARCH_URL" in str(refusal.value)
    assert {path.name for path in tmp_path.iterdir()} == {
        "elasticsearch-0.lock",
        "elasticsearch-0.log",
    }


def test_every_jar_is_named_once_by_version_and_hash():
    jars = elasticsearch_jars.named()

    assert jars[0].coordinates.startswith("org.elasticsearch:elasticsearch:9.")
    assert len({jar.place for jar in jars}) == len(jars) > 40
    assert {len(jar.sha256) for jar in jars} == {64}
    assert {jar.folder for jar in jars} == {"lib", "modules/transport-netty4"}


def test_the_child_gets_no_variable_of_ours_with_its_secrets(server):
    assert set(server.env) == {"JAVA_HOME", "LC_ALL", "PATH", "PYTHONPATH"}
    assert json.loads(server.command[-1])["settings"]["network.host"] == ports.LOOPBACK
