"""
The filter of system calls that a child puts on before any student code: standard library only.

A list of what is refused, not of what is allowed: TensorFlow needs most of the rest, and what it needs changes
with every release. Numbers are from the kernel's `arch/x86/entry/syscalls/syscall_64.tbl` and
`include/uapi/asm-generic/unistd.h` (aarch64); above 423 they are the same everywhere.
"""

from __future__ import annotations

import ctypes
import errno
import os
import platform
import struct
import sys
from typing import Final

from . import alone

__all__ = ["UnknownMachineError", "install", "program"]

PR_SET_SECCOMP: Final = 22
SECCOMP_MODE_FILTER: Final = 2
KILL: Final = 0x8000_0000
REFUSE: Final = 0x0005_0000
ALLOW: Final = 0x7FFF_0000

LOAD: Final = 0x20  # BPF_LD | BPF_W | BPF_ABS
EQUAL: Final = 0x15  # BPF_JMP | BPF_JEQ | BPF_K
AT_LEAST: Final = 0x35  # BPF_JMP | BPF_JGE | BPF_K
ANY_BIT: Final = 0x45  # BPF_JMP | BPF_JSET | BPF_K
MASK: Final = 0x54  # BPF_ALU | BPF_AND | BPF_K
RETURN: Final = 0x06

# offsets in struct seccomp_data
NUMBER: Final = 0
ARCHITECTURE: Final = 4
ARGUMENT_0: Final = 16
ARGUMENT_1: Final = 24
ARGUMENT_3: Final = 40

X32_BIT: Final = 0x4000_0000
# NEWTIME, NEWNS, NEWCGROUP, NEWUTS, NEWIPC, NEWUSER, NEWPID, NEWNET
THREAD: Final = 0x1_0000
NEW_NAMESPACES: Final = 0x80 | 0x2_0000 | 0x200_0000 | 0x400_0000 | 0x800_0000 | 0x1000_0000 | 0x2000_0000 | 0x4000_0000
SHARED_ANONYMOUS: Final = 0x01 | 0x20

# name -> (x86_64, aarch64); None where that machine has no such call
REFUSED: Final[dict[str, tuple[int | None, int | None]]] = {
    # sockets: no session has a network, and a path may lead to a service outside (socketpair stays)
    "socket": (41, 198),
    "connect": (42, 203),
    "bind": (49, 200),
    "listen": (50, 201),
    "accept": (43, 202),
    "accept4": (288, 242),
    # other processes and their memory
    "ptrace": (101, 117),
    "process_vm_readv": (310, 270),
    "process_vm_writev": (311, 271),
    "process_madvise": (440, 440),
    "pidfd_getfd": (438, 438),
    "kcmp": (312, 272),
    # name spaces and the tree of mounts
    "unshare": (272, 97),
    "setns": (308, 268),
    "mount": (165, 40),
    "umount2": (166, 39),
    "pivot_root": (155, 41),
    "chroot": (161, 51),
    "open_tree": (428, 428),
    "move_mount": (429, 429),
    "fsopen": (430, 430),
    "fsconfig": (431, 431),
    "fsmount": (432, 432),
    "fspick": (433, 433),
    "mount_setattr": (442, 442),
    "name_to_handle_at": (303, 264),
    "open_by_handle_at": (304, 265),
    # parts of the kernel in which holes were found, and that no student needs
    "bpf": (321, 280),
    "perf_event_open": (298, 241),
    "userfaultfd": (323, 282),
    "add_key": (248, 217),
    "request_key": (249, 218),
    "keyctl": (250, 219),
    "io_uring_setup": (425, 425),
    "io_uring_enter": (426, 426),
    "io_uring_register": (427, 427),
    "modify_ldt": (154, None),
    "personality": (135, 92),
    "lookup_dcookie": (212, 18),
    "vmsplice": (278, 75),
    # memory that the limit of private memory does not count
    "memfd_create": (319, 279),
    "memfd_secret": (447, 447),
    "shmget": (29, 194),
    "shmat": (30, 196),
    "msgget": (68, 186),
    "semget": (64, 190),
    "mq_open": (240, 180),
    "remap_file_pages": (216, 234),
    # more of the machine than its share
    "sched_setaffinity": (203, 122),
    "sched_setscheduler": (144, 119),
    "sched_setattr": (314, 274),
    "mlock": (149, 228),
    "mlock2": (325, 284),
    "mlockall": (151, 230),
    # the machine itself
    "reboot": (169, 142),
    "swapon": (167, 224),
    "swapoff": (168, 225),
    "sethostname": (170, 161),
    "setdomainname": (171, 162),
    "init_module": (175, 105),
    "finit_module": (313, 273),
    "delete_module": (176, 106),
    "kexec_load": (246, 104),
    "kexec_file_load": (320, 294),
    "acct": (163, 89),
    "quotactl": (179, 60),
    "quotactl_fd": (443, 443),
    "syslog": (103, 116),
    "settimeofday": (164, 170),
    "clock_settime": (227, 112),
    "clock_adjtime": (305, 266),
    "adjtimex": (159, 171),
    "vhangup": (153, 58),
    "iopl": (172, None),
    "ioperm": (173, None),
}
# glibc falls back to clone, whose flags the filter can see, when clone3 is said not to exist
CLONE3: Final = 435
# machine -> (AUDIT_ARCH, column of REFUSED, clone, mmap)
MACHINES: Final = {"x86_64": (0xC000_003E, 0, 56, 9), "aarch64": (0xC000_00B7, 1, 220, 222)}


class UnknownMachineError(OSError):
    """No table of system calls for this machine: better no session than one without the filter."""


def _step(code: int, value: int, when_true: int = 0, when_false: int = 0) -> bytes:
    return struct.pack("HBBI", code, when_true, when_false, value)


def _refuse(number: int) -> bytes:
    return _step(RETURN, REFUSE | number)


def _fenced(column: int, clone: int, process: int) -> list[bytes]:
    """More steps, for a child that no name space surrounds; its number is *process*."""
    steps = []
    for table, how in ((alone.REFUSED, errno.EPERM), (alone.IGNORED, 0), (alone.UNKNOWN, errno.ENOSYS)):
        for row in table.values():
            if (number := row[column]) is not None:
                steps += [_step(EQUAL, number, 0, 1), _refuse(how)]
    steps += [
        _step(EQUAL, clone, 0, 4),
        _step(LOAD, ARGUMENT_0),
        _step(ANY_BIT, THREAD, 1, 0),
        _refuse(errno.EPERM),
        _step(LOAD, NUMBER),
    ]
    for name, row in alone.OWN_PROCESS.items():
        own = (process, 0) if name == "prlimit64" else (process,)
        steps += _only(row[column], ARGUMENT_0, True, own)
    for numbers, allowed, values in alone.ARGUMENTS.values():
        steps += _only(numbers[column], ARGUMENT_1, allowed, values)
    return steps


def _only(number: int | None, argument: int, allowed: bool, values: tuple[int, ...]) -> list[bytes]:
    """Allow a call if its *argument* is, or if it is not, one of *values*."""
    if number is None:
        return []
    listed, other = (
        (_step(RETURN, ALLOW), _refuse(errno.EPERM)) if allowed else (_refuse(errno.EPERM), _step(RETURN, ALLOW))
    )
    last = len(values) - 1
    found = [_step(EQUAL, value, last - index + 1, 0) for index, value in enumerate(values)]
    return [_step(EQUAL, number, 0, len(values) + 3), _step(LOAD, argument), *found, other, listed]


def program(machine: str, process: int | None = None) -> bytes:
    """
    The filter for *machine* (`x86_64` or `aarch64`) as classic BPF, 8 bytes a step.

    Args:
        machine: whose numbers.
        process: the number of a child that no name space surrounds: it gets the stricter filter of `alone`.

    Raises:
        UnknownMachineError: there is no table for it.
    """
    if machine not in MACHINES:
        raise UnknownMachineError(errno.ENOSYS, f"no table of system calls for {machine}")
    architecture, column, clone, mmap = MACHINES[machine]
    numbers = sorted(n for row in REFUSED.values() if (n := row[column]) is not None)
    steps = [
        _step(LOAD, ARCHITECTURE),
        _step(EQUAL, architecture, 1, 0),
        _step(RETURN, KILL),
        _step(LOAD, NUMBER),
    ]
    if machine == "x86_64":
        # the same calls under other numbers would pass below
        steps += [_step(AT_LEAST, X32_BIT, 0, 1), _step(RETURN, KILL)]
    for number in numbers:
        steps += [_step(EQUAL, number, 0, 1), _refuse(errno.EPERM)]
    steps += [_step(EQUAL, CLONE3, 0, 1), _refuse(errno.ENOSYS)]
    if process is not None:
        steps += _fenced(column, clone, process)
    steps += [
        _step(EQUAL, clone, 0, 4),
        _step(LOAD, ARGUMENT_0),
        _step(ANY_BIT, NEW_NAMESPACES, 0, 1),
        _refuse(errno.EPERM),
        _step(RETURN, ALLOW),
    ]
    # shared memory without a file is counted by no limit
    steps += [
        _step(EQUAL, mmap, 0, 4),
        _step(LOAD, ARGUMENT_3),
        _step(MASK, SHARED_ANONYMOUS),
        _step(EQUAL, SHARED_ANONYMOUS, 0, 1),
        _refuse(errno.ENOMEM),
    ]
    return b"".join([*steps, _step(RETURN, ALLOW)])


def install(*, fenced: bool = False) -> None:
    """
    Put the filter on this process and all that it will start; `no_new_privs` must be set.

    Args:
        fenced: no name space surrounds this process, which shall start no other.

    Raises:
        OSError: the kernel refuses it, or does not know the machine.
    """
    if sys.platform != "linux":
        return
    code = program(platform.machine(), os.getpid() if fenced else None)
    buffer = ctypes.create_string_buffer(code, len(code))
    # struct sock_fprog: the number of steps, then their address
    filter_ = struct.pack("HL", len(code) // 8, ctypes.addressof(buffer))
    holder = ctypes.create_string_buffer(filter_, len(filter_))
    libc = ctypes.CDLL(None, use_errno=True)
    arguments = [ctypes.c_ulong(n) for n in (SECCOMP_MODE_FILTER, ctypes.addressof(holder), 0, 0)]
    if libc.prctl(ctypes.c_int(PR_SET_SECCOMP), *arguments) < 0:
        number = ctypes.get_errno()
        raise OSError(number, f"seccomp: {os.strerror(number)}")
