"""Run as a program: locks itself into a folder, takes limits upon itself, becomes another program.

`python -I -S confinement.py LIMITS PROGRAM ARGUMENT…`, from the folder. Afterwards there are no
sockets, no files but those of the folder and of the system's programs, and an end to memory, time
and sizes, all without being root. Imports nothing of ours, and leaves out what a kernel does not
offer: Landlock is there since Linux 5.13, seccomp everywhere, and macOS has neither.
"""

import contextlib
import ctypes
import json
import os
import platform
import resource
import signal
import struct
import sys

NICENESS = 10
NOT_STARTED = 126  # the shell's number for a program that cannot be run
OPEN_FILES = 64
READABLE = ("/usr", "/lib", "/lib64", "/etc/ld.so.cache", "/dev/null", "/dev/zero", "/dev/urandom")

_PR_SET_PDEATHSIG, _PR_SET_NO_NEW_PRIVS, _PR_SET_SECCOMP = 1, 38, 22
_SECCOMP_MODE_FILTER = 2
# Audit architecture, and the numbers of socket, socketpair, connect, io_uring_setup; of ptrace,
# process_vm_writev and kill; and of setsid and setpgid, by which one would leave its group.
_KERNELS = {
    "x86_64": (0xC000003E, (41, 53, 42, 425, 101, 311, 62, 112, 109)),
    "aarch64": (0xC00000B7, (198, 199, 203, 425, 117, 271, 129, 157, 154)),
}
_KILL, _ALLOW, _REFUSE = 0x80000000, 0x7FFF0000, 0x00050000 | 13  # EACCES
_LOAD, _EQUAL, _AT_LEAST, _RETURN = 0x20, 0x15, 0x35, 0x06
_X32 = 0x40000000

_LANDLOCK_CREATE, _LANDLOCK_ADD, _LANDLOCK_RESTRICT = 444, 445, 446
# Rights on files by the version that brought them: https://docs.kernel.org/userspace-api/landlock.html
_RIGHTS = {1: (1 << 13) - 1, 2: (1 << 14) - 1, 3: (1 << 15) - 1}
_EXECUTE, _WRITE, _READ, _LIST, _TRUNCATE = 1 << 0, 1 << 1, 1 << 2, 1 << 3, 1 << 14
_REMOVE, _MAKE = 1 << 5, 1 << 8  # files


def main() -> None:
    limits, program, *arguments = sys.argv[1:]
    os.nice(NICENESS)
    _limit(**json.loads(limits))
    if sys.platform == "linux":
        _lock_up(program)
    environment = {"PATH": "/usr/bin:/bin", "HOME": ".", "TMPDIR": ".", "LC_ALL": "C"}
    try:
        os.execve(program, [program, *arguments], environment)  # noqa: S606 -- what it is for
    except OSError as error:
        sys.stderr.write(f"{error}\n")
        sys.exit(NOT_STARTED)


def _limit(*, memory: int, seconds: int, size: int) -> None:
    """`memory` and `size` of a file in bytes, `seconds` of a processor."""
    wanted = {
        resource.RLIMIT_AS: memory,
        resource.RLIMIT_CPU: seconds,
        resource.RLIMIT_FSIZE: size,
        resource.RLIMIT_NOFILE: OPEN_FILES,
        resource.RLIMIT_CORE: 0,
    }
    for kind, value in wanted.items():
        _, most = resource.getrlimit(kind)
        limit = value if most == resource.RLIM_INFINITY else min(value, most)
        with contextlib.suppress(ValueError, OSError):  # macOS knows no limit of memory
            resource.setrlimit(kind, (limit, limit))


def _lock_up(program: str) -> None:
    libc = ctypes.CDLL(None, use_errno=True)
    libc.prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
    if os.getppid() == 1:  # whoever started this died before it was asked for
        sys.exit(1)
    libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
    _hide_files(libc, program)
    _refuse_sockets(libc)


def _hide_files(libc: ctypes.CDLL, program: str) -> None:
    """Landlock: this folder to read and write, the system's programs to read and run."""
    version = libc.syscall(_LANDLOCK_CREATE, None, 0, 1)
    if version < 1:
        return
    rights = _RIGHTS[min(version, 3)]
    handled = struct.pack("=Q", rights)
    rules = libc.syscall(_LANDLOCK_CREATE, handled, len(handled), 0)
    if rules < 0:
        return
    writing = _READ | _WRITE | _LIST | _REMOVE | _MAKE | (_TRUNCATE & rights)
    _open(libc, rules, ".", writing)
    for path in (*READABLE, program):
        _open(libc, rules, path, _READ | _LIST | _EXECUTE)
    libc.syscall(_LANDLOCK_RESTRICT, rules, 0)
    os.close(rules)


def _open(libc: ctypes.CDLL, rules: int, path: str, rights: int) -> None:
    try:
        place = os.open(path, os.O_PATH | os.O_CLOEXEC)
    except FileNotFoundError:
        return
    if not os.path.isdir(path):  # noqa: PTH112 -- pathlib takes a third of the start
        rights &= _EXECUTE | _READ | _WRITE
    libc.syscall(_LANDLOCK_ADD, rules, 1, struct.pack("=Qi", rights, place), 0)
    os.close(place)


def _refuse_sockets(libc: ctypes.CDLL) -> None:
    """Seccomp: whoever asks for a socket, or reaches for others, gets "permission denied"."""
    kernel = _KERNELS.get(platform.machine())
    if kernel is None:
        return
    architecture, refused = kernel
    steps = [
        (_LOAD, 0, 0, 4),
        (_EQUAL, 1, 0, architecture),
        (_RETURN, 0, 0, _KILL),
        (_LOAD, 0, 0, 0),
        (_AT_LEAST, len(refused) + 1, 0, _X32),
        *((_EQUAL, len(refused) - i, 0, number) for i, number in enumerate(refused)),
        (_RETURN, 0, 0, _ALLOW),
        (_RETURN, 0, 0, _REFUSE),
    ]
    code = b"".join(struct.pack("=HBBI", *step) for step in steps)
    buffer = ctypes.create_string_buffer(code)
    program = struct.pack("@HP", len(steps), ctypes.addressof(buffer))
    libc.prctl(_PR_SET_SECCOMP, _SECCOMP_MODE_FILTER, program, 0, 0)


if __name__ == "__main__":
    main()
