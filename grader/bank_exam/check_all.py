"""The whole bank's own exam, several questions at a time."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import as_completed
from pathlib import Path

from grader.bank_exam.check import CheckReport, Problem, check_question
from grader.batch.pool import cores, worker_pool
from grader.grading.limits import TimeLimits
from grader.grading.workshop import Workshop
from grader.isolation import choose
from grader.sandbox import Isolation
from question_bank import Bank, DlexamError, load_bank

# one process serves all responses to a question, hundreds of them: the limits of one student's part are not theirs
_PATIENT = TimeLimits(part=1e9, replay=1e9, replays=1_000_000)

__all__ = ["check_bank", "chosen", "open_workshop"]


def chosen(bank: Bank, names: Sequence[str]) -> list[str]:
    """
    The ids of the questions called *names*, ids or topics; none means all.

    Raises:
        DlexamError: a name is neither an id nor a topic.
    """
    ids = list(bank.questions)
    found: list[str] = []
    for name in names:
        of_topic = [id for id in ids if id.split("/")[0] == name]
        found += of_topic or [bank.known(name)]
    return list(dict.fromkeys(found)) or ids


def open_workshop(bank: Path | None, isolation: Isolation) -> Workshop:
    """The tools of a process that marks responses to the questions in the folder *bank*."""
    return Workshop(load_bank(bank), isolation, _PATIENT)


def check_bank(
    names: Sequence[str],
    *,
    seeds: int | None = None,
    thorough: bool = False,
    bank: Path | None = None,
    unsafe: bool = False,
    jobs: int | None = None,
    progress: Callable[[str, int, int], None] = lambda question, done, total: None,
) -> list[CheckReport]:
    """
    Check the questions called *names* (ids or topics; none means all); see `check_question`.

    Args:
        jobs: how many at a time; default: one for each core.
        progress: called with a question's id, and how many of how many questions are done.

    Raises:
        DlexamError: a name is neither an id nor a topic.
    """
    loaded = load_bank(bank)
    code, reports = _sorted_out(loaded, chosen(loaded, names))
    asked = [*code, *(id for id in reports if id not in code and reports[id] is None)]
    isolation = choose(unsafe=unsafe) if code else Isolation.PROCESS
    jobs = min(jobs or cores(), max(1, len(asked)))
    with worker_pool(jobs, open_workshop, bank, isolation) as submit:
        # code takes longest: first, so that no process ends up alone with it
        futures = {submit(_check, id, seeds, thorough): id for id in asked}
        for done, future in enumerate(as_completed(futures), start=1):
            reports[futures[future]] = future.result()
            progress(futures[future], done, len(futures))
    return [report for report in reports.values() if report is not None]


def _sorted_out(bank: Bank, ids: Sequence[str]) -> tuple[list[str], dict[str, CheckReport | None]]:
    """Those whose responses run as code, and a report for each that does not even load."""
    code: list[str] = []
    reports: dict[str, CheckReport | None] = {}
    for id in ids:
        try:
            if bank[id].is_code:
                code.append(id)
            reports[id] = None
        except DlexamError as error:
            reports[id] = CheckReport(id, problems=[Problem(id, None, str(error))])
    return code, reports


def _check(workshop: Workshop, id: str, seeds: int | None, thorough: bool) -> CheckReport:
    return check_question(workshop.bank[id], workshop, seeds=seeds, thorough=thorough)
