"""`make up`: everything on this machine, until Ctrl-C; and commands beside it, with its servers."""

import os
import sys
import time
from collections.abc import Callable, Sequence

from embedded import console, foreground, frontend, records
from embedded.home import Home, Instance
from embedded.installation import Installation
from embedded.interruption import Interruption
from embedded.processes import ServerError
from embedded.supervisor import Supervisor

LOOK_SECONDS = 0.3
PATIENCE_WITH_A_START = 120.0  # seconds to wait for an installation that is starting
INTERRUPTED = 130  # the shell's number for Ctrl-C

BANNER = """
Yafig runs.

  Site         {site}/
  API          {site}/docs
  Admin        {site}/admin/

  Moderator    make moderator            makes an account for the admin (in a second terminal)
  People       make demo PHOTOS=folder   fills the site with people and their photos
  Letters      {letters}
  Logs         {logs}
  Stop         Ctrl-C
"""


def up(home: Home) -> int:
    """Exit code 0 also when it runs already: that is what was asked for."""
    console.speak_on(sys.stdout)
    with home.locked() as alone:
        if alone:
            return guarded(home, keep_up)
    return tell_where(home)


def run(home: Home, command: Sequence[str], *, worker: bool) -> int:
    """Run `command` on the servers of the running site, or on servers for its duration."""
    with home.locked() as alone:
        if alone:
            return guarded(home, lambda parts: run_alone(parts, command, worker=worker))
    return foreground.run(command, env={**os.environ, **wait_for_site(home).environment})


def guarded(home: Home, work: Callable[[Installation], int]) -> int:
    """Do the work; whatever ends it, stop in order what was started here, and nothing else."""
    interruption = Interruption()
    interruption.install()
    supervisor = Supervisor(home.run)
    try:
        for name in records.end_leftovers(home.run):
            console.say(f"▸ Stopped {name}, left behind by a run that was killed")
        return work(Installation(home, supervisor))
    except KeyboardInterrupt:
        return INTERRUPTED
    except ServerError as error:
        console.say(f"\n{error}")
        return 1
    finally:
        interruption.shut_down()
        supervisor.stop(hurry=interruption.hurry)


def keep_up(parts: Installation) -> int:
    announce(parts, "make up", ready=False)
    parts.choose_address()
    parts.start_servers()
    parts.migrate()
    parts.collect_static()
    if "FRONTEND_ROOT" not in parts.chosen:
        frontend.build_if_possible(parts.home)
    parts.start_worker()
    parts.start_beat()
    parts.start_web()
    announce(parts, "make up", ready=True)
    logs = parts.home.var / "log"
    try:
        console.say(BANNER.format(site=parts.site, letters=parts.letters, logs=logs))
        while True:
            parts.supervisor.look()
            time.sleep(LOOK_SECONDS)
    except KeyboardInterrupt:
        console.say()
        return 0


def run_alone(parts: Installation, command: Sequence[str], *, worker: bool) -> int:
    announce(parts, " ".join(command), ready=False)
    parts.choose_address()
    parts.start_servers()
    parts.migrate()
    if worker:
        parts.start_worker()
    return foreground.run(command, env=parts.child_environment)


def announce(parts: Installation, command: str, *, ready: bool) -> None:
    parts.home.announce(
        Instance(
            pid=os.getpid(),
            command=command,
            ready=ready,
            site=parts.site,
            environment=parts.environment,
        )
    )


def tell_where(home: Home) -> int:
    instance = home.instance()
    if instance is None or not instance.ready:
        return tell_busy(instance)
    console.say(
        f"Yafig already runs at {instance.site}/ (process {instance.pid}). To stop it, press "
        f"Ctrl-C in its terminal, or: kill {instance.pid}"
    )
    return 0


def tell_busy(instance: Instance | None) -> int:
    who = f"`{instance.command}` (process {instance.pid})" if instance else "another command"
    console.say(f"{who} is using this folder and is not done yet. Wait for it, then try again.")
    return 1


def wait_for_site(home: Home) -> Instance:
    """The running site. Raises `SystemExit` when whoever holds the folder does not become one."""
    deadline = time.monotonic() + PATIENCE_WITH_A_START
    instance = home.instance()
    while instance is None or not instance.ready:
        if time.monotonic() > deadline or (instance and instance.command != "make up"):
            raise SystemExit(tell_busy(instance))
        time.sleep(LOOK_SECONDS)
        instance = home.instance()
    return instance
