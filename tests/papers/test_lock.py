"""The lock holds all that grading needs, and shows when somebody has changed it."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from papers import Exam, Lock, Student, build, data_of, load_figures, load_lock
from papers import lock as lock_module
from papers.lock import read_secret, save_lock, sign
from question_bank import Bank, DlexamError, load_bank
from question_bank.answers import dump_answer


@pytest.fixture
def out(exam: Exam, roster: Sequence[Student], bank: Bank, tmp_path: Path) -> Path:
    build(exam, roster, tmp_path / "out", bank)
    return tmp_path / "out"


def reseal(out: Path, data: bytes) -> None:
    """Change the lock as somebody would who has the secret."""
    (out / "private/lock.json").write_bytes(data)
    (out / "private/lock.sig").write_text(sign(data, read_secret(out)))


class TestContents:
    def test_slots(self, out: Path) -> None:
        """Slots are numbered within their part, carry their points, and their pool's codes differ."""
        lock = load_lock(out)
        assert [(s.id, s.variable, s.points, s.kind, len(s.pool)) for s in lock.slots] == [
            ("closed-01", "q01", 2, "number", 5),
            ("closed-02", "q02", 1, "choice", 5),
            ("closed-03", "q03", 5, "essay", 1),
            ("open-01", "q01", 8, "code", 5),
        ]
        for slot in lock.slots:
            codes = [variant.code for variant in slot.pool]
            assert len(set(codes)) == len(codes)
            assert not set("".join(codes)) & set("IO01")
        assert (lock.slots[3].is_code, lock.slots[2].is_essay, lock.slots[0].is_code) == (True, True, False)
        assert [(c.id, c.share) for c in lock.slots[3].checks] == [("test_times", 1)]
        assert lock.slots[3].pool[0].solution == "def times(x):\n    return SOLVED * x"

    def test_untouched(self, out: Path) -> None:
        """What an answer cell holds at first is known for every kind."""
        lock = load_lock(out)
        first = {slot.id: slot.pool[0].untouched(slot.variable) for slot in lock.slots}
        assert first == {
            "closed-01": "q01 = ...",
            "closed-02": "q02 = ...",
            "closed-03": "...",
            "open-01": "def times(x):\n    ...",
        }

    def test_look_ups(self, out: Path) -> None:
        """Parts, slots, students and their variants are found by name; others are refused by name."""
        lock = load_lock(out)
        paper = lock.student("202503")
        assert lock.variant("202503", "closed-01") is lock.slot("closed-01").pool[paper.deal["closed-01"]]
        assert [slot.id for slot in lock.slots_of("open")] == ["open-01"]
        for look, message in (
            (lambda: lock.part("x"), "no part 'x'; the parts are closed, open"),
            (lambda: lock.slot("x"), "no slot 'x'; they go from closed-01 to open-01"),
            (lambda: lock.student("x"), "no student 'x' in this exam; build again with a roster that has them"),
        ):
            with pytest.raises(DlexamError) as error:
                look()
            assert str(error.value) == message

    def test_data(self, out: Path) -> None:
        """A part's data files are those of its questions."""
        lock = load_lock(out)
        assert set(data_of(lock, "open")) == {"digits.npz", "offline_data.py"}
        assert data_of(lock, "closed") == {}

    def test_every_answer_of_the_bank_survives(self, tmp_path: Path, exam_of_all: Callable[[str, int], Exam]) -> None:
        """Whatever kind, an answer comes out of the lock as it went in, the order of its mistakes included."""
        bank = load_bank()
        build(exam_of_all("ko", 3), [Student("1", "x")], tmp_path / "out", bank)
        lock = load_lock(tmp_path / "out")
        for slot in lock.slots:
            for variant in slot.pool:
                drawn = bank[slot.question].variant(variant.seed)
                assert json.dumps(dump_answer(variant.answer)) == json.dumps(dump_answer(drawn.answer)), slot.question
                assert variant.parameters == json.loads(json.dumps(dict(drawn.parameters)))
                assert variant.texts["ko"] == bank[slot.question].texts(drawn, "ko")
        figures = load_figures(tmp_path / "out", lock)
        assert all(png.startswith(b"\x89PNG") for png in figures.values())
        assert {sha for s in lock.slots for v in s.pool for sha in v.figures.values()} == set(figures)


class TestRefuses:
    @pytest.mark.parametrize(
        ("file", "message"),
        [
            ("lock.json", "no such file; is this the folder that `dlexam build` wrote?"),
            ("lock.sig", "no such file; restore private/ from your backup"),
            ("secret", "no such file; restore private/ from your backup"),
        ],
    )
    def test_missing(self, out: Path, file: str, message: str) -> None:
        """A file that is gone is named."""
        (out / "private" / file).unlink()
        with pytest.raises(DlexamError) as error:
            load_lock(out)
        assert str(error.value) == f"{out / 'private' / file}: {message}"

    def test_no_folder(self, tmp_path: Path) -> None:
        """A folder in which nothing was built is said so."""
        with pytest.raises(DlexamError) as error:
            load_lock(tmp_path)
        assert str(error.value).endswith("lock.json: no such file; is this the folder that `dlexam build` wrote?")

    @pytest.mark.parametrize("change", [b" ", b"\n{}"])
    def test_edited(self, out: Path, change: bytes) -> None:
        """One byte more breaks the seal."""
        file = out / "private/lock.json"
        file.write_bytes(file.read_bytes() + change)
        with pytest.raises(DlexamError) as error:
            load_lock(out)
        assert str(error.value) == f"{file}: was changed after the build; restore private/ from your backup"

    def test_damaged_signature_and_secret(self, out: Path) -> None:
        """Neither a damaged signature nor a short secret opens the lock."""
        (out / "private/lock.sig").write_bytes("서명".encode())
        with pytest.raises(DlexamError, match="was changed after the build"):
            load_lock(out)
        (out / "private/secret").write_bytes(b"short")
        with pytest.raises(DlexamError) as error:
            load_lock(out)
        assert str(error.value) == (
            f"{out / 'private/secret'}: holds 5 bytes, not 32; restore private/ from your backup"
        )

    @pytest.mark.parametrize(
        ("data", "message"),
        [
            (b'{"format": 2}', "has format 2 and this dlexam reads 1"),
            (b"[]", "has format None and this dlexam reads 1"),
            (b'{"format": 1}', "exam: Field required"),
            (b"{", "not JSON: Expecting property name enclosed in double quotes: line 1 column 2 (char 1)"),
        ],
    )
    def test_another_version(self, out: Path, data: bytes, message: str) -> None:
        """A lock of another version is told from a damaged one."""
        reseal(out, data)
        with pytest.raises(DlexamError) as error:
            load_lock(out)
        assert str(error.value) == f"{out / 'private/lock.json'}: {message}; use the dlexam that built it"


@pytest.mark.parametrize("survived", [0, 1, 2])
def test_killed_while_saving(out: Path, monkeypatch: pytest.MonkeyPatch, survived: int) -> None:
    """Killed after any of its writes, a save leaves a lock that opens."""
    lock = load_lock(out)
    new = lock.model_copy(update={"students": lock.students[:3]})
    write, done = lock_module.write_atomic, []

    def dying(path: Path, data: bytes) -> None:
        if len(done) == survived:
            raise KeyboardInterrupt
        done.append(path)
        write(path, data)

    monkeypatch.setattr(lock_module, "write_atomic", dying)
    with pytest.raises(KeyboardInterrupt):
        save_lock(new, out / "private", read_secret(out))
    assert len(load_lock(out).students) == (7 if survived < 2 else 3)


def test_lock_is_json_again(out: Path) -> None:
    """The lock reads back to itself."""
    lock = load_lock(out)
    assert Lock.model_validate_json(lock.model_dump_json()) == lock
