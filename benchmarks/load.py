"""Requests over kept-alive connections, and the processor time that a family of processes used."""

import socket
import threading
import time
from collections.abc import Sequence

import psutil


class Connection:
    """One HTTP/1.1 connection that sends the same request again and again."""

    def __init__(self, port: int, path: str, token: str = "") -> None:
        self.socket = socket.create_connection(("127.0.0.1", port), timeout=10)
        authorization = f"Authorization: Bearer {token}\r\n" if token else ""
        self.request = (
            f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n{authorization}"
            "Accept: application/json\r\n\r\n"
        ).encode()
        self.buffer = b""

    def get(self) -> bytes:
        """The body of a 200."""
        self.socket.sendall(self.request)
        head, body = self._head()
        lines = head.decode("latin-1").lower().split("\r\n")
        assert lines[0].split()[1] == "200", head + body
        length = next(int(line[15:]) for line in lines if line.startswith("content-length:"))
        while len(body) < length:
            body += self.socket.recv(65536)
        return body

    def _head(self) -> tuple[bytes, bytes]:
        data = b""
        while b"\r\n\r\n" not in data:
            data += self.socket.recv(65536)
        head, _, body = data.partition(b"\r\n\r\n")
        return head, body


def send(connections: Sequence[Connection], each: int) -> None:
    """`each` requests on every connection, all connections at the same time."""

    def run(connection: Connection) -> None:
        for _ in range(each):
            connection.get()

    threads = [threading.Thread(target=run, args=(one,)) for one in connections]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def cpu_seconds(*pids: int) -> float:
    """User and system time of these processes and of all that they started, ended or not."""
    time.sleep(0.2)  # for what is just ending to have ended
    total = 0.0
    for pid in pids:
        leader = psutil.Process(pid)
        for process in [leader, *leader.children(recursive=True)]:
            times = process.cpu_times()
            total += times.user + times.system
            total += times.children_user + times.children_system  # of those that have ended
    return total
