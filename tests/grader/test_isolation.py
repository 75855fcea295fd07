"""The walls of a batch: tried before it, chosen or refused, and written on everything that comes out."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner

from dlexam.cli import app
from grader import doctor
from grader.batch.batch import Batch, grade_batch
from grader.results.records import Outcome
from grader.sandbox import Detection, Isolation, bubblewrap, canaries, detect, landlock
from papers import load_lock
from papers.cells import answer_cell_id
from papers.from_files import build_files
from papers.notebook import right_source
from question_bank import DlexamError
from tests.exams import one_part

ROOT = Path(__file__).parents[2]
EXAM = one_part("walls", "dense_layers/count_weights", "gradient_descent/numpy_step")
STATEMENT = "The code of these answers was graded without isolation"
TIERS = (Isolation.BUBBLEWRAP, Isolation.LANDLOCK)


@pytest.fixture
def folder() -> Iterator[Path]:
    """A folder that everybody may enter, unlike those of pytest."""
    with tempfile.TemporaryDirectory() as made:
        Path(made).chmod(0o755)
        yield Path(made)


@pytest.fixture
def out(folder: Path) -> Path:
    (folder / "exam.toml").write_text(EXAM, encoding="utf-8")
    (folder / "roster.csv").write_text("id,name\na1,Ann\n", encoding="utf-8")
    build_files(folder / "exam.toml", folder / "roster.csv", folder / "out")
    made = folder / "out"
    lock = load_lock(made)
    notebook = json.loads((made / "students" / "a1" / "open.ipynb").read_bytes())
    cells = {cell["id"]: cell for cell in notebook["cells"]}
    for slot in lock.slots:
        cells[answer_cell_id(slot)]["source"] = right_source(slot, lock.variant("a1", slot.id))
    handed_in = folder / "in" / "a1"
    handed_in.mkdir(parents=True)
    (handed_in / "open.ipynb").write_text(json.dumps(notebook), encoding="utf-8")
    return made


def works(isolation: Isolation) -> str | None:
    if isolation is Isolation.LANDLOCK:
        return landlock.trouble()
    return None if detect().isolation is isolation else detect().detail


def grade(out: Path, isolation: Isolation) -> Batch:
    return grade_batch(out, out.parent / "in", out.parent / "results", isolation=isolation, jobs=1)


@pytest.mark.parametrize("tier", TIERS)
def test_a_hole_stops_the_batch(out: Path, tier: Isolation, monkeypatch: pytest.MonkeyPatch) -> None:
    """Walls through which a canary gets grade nobody: one line says what it read, and no record is written."""
    if trouble := works(tier):
        pytest.skip(trouble)
    usual, told = bubblewrap._interpreter, landlock.readable
    monkeypatch.setattr(bubblewrap, "_interpreter", lambda hide: [*usual(hide), *bubblewrap._bind(ROOT)])
    monkeypatch.setattr(landlock, "readable", lambda hide: [*told(hide), str(ROOT)])
    with pytest.raises(DlexamError, match=rf"the walls \({tier}\) have a hole, so nothing was graded: a canary could"):
        grade(out, tier)
    assert list(out.parent.glob("results/records/*")) == []


@pytest.mark.parametrize("what", ["lock", "submission"])
def test_the_exam_itself_is_tried(out: Path, what: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The canaries are after this exam's own lock and this batch's own submissions."""
    if trouble := landlock.trouble():
        pytest.skip(trouble)
    shown = out / "private" if what == "lock" else out.parent / "in"
    told = landlock.readable
    monkeypatch.setattr(landlock, "readable", lambda hide: [*told(hide), str(shown)])
    # not the rights of files but the walls are what is tried
    for path in (out, shown, *shown.rglob("*")):
        path.chmod(0o755)
    with pytest.raises(DlexamError, match=r"lock\.json" if what == "lock" else "read another submission"):
        grade(out, Isolation.LANDLOCK)


def test_no_walls_no_marks(out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where nothing works `grade` refuses with one line and exit code 1, and writes nothing."""
    monkeypatch.setattr("grader.isolation.detect", lambda: Detection(Isolation.PROCESS, "nothing works here"))
    results = out.parent / "results"
    command = ["grade", str(out), str(out.parent / "in"), "-o", str(results)]
    with pytest.raises(DlexamError, match=r"no sandbox: nothing works here; .*--unsafe-no-sandbox"):
        CliRunner().invoke(app, command, catch_exceptions=False, standalone_mode=False)
    assert not results.exists()


@pytest.mark.slow
@pytest.mark.parametrize("tier", [*TIERS, Isolation.PROCESS])
def test_every_output_says_so(out: Path, tier: Isolation) -> None:
    """The tier stands on every record and in the batch; a page says it where there were no walls, and only there."""
    if tier is not Isolation.PROCESS and (trouble := works(tier)):
        pytest.skip(trouble)
    batch = grade(out, tier)
    [record] = batch.records
    assert {slot.outcome for slot in record.slots.values()} == {Outcome.RIGHT}
    assert record.parts["open"].isolation == tier
    results = out.parent / "results"
    assert json.loads((results / "batch.json").read_text())["isolation"] == tier
    assert json.loads((results / "records" / "a1.json").read_text())["parts"]["open"]["isolation"] == tier
    said = STATEMENT in (results / "feedback" / "a1.html").read_text(encoding="utf-8")
    assert said == batch.unwalled == (tier is Isolation.PROCESS)


@pytest.mark.parametrize("tier", TIERS)
def test_doctor_shows_the_canaries(tier: Isolation) -> None:
    """`dlexam doctor` has a row for every canary: held, or not promised by the tier."""
    if trouble := works(tier):
        pytest.skip(trouble)
    rows = list(doctor._canaries(tier))
    assert [row.what for row in rows] == [f"cannot {what}" for what, _ in canaries.CANARIES.values()]
    assert {row.ok for row in rows if row.seen == "held"} == {True}
    others = {row.what.removeprefix("cannot "): (row.ok, row.seen) for row in rows if row.seen != "held"}
    unpromised = [what for what, tiers in canaries.CANARIES.values() if tier not in tiers]
    assert others == dict.fromkeys(unpromised, (None, f"not promised by {tier}"))


def test_doctor_shows_a_hole(monkeypatch: pytest.MonkeyPatch) -> None:
    """A canary that got through is a fault in the doctor's table; without walls the table says that none was sent."""
    through = canaries.Canary("connect by TCP", True, False, "a connection arrived")
    monkeypatch.setattr(canaries, "send", lambda tier: [through])
    [row] = doctor._canaries(Isolation.LANDLOCK)
    assert (row.what, row.ok, row.seen) == ("cannot connect by TCP", False, "got through: a connection arrived")
    [row] = doctor._canaries(Isolation.PROCESS)
    assert (row.ok, row.seen) == (None, "not sent: process promises nothing")
