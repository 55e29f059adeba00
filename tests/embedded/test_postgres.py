"""The embedded PostgreSQL: its data survive every kind of end, and nobody gets in by accident."""

import os

import psycopg
import pytest

from embedded import ports, postgres, processes
from tests.embedded.waiting import eventually

pytestmark = pytest.mark.xdist_group("embedded")


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    """One for all tests here: each leaves it running, and no table behind."""
    folder = tmp_path_factory.mktemp("postgres")
    with postgres.Server(folder / "data", durable=False, max_connections=20) as server:
        yield server


def ask(url, question):
    with psycopg.connect(url, autocommit=True) as connection:
        return connection.execute(question).fetchone()


def keep_a_row(server):
    with psycopg.connect(server.url) as connection:
        connection.execute("CREATE TABLE kept (word text)")
        connection.execute("INSERT INTO kept VALUES ('olá')")


def test_the_application_may_create_databases_but_is_no_superuser(server):
    found = ask(
        server.url,
        "SELECT current_database(), rolcreatedb, rolsuper, lower('ÄÉ'), current_setting('fsync')"
        " FROM pg_roles WHERE rolname = current_user",
    )

    assert found == ("yafig", True, False, "äé", "off")
    assert ask(server.url, "SHOW max_connections") == ("20",)


def test_it_listens_on_loopback_only_and_wants_its_password(server):
    wrong = server.url.replace(":", ":x", 2).replace(":x//", "://")

    superuser = server.url_as(postgres.SUPERUSER, "postgres")
    assert ask(superuser, "SHOW listen_addresses") == ("127.0.0.1",)
    assert ask(superuser, "SHOW unix_socket_directories") == ("",)
    assert "password authentication failed" in postgres.why_silent(wrong)


def test_a_second_start_finds_the_data_on_the_same_port(server):
    keep_a_row(server)
    before = server.url

    server.stop()
    assert not server.running
    server.start()

    assert server.url == before
    assert ask(server.url, "DELETE FROM kept RETURNING word") == ("olá",)


def test_starting_what_runs_changes_nothing(server):
    pid = server.pid

    server.start()

    assert server.pid == pid


def test_it_comes_back_after_a_kill_even_if_its_number_is_taken_since(tmp_path):
    written = {"synchronous_commit": "on"}  # at least to the system, if not to the disk
    with postgres.Server(tmp_path / "postgres", durable=False, options=written) as server:
        keep_a_row(server)
        server.kill()
        lock = server.directory / "postmaster.pid"
        lines = lock.read_text().splitlines()
        lock.write_text("\n".join([str(os.getpid()), *lines[1:]]) + "\n")  # a living stranger

        server.start()

        assert ask(server.url, "SELECT word FROM kept") == ("olá",)


def test_a_second_server_on_the_same_folder_is_refused_and_the_first_lives_on(server):
    second = postgres.Server(server.directory, durable=False)

    with pytest.raises(processes.ServerError, match=f"already runs .* {server.pid}"):
        second.start()

    assert ask(server.url, "SELECT 1") == (1,)


def test_a_busy_port_is_told_of(server, tmp_path):
    second = postgres.Server(tmp_path / "postgres", port=server.port, durable=False)

    with pytest.raises(processes.ServerError, match="Address already in use"):
        second.start()

    assert not second.running


def test_a_set_port_is_used_and_what_a_kill_during_the_first_start_left_is_not(tmp_path):
    port = ports.free_port()
    (tmp_path / "postgres.new").mkdir()
    (tmp_path / "postgres.new" / "PG_VERSION").write_text("18\n")

    with postgres.Server(tmp_path / "postgres", port=port, durable=False) as server:
        assert f":{port}/" in server.url
        assert ask(server.url, "SELECT 1") == (1,)

    assert not (tmp_path / "postgres.new").exists()
    assert oct((server.directory / postgres.PASSWORD_FILE).stat().st_mode)[-3:] == "600"


def test_pausing_freezes_it_with_its_sessions(server):
    with psycopg.connect(server.url) as connection:
        connection.execute("SELECT 1")
        members = server.family()

        server.pause()
        assert eventually(lambda: {member.status() for member in members} == {"stopped"})
        server.resume()

        assert connection.execute("SELECT 2").fetchone() == (2,)


def test_stopping_ends_open_sessions_without_a_crash(server):
    connection = psycopg.connect(server.url, autocommit=True)

    server.stop()

    with pytest.raises(psycopg.OperationalError):
        connection.execute("SELECT 1")
    assert server.popen.returncode == 0
    assert "database system is shut down" in server.last_words()
    server.start()
