"""The embedded Redis: frozen, killed and started again on the same address."""

import pytest
from redis import Redis
from redis.backoff import NoBackoff
from redis.exceptions import AuthenticationError, TimeoutError
from redis.retry import Retry

from embedded import ports, redis

pytestmark = pytest.mark.xdist_group("embedded")


@pytest.fixture
def server(tmp_path):
    with redis.Server(tmp_path / "redis", durable=False) as server:
        yield server


def client(server):
    return Redis.from_url(server.url, socket_timeout=0.2, decode_responses=True)


def test_it_wants_its_password_which_no_command_line_shows(server):
    with pytest.raises(AuthenticationError):
        Redis(port=server.port, retry=Retry(NoBackoff(), 0)).ping()

    assert client(server).ping()
    assert server.password not in " ".join(server.command)
    assert oct((server.directory / "redis.conf").stat().st_mode)[-3:] == "600"


def test_it_listens_on_loopback_only(server):
    assert client(server).config_get("bind") == {"bind": ports.LOOPBACK}


def test_a_durable_one_keeps_its_data_over_a_kill(tmp_path):
    with redis.Server(tmp_path / "redis") as server:
        client(server).set("word", "olá")
        address = server.url

        server.kill()
        assert not server.running
        assert "Connection refused" in redis.why_silent(server.url)
        server.start()

        assert server.url == address
        assert client(server).get("word") == "olá"


def test_another_one_forgets(server):
    client(server).set("word", "olá")

    server.stop()
    server.start()

    assert client(server).get("word") is None


def test_a_paused_one_is_silent_and_goes_on_when_resumed(server):
    connected = client(server)
    connected.set("word", "olá")

    server.pause()
    with pytest.raises(TimeoutError):
        connected.get("word")
    server.resume()

    assert connected.get("word") == "olá"


def test_a_paused_one_can_be_stopped_and_killed(server):
    server.pause()
    server.stop()
    assert not server.running

    server.start()
    server.pause()
    server.kill()
    assert not server.running


def test_a_set_port_is_used(tmp_path):
    port = ports.free_port()

    with redis.Server(tmp_path / "redis", port=port, durable=False) as server:
        assert server.url.endswith(f"@127.0.0.1:{port}/0")
        assert not ports.is_free(port)
    assert ports.is_free(port)


def test_free_ports_lie_below_those_of_outgoing_connections():
    assert all(ports.FIRST <= ports.free_port() <= ports.LAST < 32_768 for _ in range(50))
