"""A real S3 server for the tests: versitygw, which enforces signatures, policies and sessions.

Two processes on loopback: one that knows users, roles and their policies, and the gateway to a
folder of files, which asks the first about every request. It keeps nothing that matters.
"""

import json
import os
import secrets
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from http import HTTPStatus
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from typing import Self
from urllib.parse import urlencode, urlsplit

from embedded import ports, s3_build
from embedded.processes import Process, ServerError

REGION = "eu-central-1"
START_SECONDS = 30.0
TRIES = 3  # another program may take the free port between our look and its use
HEALTH = "/healthz"
# Named from where each of them works: the path of a socket may have 107 characters.
SOCKET, SOCKET_FROM_DATA = "./iam.sock", "../iam.sock"


@dataclass(frozen=True, kw_only=True)
class Session:
    """Temporary credentials of a role, as a token service hands them out."""

    access_key: str
    secret_key: str
    token: str
    expires_at: datetime


class Server:
    """Ports, keys and data are kept over `stop`, `kill` and `start`."""

    def __init__(self, directory: Path) -> None:
        self.directory = directory.absolute()
        self.access_key = "root"
        self.secret_key = secrets.token_urlsafe(24)
        self.people = Process("S3 accounts", [], log=self.directory / "iam.log", cwd=self.directory)
        self.gateway = Process("S3", [], log=self.directory / "s3.log", cwd=self.directory)
        self.iam_port: int | None = None
        self.port: int | None = None

    @property
    def endpoint(self) -> str:
        """Where S3 is spoken."""
        return f"http://{ports.LOOPBACK}:{self.port}"

    @property
    def url(self) -> str:
        """All that a test has to know, in one variable: `Address.of` reads it."""
        known = urlencode({"iam": self.iam_port, "region": REGION})
        place = f"{ports.LOOPBACK}:{self.port}"
        return f"http://{self.access_key}:{self.secret_key}@{place}/?{known}"

    @property
    def running(self) -> bool:
        return self.people.running and self.gateway.running

    def start(self) -> None:
        """Start what does not run. Raises `ServerError`."""
        for name in ("iam", "data", "metadata"):
            (self.directory / name).mkdir(parents=True, exist_ok=True)
        self.iam_port = self._start(self.people, self.iam_port, self._accounts())
        self.port = self._start(self.gateway, self.port, self._files())

    def _accounts(self) -> Sequence[str]:
        return ("iam", "--dir", str(self.directory / "iam"), "--private-ports", SOCKET)

    def _files(self) -> Sequence[str]:
        # Beside the files, because not every file system keeps attributes of a file.
        metadata = str(self.directory / "metadata")
        accounts = ("--iam-standalone-endpoint", SOCKET_FROM_DATA)
        return (*accounts, "posix", "--sidecar", metadata, str(self.directory / "data"))

    def _start(self, process: Process, fixed: int | None, arguments: Sequence[str]) -> int:
        """The port on which it answers; `fixed` is the one that it had before."""
        if process.running and fixed is not None:
            return fixed
        program = s3_build.install(s3_build.home())
        for attempt in range(TRIES):
            port = fixed or ports.free_port()
            process.command = [
                *(str(program), "--health", HEALTH, "--region", REGION),
                *("--port", f"{ports.LOOPBACK}:{port}", "--keep-alive", *arguments),
            ]
            process.env = {
                "PATH": os.environ.get("PATH", ""),
                # Not on the command line, which is for everybody to see.
                "ROOT_ACCESS_KEY_ID": self.access_key,
                "ROOT_SECRET_ACCESS_KEY": self.secret_key,
            }
            try:
                process.launch()
                process.wait_until(partial(answers, port), seconds=START_SECONDS)
            except ServerError:
                process.kill()
                if fixed or attempt == TRIES - 1:
                    raise
            else:
                return port
        raise AssertionError

    def lend(self, role: str, *, seconds: float) -> Session:
        """Temporary credentials of `role`, which the server takes for so long and no longer.

        They are written into the accounts while nobody works on them. The server's own door to
        such sessions asks an identity provider, and refuses one on loopback.
        """
        self.people.stop()
        path = self.directory / "iam" / "iam.json"
        accounts = json.loads(path.read_text())
        owner = accounts["roles"][role]
        session = Session(
            access_key="ASIA" + secrets.token_hex(8).upper(),
            secret_key=secrets.token_urlsafe(30),
            token=secrets.token_urlsafe(90),
            expires_at=datetime.now(UTC) + timedelta(seconds=seconds),
        )
        accounts["sessions"][session.access_key] = {
            "accessKeyId": session.access_key,
            "secretAccessKey": session.secret_key,
            "sessionToken": session.token,
            "roleArn": owner["Arn"],
            "roleName": owner["RoleName"],
            "roleId": owner["RoleID"],
            "roleSessionName": "yafig",
            "createDate": datetime.now(UTC).isoformat(),
            "expiration": session.expires_at.isoformat(),
        }
        path.write_text(json.dumps(accounts))
        self.start()
        return session

    def stop(self) -> None:
        with ExitStack() as stack:
            stack.callback(self.people.stop)
            self.gateway.stop()

    def kill(self) -> None:
        with ExitStack() as stack:
            stack.callback(self.people.kill)
            self.gateway.kill()

    def pause(self) -> None:
        """Freeze it: connections stay open and nobody answers."""
        self.gateway.pause()

    def resume(self) -> None:
        self.gateway.resume()

    def __enter__(self) -> Self:
        try:
            self.start()
        except BaseException:
            self.kill()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()


def answers(port: int) -> bool:
    """Whether one of the two says on `port` that it is well."""
    connection = HTTPConnection(ports.LOOPBACK, port, timeout=5)
    try:
        connection.request("GET", HEALTH)
        return connection.getresponse().status == HTTPStatus.OK
    except (OSError, HTTPException):
        return False
    finally:
        connection.close()


@dataclass(frozen=True, kw_only=True)
class Address:
    """A running server, as whoever owns it reaches it."""

    endpoint: str
    iam_endpoint: str
    access_key: str
    secret_key: str
    region: str

    @classmethod
    def of(cls, url: str) -> Self:
        """Out of `Server.url`."""
        place = urlsplit(url)
        known = dict(pair.split("=") for pair in place.query.split("&"))
        host = place.hostname or ports.LOOPBACK
        return cls(
            endpoint=f"http://{host}:{place.port}",
            iam_endpoint=f"http://{host}:{known['iam']}",
            access_key=place.username or "",
            secret_key=place.password or "",
            region=known["region"],
        )
