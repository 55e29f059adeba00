"""What a child does to itself between fork and exec: tie its life to ours, and give up root.

PostgreSQL refuses to run as root. Started by root it becomes the owner of its folder, or `nobody`,
and keeps one capability: to pass folders that only root may enter, such as a checkout in root's
home. Nothing on the disk changes its mode for that.
"""

import ctypes
import os
import pwd
import signal
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

# Numbers of <linux/prctl.h> and <linux/capability.h>
PR_SET_PDEATHSIG = 1
PR_SET_KEEPCAPS = 8
PR_SET_SECUREBITS = 28
SECBIT_NO_SETUID_FIXUP = 1 << 2
PR_CAP_AMBIENT = 47
PR_CAP_AMBIENT_RAISE = 2
CAPABILITY_VERSION_3 = 0x20080522
CAP_DAC_OVERRIDE = 1

_libc = ctypes.CDLL(None) if sys.platform == "linux" else None


class _Header(ctypes.Structure):
    _fields_ = [("version", ctypes.c_uint32), ("pid", ctypes.c_int)]


class _Sets(ctypes.Structure):
    _fields_ = [(name, ctypes.c_uint32) for name in ("effective", "permitted", "inheritable")]


def instead_of_root(folder: Path) -> pwd.struct_passwd | None:
    """Whom a server of `folder` runs as when we are root; None when we are not."""
    if os.geteuid() != 0:
        return None
    owner = next(path for path in (folder, *folder.parents) if path.exists()).stat().st_uid
    if owner != 0:
        with suppress(KeyError):  # a number without a name, as in containers
            return pwd.getpwuid(owner)
    return pwd.getpwnam("nobody")


def in_child(parent_gone: signal.Signals, user: pwd.struct_passwd | None) -> Callable[[], None]:
    """A `preexec_fn`: `parent_gone` is the signal to get when the starting thread ends."""
    parent = os.getpid()

    def prepare() -> None:
        if user is not None:
            _become(user)
        if _libc is None:
            return
        _libc.prctl(PR_SET_PDEATHSIG, parent_gone)  # after the change of user, which clears it
        if os.getppid() != parent:
            os._exit(1)

    return prepare


def _become(user: pwd.struct_passwd) -> None:
    if _libc is not None:
        _libc.prctl(PR_SET_KEEPCAPS, 1)
        _libc.prctl(PR_SET_SECUREBITS, SECBIT_NO_SETUID_FIXUP)  # or access() forgets capabilities
    os.setgroups([])
    os.setgid(user.pw_gid)
    os.setuid(user.pw_uid)
    if _libc is not None:
        _keep_passing_folders(_libc)


def _keep_passing_folders(libc: ctypes.CDLL) -> None:
    """Where the container withholds the capability, the modes on the disk have to do."""
    capability = 1 << CAP_DAC_OVERRIDE
    sets = (_Sets * 2)(_Sets(capability, capability, capability), _Sets(0, 0, 0))
    libc.capset(ctypes.byref(_Header(CAPABILITY_VERSION_3, 0)), sets)
    libc.prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_RAISE, CAP_DAC_OVERRIDE, 0, 0)
