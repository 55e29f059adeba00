"""`make up` as a whole, in a folder of its own: start, kill, start again, stop."""

import os
import subprocess
import sys
from pathlib import Path

import httpx
import psutil
import pytest

from embedded import ports
from embedded.home import ROOT
from embedded.processes import is_alive, wait_for_the_end

pytestmark = [
    pytest.mark.xdist_group("embedded"),
    pytest.mark.skipif((ROOT / ".env").exists(), reason=".env names servers that are in use"),
]


class Up:
    """A launcher on the folder `var`, seen by what it prints."""

    def __init__(self, var: Path, port: int) -> None:
        kept = {
            name: value
            for name, value in os.environ.items()
            if name not in {"DATABASE_URL", "REDIS_URL", "SITE_URL", "DJANGO_SETTINGS_MODULE"}
        }
        self.popen = subprocess.Popen(
            [sys.executable, "-m", "embedded", "--var", str(var), "up"],
            cwd=ROOT,
            env={
                **kept,
                "PORT": str(port),
                "GRANIAN_WORKERS": "1",
                "FRONTEND_ROOT": str(var / "pages"),  # somebody else's: nothing is built
            },
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )

    def wait_for(self, words: str) -> str:
        """All lines up to the one with `words`, or up to the end."""
        lines = []
        for line in self.popen.stdout or ():
            lines.append(line)
            if words in line:
                break
        return "".join(lines)

    def family(self):
        return psutil.Process(self.popen.pid).children(recursive=True)


def test_everything_starts_survives_a_kill_and_stops_in_order(tmp_path):
    port = ports.free_port()
    site = f"http://127.0.0.1:{port}"

    first = Up(tmp_path, port)
    shown = first.wait_for("Ctrl-C")
    assert f"Site         {site}/" in shown, shown
    assert httpx.get(f"{site}/readyz", timeout=5).status_code == 200
    left = first.family()
    assert len(left) > 6

    second = Up(tmp_path, port)
    assert f"already runs at {site}/" in second.wait_for("kill")
    assert second.popen.wait(10) == 0

    first.popen.kill()
    assert wait_for_the_end(left, seconds=15), [process.cmdline() for process in left]

    third = Up(tmp_path, port)
    assert f"Site         {site}/" in third.wait_for("Ctrl-C")
    left = third.family()
    third.popen.terminate()
    shown = third.wait_for("Stopping PostgreSQL")
    stopped = [line.split()[2] for line in shown.splitlines() if "Stopping" in line]
    assert stopped == ["web", "beat", "videos", "worker", "Redis", "PostgreSQL"]
    assert third.popen.wait(10) == 0
    assert not any(is_alive(process) for process in left)
