"""
The kernel's Landlock, by its three system calls: standard library only.

It says which files a process may open and, from its own side, whom it may signal. What it does not cover (modes
and owners of files, sockets by path, datagrams, the limits of other processes) `seccomp.alone` has to refuse.
"""

from __future__ import annotations

import ctypes
import os
import stat
import struct
import sys
from collections.abc import Iterable
from typing import Final

__all__ = ["LEAST", "abi", "handled", "restrict", "rights"]

# Linux 6.2: before it, a file could be emptied by whoever may not write to it
LEAST: Final = 3

CREATE_RULESET: Final = 444
ADD_RULE: Final = 445
RESTRICT_SELF: Final = 446
ASK_VERSION: Final = 1
PATH_BENEATH: Final = 1

WRITE_FILE: Final = 1 << 1
READ_FILE: Final = 1 << 2
READ_FOLDER: Final = 1 << 3
MAKE_CHARACTER_DEVICE: Final = 1 << 6
MAKE_SOCKET: Final = 1 << 9
MAKE_BLOCK_DEVICE: Final = 1 << 11
TRUNCATE: Final = 1 << 14
# EXECUTE to MAKE_SYM are of version 1, then REFER, TRUNCATE, and in version 5 IOCTL_DEV
FILES: Final = {3: (1 << 15) - 1, 5: (1 << 16) - 1}
# version 4: to bind and to connect by TCP
NETWORK: Final = {4: 0b11}
# version 6: sockets by abstract name, signals
SCOPES: Final = {6: 0b11}

READ: Final = READ_FILE | READ_FOLDER
# what a single file can be allowed; the rest is of folders
OF_A_FILE: Final = 1 | WRITE_FILE | READ_FILE | TRUNCATE
# no program can be started in it, and no device or socket made
OWN: Final = FILES[3] & ~(1 | MAKE_CHARACTER_DEVICE | MAKE_SOCKET | MAKE_BLOCK_DEVICE)
# a process may look at itself and at what the machine can do
PROC: Final = ("/proc/self", "/proc/cpuinfo", "/proc/meminfo")
DEVICES: Final = {
    "null": READ_FILE | WRITE_FILE | TRUNCATE,
    "zero": READ_FILE,
    "random": READ_FILE,
    "urandom": READ_FILE,
}

_libc = ctypes.CDLL(None, use_errno=True)


def _call(number: int, *arguments: int | bytes | None) -> int:
    given = [ctypes.c_ulong(a) if isinstance(a, int) else ctypes.c_char_p(a) for a in arguments]
    return int(_libc.syscall(ctypes.c_long(number), *given))


def _checked(result: int, what: str) -> int:
    if result < 0:
        number = ctypes.get_errno()
        raise OSError(number, f"{what}: {os.strerror(number)}")
    return result


def abi() -> int:
    """The version that this kernel has; 0 where it has none."""
    if sys.platform != "linux":
        return 0
    return max(0, _call(CREATE_RULESET, None, 0, ASK_VERSION))


def handled(version: int) -> tuple[int, int, int]:
    """What a kernel of *version* can forbid: the bits of `landlock_ruleset_attr` for files, network and scopes."""

    def newest(table: dict[int, int]) -> int:
        return max((bits for since, bits in table.items() if since <= version), default=0)

    return newest(FILES), newest(NETWORK), newest(SCOPES)


def rights(wanted: int, mode: int) -> int:
    """The part of *wanted* that the kernel takes for a file of *mode* (`st_mode`)."""
    return wanted if stat.S_ISDIR(mode) else wanted & OF_A_FILE


def restrict(readable: Iterable[str], own: str) -> None:
    """
    Keep the calling thread, and all that it will start, to some files; `no_new_privs` must be set.

    Args:
        readable: files and folders that may be read, with all below; one that can't be opened is passed over.
        own: the folder in which nearly everything is allowed.

    Raises:
        OSError: the kernel has no Landlock, or one of before `LEAST`.
    """
    version = abi()
    if version < LEAST:
        raise OSError(f"Landlock of version {LEAST} is needed, and the kernel has {version}")
    attributes = struct.pack("QQQ", *handled(version))
    # an older kernel wants the shorter structure of its time
    size = 24 if version >= 6 else 16 if version >= 4 else 8
    ruleset = _checked(_call(CREATE_RULESET, attributes[:size], size, 0), "landlock_create_ruleset")
    try:
        _allow(ruleset, own, OWN)
        for path in (*readable, *PROC):
            _allow(ruleset, path, READ)
        for name, wanted in DEVICES.items():
            _allow(ruleset, f"/dev/{name}", wanted)
        _checked(_call(RESTRICT_SELF, ruleset, 0), "landlock_restrict_self")
    finally:
        os.close(ruleset)


def _allow(ruleset: int, path: str, wanted: int) -> None:
    try:
        descriptor = os.open(path, os.O_PATH | os.O_CLOEXEC)
    except (FileNotFoundError, PermissionError):
        return
    try:
        rule = struct.pack("=Qi", rights(wanted, os.fstat(descriptor).st_mode), descriptor)
        _checked(_call(ADD_RULE, ruleset, PATH_BENEATH, rule, 0), f"landlock_add_rule {path}")
    finally:
        os.close(descriptor)
