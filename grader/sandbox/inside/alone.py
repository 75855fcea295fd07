"""
What the filter of system calls refuses where no name space surrounds a child: standard library only.

There the child shares its user with the grader, so that whatever one process may do to another of its user, or to
a file that it may not even open, has to be refused by number. It cannot start another process at all, which leaves
nothing to hide behind, to outlive it, or to share its memory with.
"""

from __future__ import annotations

from typing import Final

__all__ = ["ARGUMENTS", "IGNORED", "OWN_PROCESS", "REFUSED", "UNKNOWN"]

# name -> (x86_64, aarch64); None where that machine has no such call
Table = dict[str, tuple[int | None, int | None]]

REFUSED: Final[Table] = {
    # more processes, other programs
    "fork": (57, None),
    "vfork": (58, None),
    "execve": (59, 221),
    "execveat": (322, 281),
    # other processes of the same user
    "tkill": (200, 130),
    "rt_sigqueueinfo": (129, 138),
    "rt_tgsigqueueinfo": (297, 240),
    "pidfd_open": (434, 434),
    "pidfd_send_signal": (424, 424),
    "process_mrelease": (448, 448),
    "setpriority": (141, 140),
    "ioprio_set": (251, 30),
    "sched_setparam": (142, 118),
    "migrate_pages": (256, 238),
    "move_pages": (279, 239),
    # files that Landlock does not guard from this
    "truncate": (76, 45),
    "inotify_init": (253, None),
    "inotify_init1": (294, 26),
    "fanotify_init": (300, 262),
}
# Modes, owners, times and attributes of files outside can't be told from one's own: the call succeeds and does
# nothing, so that `shutil.copy` works.
IGNORED: Final[Table] = {
    "chmod": (90, None),
    "fchmod": (91, 52),
    "fchmodat": (268, 53),
    "fchmodat2": (452, 452),
    "chown": (92, None),
    "fchown": (93, 55),
    "lchown": (94, None),
    "fchownat": (260, 54),
    "utime": (132, None),
    "utimes": (235, None),
    "futimesat": (261, None),
    "utimensat": (280, 88),
    "setxattr": (188, 5),
    "lsetxattr": (189, 6),
    "fsetxattr": (190, 7),
    "removexattr": (197, 14),
    "lremovexattr": (198, 15),
    "fremovexattr": (199, 16),
    "setxattrat": (463, 463),
    "removexattrat": (466, 466),
    "file_setattr": (469, 469),
}
# the caller falls back to a call that the filter understands
UNKNOWN: Final[Table] = {"openat2": (437, 437)}
# allowed where the first argument is the process itself (0 means that too for the last)
OWN_PROCESS: Final[Table] = {"kill": (62, 129), "tgkill": (234, 131), "prlimit64": (302, 261)}
# name -> (numbers, whether the second argument must or must not be one of these)
ARGUMENTS: Final[dict[str, tuple[tuple[int, int], bool, tuple[int, ...]]]] = {
    # a stream reaches its other end alone; a datagram can be sent to any path
    "socketpair": ((53, 199), True, (1, 1 | 0x800, 1 | 0x8_0000, 1 | 0x8_0800)),
    # whom the kernel signals when a descriptor has something: F_SETOWN, F_SETSIG, F_SETOWN_EX
    "fcntl": ((72, 25), False, (8, 10, 15)),
    # the same for sockets: FIOSETOWN, SIOCSPGRP
    "ioctl": ((16, 29), False, (0x8901, 0x8902)),
}
