"""The filter of system calls: what its program decides, step by step, and what the kernel then does."""

from __future__ import annotations

import errno
import re
import struct
from pathlib import Path

import pytest

from grader.sandbox import ChildDied, Session
from grader.sandbox.inside import alone, seccomp

MACHINES = ("x86_64", "aarch64")
HEADERS = {
    "x86_64": Path("/usr/include/x86_64-linux-gnu/asm/unistd_64.h"),
    "aarch64": Path("/usr/include/asm-generic/unistd.h"),
}
ALLOWED = {"x86_64": (0, 1, 2, 9, 53, 56, 59, 231), "aarch64": (56, 63, 64, 93, 199, 220, 222)}
NOT_PERMITTED = seccomp.REFUSE | errno.EPERM


def decide(
    machine: str, number: int, *arguments: int, architecture: int | None = None, process: int | None = None
) -> int:
    """What the filter of *machine* returns for a call: a small interpreter of classic BPF."""
    code = seccomp.program(machine, process)
    steps = [struct.unpack("HBBI", code[i : i + 8]) for i in range(0, len(code), 8)]
    right = seccomp.MACHINES[machine][0]
    data = struct.pack("IIQ", number, right if architecture is None else architecture, 0)
    data += struct.pack("6Q", *arguments, *[0] * (6 - len(arguments)))
    register, at = 0, 0
    while True:
        operation, when_true, when_false, value = steps[at]
        at += 1
        match operation:
            case seccomp.LOAD:
                [register] = struct.unpack_from("I", data, value)
            case seccomp.MASK:
                register &= value
            case seccomp.RETURN:
                return value
            case _:
                truths = {
                    seccomp.EQUAL: register == value,
                    seccomp.AT_LEAST: register >= value,
                    seccomp.ANY_BIT: bool(register & value),
                }
                at += when_true if truths[operation] else when_false


@pytest.mark.parametrize("machine", MACHINES)
def test_refused(machine: str) -> None:
    """Every listed call is refused, and the usual ones are not."""
    column = seccomp.MACHINES[machine][1]
    numbers = [row[column] for row in seccomp.REFUSED.values() if row[column] is not None]
    assert {decide(machine, number) for number in numbers if number is not None} == {NOT_PERMITTED}
    assert len(set(numbers)) == len(numbers)
    assert {decide(machine, number) for number in ALLOWED[machine]} == {seccomp.ALLOW}
    assert decide(machine, seccomp.CLONE3) == seccomp.REFUSE | errno.ENOSYS


@pytest.mark.parametrize("machine", MACHINES)
def test_arguments(machine: str) -> None:
    """A thread and a process may be made, a namespace not; a file may be mapped, shared nameless memory not."""
    _, _, clone, mmap = seccomp.MACHINES[machine]
    assert decide(machine, clone, 0x3D0F00) == seccomp.ALLOW
    assert decide(machine, clone, 17) == seccomp.ALLOW
    for flag in (0x20000, 0x10000000, 0x20000000, 0x40000000):
        assert decide(machine, clone, flag | 17) == NOT_PERMITTED
    assert decide(machine, mmap, 0, 4096, 3, 0x22) == seccomp.ALLOW
    assert decide(machine, mmap, 0, 4096, 3, 0x01) == seccomp.ALLOW
    assert decide(machine, mmap, 0, 4096, 3, 0x21) == seccomp.REFUSE | errno.ENOMEM


OWN = 4711


@pytest.mark.parametrize("machine", MACHINES)
def test_fenced(machine: str) -> None:
    """Without name spaces no process is started or touched, and no file's mode; the usual calls are let through."""
    column, clone = seccomp.MACHINES[machine][1:3]

    def said(number: int | None, *arguments: int) -> int:
        assert number is not None
        return decide(machine, number, *arguments, process=OWN)

    for table, meant in (
        (alone.REFUSED, NOT_PERMITTED),
        (alone.IGNORED, seccomp.REFUSE),
        (alone.UNKNOWN, seccomp.REFUSE | errno.ENOSYS),
        (seccomp.REFUSED, NOT_PERMITTED),
    ):
        assert {said(row[column]) for row in table.values() if row[column] is not None} == {meant}
    assert said(clone, 0x3D0F00) == seccomp.ALLOW
    assert said(clone, 17) == said(clone, 0x4100 | 17) == said(clone, 0x3D0F00 | 0x20000) == NOT_PERMITTED
    for name in ("kill", "tgkill"):
        number = alone.OWN_PROCESS[name][column]
        assert said(number, OWN) == seccomp.ALLOW
        assert {said(number, other) for other in (0, 1, OWN + 1, 2**32 - 1)} == {NOT_PERMITTED}
    limits = alone.OWN_PROCESS["prlimit64"][column]
    assert said(limits, 0) == said(limits, OWN) == seccomp.ALLOW
    assert said(limits, 1) == NOT_PERMITTED
    pair, fcntl, ioctl = (alone.ARGUMENTS[name][0][column] for name in ("socketpair", "fcntl", "ioctl"))
    assert said(pair, 1, 1) == said(pair, 1, 1 | 0x80000) == said(pair, 1, 1 | 0x80800) == seccomp.ALLOW
    assert {said(pair, 1, kind) for kind in (2, 2 | 0x80000, 3, 5)} == {NOT_PERMITTED}
    assert said(fcntl, 5, 1) == said(ioctl, 5, 0x5401) == seccomp.ALLOW
    assert {said(fcntl, 5, 8), said(fcntl, 5, 10), said(fcntl, 5, 15), said(ioctl, 5, 0x8901)} == {NOT_PERMITTED}
    _, _, _, mmap = seccomp.MACHINES[machine]
    assert said(mmap, 0, 4096, 3, 0x22) == seccomp.ALLOW
    assert said(mmap, 0, 4096, 3, 0x21) == seccomp.REFUSE | errno.ENOMEM
    assert {said(number) for number in {"x86_64": (0, 1, 2), "aarch64": (56, 63, 64)}[machine]} == {seccomp.ALLOW}


@pytest.mark.parametrize("machine", MACHINES)
def test_other_machines(machine: str) -> None:
    """A call that claims to be another machine's, by architecture or by the x32 bit, ends the process."""
    assert decide(machine, 39, architecture=0x4000_0003) == seccomp.KILL
    if machine == "x86_64":
        assert decide(machine, seccomp.X32_BIT + 41) == seccomp.KILL


def test_no_table() -> None:
    """A machine without a table gets no filter and so no session."""
    with pytest.raises(seccomp.UnknownMachineError, match="no table of system calls for riscv64"):
        seccomp.program("riscv64")


@pytest.mark.parametrize("machine", MACHINES)
def test_numbers(machine: str) -> None:
    """The numbers are those of the kernel's own headers."""
    if not HEADERS[machine].is_file():
        pytest.skip("the kernel's headers are not installed")
    text = HEADERS[machine].read_text()
    known = {name: int(number) for name, number in re.findall(r"#define __NR(?:3264)?_(\w+)\s+(\d+)\b", text)}
    column = seccomp.MACHINES[machine][1]
    rows = seccomp.REFUSED | alone.REFUSED | alone.IGNORED | alone.UNKNOWN | alone.OWN_PROCESS
    rows |= {name: numbers for name, (numbers, _, _) in alone.ARGUMENTS.items()}
    ours = {name: row[column] for name, row in rows.items() if name in known and row[column] is not None}
    assert len(ours) > 90
    assert ours == {name: known[name] for name in ours}


CALLS = {
    "a socket": "import socket; socket.socket()",
    "a path of a service": "import socket; socket.socket(socket.AF_UNIX)",
    "shared memory": "import mmap; mmap.mmap(-1, 4096)",
    "a file in memory": "import os; os.memfd_create('x')",
    "other cores": "import os; os.sched_setaffinity(0, {0})",
}


@pytest.mark.parametrize("source", CALLS.values(), ids=CALLS.keys())
def test_raises(walled_session: Session, source: str) -> None:
    """A refused call raises in the student's code, which goes on."""
    result = walled_session.run(source, seconds=10, seed=0)
    assert result.error_type in ("PermissionError", "OSError")
    assert walled_session.run("1", seconds=10, seed=0).ok


RAW = "import ctypes; libc = ctypes.CDLL(None, use_errno=True); found = [libc.syscall({}, 0, 0), ctypes.get_errno()]"


@pytest.mark.parametrize("name", ["unshare", "ptrace", "io_uring_setup", "bpf", "keyctl", "userfaultfd", "mount"])
def test_raw_calls(walled_session: Session, name: str) -> None:
    """The same holds for calls that Python has no function for."""
    import platform

    number = seccomp.REFUSED[name][seccomp.MACHINES[platform.machine()][1]]
    assert walled_session.run(RAW.format(number), seconds=10, seed=0).ok
    assert walled_session.get("found", seconds=5) == [-1, errno.EPERM]


def test_foreign_calls(walled_session: Session) -> None:
    """A call with the x32 bit ends the student's process."""
    import platform

    if platform.machine() != "x86_64":
        pytest.skip("only there")
    with pytest.raises(ChildDied):
        walled_session.run(f"import ctypes; ctypes.CDLL(None).syscall({seccomp.X32_BIT + 39})", seconds=10, seed=0)


USUAL = {
    "threads": "from concurrent.futures import ThreadPoolExecutor as T; assert list(T(3).map(abs, [-1, 2])) == [1, 2]",
    "processes": "import multiprocessing as m\nwith m.Pool(1) as p: assert p.map(abs, [-1]) == [1]",
    "a program": "import subprocess; subprocess.run(['true'], check=True)",
    "an event loop": "import asyncio; asyncio.run(asyncio.sleep(0))",
    "a pipeline of data": "import tensorflow as tf; assert len(list(tf.data.Dataset.range(10).batch(3).prefetch(2))) == 4",
    "a saved model": (
        "import keras\nm = keras.Sequential([keras.Input((2,)), keras.layers.Dense(1)])\n"
        "m.save('m.keras'); keras.models.load_model('m.keras')"
    ),
}


@pytest.mark.parametrize("source", USUAL.values(), ids=USUAL.keys())
def test_usual_work(walled_session: Session, source: str) -> None:
    """What honest code does is not in the filter's way."""
    result = walled_session.run(source, seconds=30, seed=0)
    assert result.ok, result
