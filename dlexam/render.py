"""What commands print: pure renderings of what the library returned."""

from __future__ import annotations

import base64
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from dlexam.terminal import as_json, printable, safe

if TYPE_CHECKING:
    from grader.bank_exam.check import CheckReport
    from grader.batch.batch import Batch, Moved
    from grader.batch.regrade import Regraded
    from grader.demo import Demo
    from grader.doctor import Finding
    from grader.grading.part import How
    from grader.results.records import Record
    from papers import BuildReport
    from tutor.build import Built

__all__ = [
    "print_batch",
    "print_build",
    "print_check",
    "print_demo",
    "print_doctor",
    "print_json",
    "print_mark",
    "print_new",
    "print_practice",
    "print_questions",
    "print_regraded",
]

_console = Console(highlight=False, emoji=False)


def print_json(value: Any) -> None:
    """Print *value* as JSON; bytes become base64."""

    def plain(item: object) -> str:
        return base64.b64encode(item).decode() if isinstance(item, bytes) else str(item)

    print(as_json(value, default=plain))


def _table(*columns: str, right: Sequence[str] = ()) -> Table:
    table = Table(box=box.SIMPLE_HEAD)
    for column in columns:
        # what is copied and pasted, ids above all, stays on one line
        whole = column in ("id", "question", "slot", *right)
        table.add_column(column, justify="right" if column in right else "left", overflow="fold", no_wrap=whole)
    return table


def print_questions(rows: Sequence[Mapping[str, Any]]) -> None:
    """Two lines a question, so that ids stay whole in a terminal of 80 columns: its row, and its title."""
    wide = max((len(row["id"]) for row in rows), default=0)
    _console.print(Text(f"{'id':<{wide}}  kind      pts  min  book    facts", "bold"))
    for row in rows:
        about = f"{row['kind']:<8} {row['points']:>4g} {row['minutes']:>4g}  {row['book']:<6}  {' '.join(row['facts'])}"
        _console.print(Text(f"{row['id']:<{wide}}  {about}"), no_wrap=True)
        _console.print(Text(f"  {row['title']['en']}", "dim"))
    _console.print(f"{len(rows)} questions")


def print_mark(marked: Mapping[str, Any]) -> None:
    """One mark, with its reasons."""
    points = "open" if marked["points"] is None else f"{marked['points']:g}"
    _console.print(Text(f"{marked['outcome']}: {points} of {marked['max_points']:g} points", "bold"))
    if marked["read_as"] is not None:
        _console.print(Text(f"read as: {printable(marked['read_as'])}"))
    for check in marked["checks"]:
        sign = {True: "passed", False: "failed", None: "BROKEN"}[check["passed"]]
        reason = f"  [{check['reason']}]" if check["reason"] else ""
        _console.print(Text(f"  {sign}: {check['says']}{printable(reason)}"))
    if marked["mistake"]:
        _console.print(Text(f"mistake {marked['mistake']}: {marked['feedback']}"))
    if marked["reason"]:
        _console.print(Text(f"reason: {printable(marked['reason'])}"))


def print_check(reports: Sequence[CheckReport]) -> None:
    """The bank's own exam: a row a question, then what is wrong."""
    table = _table("question", "variants", "seeds", "responses", "", right=("variants", "seeds", "responses"))
    for report in reports:
        verdict = "[red]problems[/red]" if report.problems else "ok"
        table.add_row(report.question, str(report.variants), str(report.seeds), str(report.responses), verdict)
    _console.print(table)
    for report in reports:
        for problem in report.problems:
            _console.print(Text(str(problem), "red"))
    wrong = sum(bool(report.problems) for report in reports)
    _console.print(
        f"{len(reports)} questions, {sum(r.marked for r in reports)} responses marked, {wrong} with problems"
    )


def print_new(question: str, files: Sequence[Path]) -> None:
    """The files of a new question, and what to do with them."""
    for file in files:
        _console.print(Text(str(file)))
    _console.print(
        Text(f"Replace whatever says TODO, look with `dlexam show {question}`, then `dlexam check {question}`")
    )


def print_practice(built: Built) -> None:
    """What `practice` wrote."""
    for path in built.removed:
        _console.print(Text(f"removed {path}"))
    _console.print(f"{built.notebooks} notebooks and their solutions, {len(built.run)} of them run")


def print_build(report: BuildReport, out: Path) -> None:
    """What `build` wrote."""
    for warning in report.warnings:
        _console.print(Text(f"{printable(warning)}", "yellow"))
    papers = "paper" if report.papers == 1 else "papers"
    _console.print(f"{report.papers} {papers} ({len(report.new)} new, {len(report.kept)} kept)")
    if report.assignments:
        for name in report.assignments:
            _console.print(Text(f"in {printable(out)}: nbgrader generate_assignment {printable(name)} --force"))
        _console.print(Text(f"hand out: {printable(out / 'release')}"))
        _console.print(Text(f"keep to yourself: {printable(out / 'source')}, {printable(out / 'dlexam')}"))
        return
    _console.print(Text(f"hand out: {printable(out / 'students')}"))
    _console.print(Text(f"keep to yourself: {printable(out / 'private')}"))


def print_batch(batch: Batch, results: Path) -> None:
    """The closing table of a batch, and everything that a TA must look at."""
    parts = list(batch.records[0].parts)
    table = _table("id", "name", *parts, "total", "of", "open", right=("total", "of", "open"))
    for record in batch.decided:
        states = [record.parts[part].status for part in parts]
        open_slots = str(len(record.open_slots) or "")
        numbers = (f"{record.points:g}", f"{record.max_points:g}", open_slots)
        table.add_row(safe(record.student), safe(record.name), *states, *numbers)
    _console.print(table)
    for student, flags in batch.flags.items():
        for flag in flags:
            _console.print(Text(f"{printable(student)}: {printable(flag)}", "yellow"))
    for stranger in batch.strangers:
        _console.print(Text(f"not on the roster: {printable(stranger)}", "yellow"))
    if batch.missing:
        _console.print(Text(f"nothing from: {printable(', '.join(batch.missing))}", "yellow"))
    _print_open(batch.decided)
    _print_moved(batch.moved)
    if batch.changed:
        changed = printable(", ".join(batch.changed))
        _console.print(Text(f"marking code is not that of the day the papers were built: {changed}", "yellow"))
    kept = f", {batch.kept} unchanged and not run again" if batch.kept else ""
    where = "[red]a process without walls (--unsafe-no-sandbox)[/red]" if batch.unwalled else str(batch.isolation)
    _console.print(f"{len(batch.records)} students{kept}; student code ran in: {where}")
    _console.print(Text(f"marks: {printable(results / 'marks.csv')}   feedback: {printable(results / 'feedback')}"))


def print_regraded(done: Regraded, results: Path) -> None:
    """What a regrade changed: who moved, by how much and why."""
    for student, parts in done.lost.items():
        lost = f"{student}: the answers of {', '.join(parts)} are not stored as they were marked"
        _console.print(
            Text(f"{printable(lost)}; these marks stay until `dlexam grade` has the submission again", "yellow")
        )
    _print_open(done.records)
    _print_moved(done.moved)
    changed = f"marks otherwise than before: {', '.join(done.changed)}" if done.changed else "no marking code changed"
    _console.print(safe(changed))
    _console.print(f"{len(done.moved)} marks moved; slots: {_counted(done.how)}")
    if done.isolation:
        _console.print(f"student code ran in: {done.isolation}")
    _console.print(Text(f"marks: {printable(results / 'marks.csv')}   feedback: {printable(results / 'feedback')}"))


def _counted(how: Mapping[How, int]) -> str:
    words = {
        "kept": "kept",
        "read": "read from the answer",
        "replayed": "replayed from the transcript",
        "ran": "run",
    }
    return ", ".join(f"{how[each]} {words[each]}" for each in how if how[each]) or "none"


def _print_moved(moves: Sequence[Moved]) -> None:
    if not moves:
        return
    table = _table("student", "slot", "before", "after", "by", "why", right=("before", "after", "by"))
    for move in moves:
        before, after = ("open" if p is None else f"{p:g}" for p in (move.before, move.after))
        by = "" if move.before is None or move.after is None else f"{move.after - move.before:+g}"
        table.add_row(safe(move.student), move.slot, before, after, by, safe(move.because))
    _console.print(Text("marks that moved", "bold"))
    _console.print(table)


def _print_open(records: Sequence[Record]) -> None:
    waiting: dict[tuple[str, str, str], list[str]] = {}
    for record in records:
        for slot in record.slots.values():
            if slot.points is None:
                key = (slot.slot, str(slot.outcome), slot.reason or "")
                waiting.setdefault(key, []).append(record.student)
    if not waiting:
        return
    table = _table("slot", "outcome", "why", "waiting", "students", right=("waiting",))
    for (slot_id, outcome, reason), students in sorted(waiting.items()):
        table.add_row(slot_id, outcome, safe(reason), str(len(students)), safe(" ".join(students)))
    _console.print(table)


def print_doctor(findings: Sequence[Finding]) -> None:
    """A row a finding."""
    table = _table("", "what", "seen", "mend")
    for finding in findings:
        sign = {True: "[green]ok[/green]", False: "[red]no[/red]", None: "[yellow]--[/yellow]"}[finding.ok]
        table.add_row(sign, finding.what, safe(finding.seen), safe(finding.mend))
    _console.print(table)


def print_demo(demo: Demo) -> None:
    """The demo's batch, and where to look."""
    print_batch(demo.batch, demo.results)
    _console.print(Text("\nLook at", "bold"))
    for what, path in demo.look_at.items():
        _console.print(Text(f"  {what}: {printable(path)}"))
