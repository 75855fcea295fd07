"""One process at a time writes results, and what a killed one left half-written goes."""

from __future__ import annotations

import errno
import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from papers.files import is_leftover
from question_bank import DlexamError

__all__ = ["only_writer"]

_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
# some network file systems know no locks
_NO_LOCKS = (errno.ENOLCK, errno.ENOSYS, errno.EOPNOTSUPP, errno.EINVAL)


@contextmanager
def only_writer(folder: Path) -> Iterator[None]:
    """
    Be the only process that writes below *folder*, which is made if it is not there.

    Raises:
        DlexamError: another process writes there, or the disk does not take what is written in the context.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with _locked(folder):
            _sweep(folder)
            yield
    except OSError as error:
        what = f"cannot be written ({error.strerror or type(error).__name__})"
        where = error.filename or folder
        if error.errno in _FULL:
            mend = "free some space and run the same command again: what is finished is kept"
        else:
            mend = "mend that and run the same command again"
        raise DlexamError(what, file=where, mend=mend) from error


@contextmanager
def _locked(folder: Path) -> Iterator[None]:
    # the kernel lets go of the lock with the process, however that ends
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            mend = "wait until it has ended, or give another folder with -o"
            raise DlexamError("another dlexam is writing there", file=folder, mend=mend) from None
        except OSError as error:
            if error.errno not in _NO_LOCKS:
                raise
        yield
    finally:
        os.close(descriptor)


def _sweep(folder: Path) -> None:
    below = [path for path in folder.iterdir() if path.is_dir() and not path.is_symlink()]
    for place in (folder, *below):
        for path in place.iterdir():
            if is_leftover(path.name) and path.is_file() and not path.is_symlink():
                path.unlink()
