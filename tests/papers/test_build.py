"""Building an exam: what lies where, what stays when it is built again, and that nothing is ever half there."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from papers import Exam, Student, build, load_lock
from papers import tree as tree_module
from papers.lock import read_secret
from question_bank import Bank, DlexamError


def snapshot(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return tmp_path / "papers" / "out"


class TestFirstBuild:
    def test_layout(self, exam: Exam, roster: Sequence[Student], bank: Bank, out: Path) -> None:
        """Students' files and private ones, and nothing else; the report counts them."""
        report = build(exam, roster, out, bank)
        names = {"closed.ipynb", "open.ipynb"}
        handed = {f"students/{s.id}/{name}" for s in roster for name in names | {"digits.npz", "offline_data.py"}}
        solved = {f"private/solved/{s.id}/{name}" for s in roster for name in names}
        private = {f"private/{name}" for name in ("lock.json", "lock.sig", "secret", "key.html", "key.csv")}
        assert set(snapshot(out)) == handed | solved | private
        assert (report.papers, report.files) == (7, len(handed | solved | private))
        assert (report.new, report.kept) == (tuple(s.id for s in roster), ())
        assert list(out.parent.iterdir()) == [out]

    def test_modes(self, exam: Exam, roster: Sequence[Student], bank: Bank, out: Path) -> None:
        """The private folder and the secret are the owner's alone; what is handed out is not."""
        build(exam, roster, out, bank)
        modes = {name: (out / name).stat().st_mode & 0o777 for name in ("private", "private/secret", "students")}
        assert (modes["private"], modes["private/secret"]) == (0o700, 0o600)
        assert modes["students"] & 0o055

    def test_students_get_no_answers(self, exam: Exam, roster: Sequence[Student], bank: Bank, out: Path) -> None:
        """Nothing handed out holds a solution, an explanation, a parameter's name or the lock's secrets."""
        build(exam, roster, out, bank)
        handed = b"".join(data for name, data in snapshot(out / "students").items() if name.endswith(".ipynb"))
        for leak in (b"SOLVED", b"EXPLAINED", b"halved", "두 배 하지 않았다".encode(), b"seed", b"hidden_test"):
            assert leak not in handed
        assert read_secret(out).hex().encode() not in handed

    def test_into_an_empty_folder(self, exam: Exam, roster: Sequence[Student], bank: Bank, out: Path) -> None:
        """An empty folder is as good as none."""
        out.mkdir(parents=True)
        build(exam, roster, out, bank)
        assert (out / "private" / "lock.json").exists()

    def test_secrets_differ(self, exam: Exam, roster: Sequence[Student], bank: Bank, tmp_path: Path) -> None:
        """Two builds of one exam share neither secret nor build id nor pool."""
        for name in ("a", "b"):
            build(exam, roster, tmp_path / name, bank)
        one, other = load_lock(tmp_path / "a"), load_lock(tmp_path / "b")
        assert read_secret(tmp_path / "a") != read_secret(tmp_path / "b")
        assert one.build != other.build
        assert [v.seed for v in one.slots[0].pool] != [v.seed for v in other.slots[0].pool]


class TestAgain:
    def test_same_bytes(self, exam: Exam, roster: Sequence[Student], bank: Bank, out: Path) -> None:
        """Built again, not one byte changes, and neither the bank nor the order of the roster matters."""
        build(exam, roster, out, bank)
        before = snapshot(out)
        report = build(exam, roster[::-1], out, bank)
        assert snapshot(out) == before
        assert (report.new, report.kept, report.warnings) == ((), tuple(s.id for s in roster), ())

    def test_adds_students(self, exam: Exam, roster: Sequence[Student], bank: Bank, out: Path) -> None:
        """New students are added; every paper that stood stands, and a student who left is kept and named."""
        build(exam, roster[:5], out, bank)
        before = snapshot(out)
        report = build(exam, roster[1:], out, bank)
        after = snapshot(out)
        changed = {"private/lock.json", "private/lock.sig", "private/key.html", "private/key.csv"}
        assert {name for name, data in before.items() if after[name] != data} <= changed
        assert report.new == ("202505", "202506")
        assert report.warnings == ("202500 (김하늘) is not on the roster any more; the paper is kept",)
        assert {s.id for s in load_lock(out).students} == {s.id for s in roster}
        assert {name.split("/")[1] for name in after if name.startswith("students/")} == {s.id for s in roster}

    def test_restores_lost_files_and_keeps_changed_ones(
        self, exam: Exam, roster: Sequence[Student], bank: Bank, out: Path
    ) -> None:
        """A paper that got lost comes back as it was; one that stands is never overwritten."""
        build(exam, roster, out, bank)
        lost, kept = out / "students/202500/closed.ipynb", out / "students/202501/closed.ipynb"
        data = lost.read_bytes()
        lost.unlink()
        kept.write_bytes(b"mine")
        report = build(exam, roster, out, bank)
        assert (lost.read_bytes(), kept.read_bytes(), report.files) == (data, b"mine", 3)

    def test_names_are_kept(self, exam: Exam, roster: Sequence[Student], bank: Bank, out: Path) -> None:
        """A changed name or seat is told, and the paper stays."""
        build(exam, roster, out, bank)
        report = build(exam, [Student("202500", "김하늘", "Z9"), *roster[1:]], out, bank)
        assert report.warnings == (
            "202500 is 김하늘, seat Z9 on the roster; the paper is kept as built for 김하늘, seat A1",
        )

    def test_survives_a_changed_bank(
        self, exam: Exam, roster: Sequence[Student], bank: Bank, out: Path, tmp_path: Path
    ) -> None:
        """Frozen papers need no question any more, not even for a student who comes late."""
        build(exam, roster[:5], out, bank)
        report = build(exam, roster, out, Bank({}, tmp_path))
        assert report.new == ("202505", "202506")


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"id": "quiz-2"}, "holds exam 'quiz-1', not 'quiz-2'; choose a new folder"),
        (
            {"date": "2025-04-24"},
            "the exam was changed after its papers were built: date was 2025-04-23, is 2025-04-24; "
            "build it in a new folder, or take the change back",
        ),
        (
            {"variants": 6},
            "the exam was changed after its papers were built: variants was 5, is 6; "
            "build it in a new folder, or take the change back",
        ),
    ],
)
def test_another_exam(
    exam: Exam, roster: Sequence[Student], bank: Bank, out: Path, change: dict[str, object], message: str
) -> None:
    """A folder holds one exam as it was built; a changed one is refused with what changed."""
    build(exam, roster, out, bank)
    before = snapshot(out)
    with pytest.raises(DlexamError) as error:
        build(Exam.model_validate({**exam.model_dump(), **change}), roster, out, bank)
    assert str(error.value) == f"{out}: {message}"
    assert snapshot(out) == before


@pytest.mark.parametrize(
    ("edit", "difference"),
    [
        (lambda e: e["parts"][0]["slots"].pop(), "part 1: slots were 3, are 2"),
        (lambda e: e["parts"][1]["slots"][0].update(points=9), "part 2: slot 1: points was 8.0, is 9.0"),
        (
            lambda e: e["parts"][0]["slots"][0].update(question="a/b"),
            "part 1: slot 1: question was numbers/twice, is a/b",
        ),
        (lambda e: e["parts"][0]["slots"][0].update(points=1), "part 1: slot 1: points was not given, is 1.0"),
    ],
)
def test_changed_slots(
    exam: Exam,
    roster: Sequence[Student],
    bank: Bank,
    out: Path,
    edit: Callable[[dict[str, object]], object],
    difference: str,
) -> None:
    """A change among the slots is found and named."""
    build(exam, roster, out, bank)
    plain = json.loads(exam.model_dump_json())
    edit(plain)
    with pytest.raises(DlexamError) as error:
        build(Exam.model_validate(plain), roster, out, bank)
    assert error.value.problem == f"the exam was changed after its papers were built: {difference}"


class TestRefuses:
    def test_other_files(self, exam: Exam, roster: Sequence[Student], bank: Bank, out: Path) -> None:
        """A folder with other things in it, or a file, is left alone."""
        out.mkdir(parents=True)
        (out / "thesis.txt").write_text("mine")
        with pytest.raises(DlexamError) as error:
            build(exam, roster, out, bank)
        assert str(error.value) == (
            f"{out}: holds other files and no lock; choose a new folder, or restore private/ if this is a built exam"
        )
        assert snapshot(out) == {"thesis.txt": b"mine"}
        with pytest.raises(DlexamError) as error:
            build(exam, roster, out / "thesis.txt", bank)
        assert str(error.value) == f"{out / 'thesis.txt'}: is a file; choose a new folder"

    def test_no_student(self, exam: Exam, bank: Bank, out: Path) -> None:
        """An exam for nobody is a mistake."""
        with pytest.raises(DlexamError) as error:
            build(exam, [], out, bank)
        assert str(error.value) == "roster: no student to build a paper for"

    def test_ids_that_are_one_folder(self, exam: Exam, bank: Bank, out: Path) -> None:
        """Ids that differ in capitals only are refused, also against papers that stand."""
        with pytest.raises(DlexamError) as error:
            build(exam, [Student("ab", "x"), Student("AB", "y")], out, bank)
        assert str(error.value) == "roster: 'AB' and 'ab' are one folder; give each student an id of their own"
        build(exam, [Student("ab", "x")], out, bank)
        with pytest.raises(DlexamError, match="'AB' and 'ab' are one folder"):
            build(exam, [Student("AB", "x")], out, bank)
        with pytest.raises(DlexamError, match="'c' and 'c' are one folder"):
            build(exam, [Student("c", "x"), Student("c", "x")], out, bank)


class TestNothingHalfWritten:
    def test_broken_text(self, exam: Exam, roster: Sequence[Student], bank: Bank, out: Path) -> None:
        """A question whose text fails leaves no folder behind."""
        text = bank["other/essay"].folder / "text.md.j2"
        text.write_text(text.read_text(encoding="utf-8").replace("{% block prompt_en %}Explain.{% endblock %}", ""))
        with pytest.raises(DlexamError) as error:
            build(exam, roster, out, bank)
        assert str(error.value) == f"{text}: block prompt_en: missing; add it in both languages"
        assert not out.parent.exists()

    @pytest.mark.parametrize("step", ["save_lock", "notebook_bytes", "key_csv"])
    def test_disk_full(
        self,
        exam: Exam,
        roster: Sequence[Student],
        bank: Bank,
        out: Path,
        monkeypatch: pytest.MonkeyPatch,
        step: str,
    ) -> None:
        """A disk that fills up at any step leaves nothing of a first build, and a second one as it was."""

        def full(*_: object, **__: object) -> None:
            raise OSError(28, "No space left on device")

        def fail() -> None:
            with monkeypatch.context() as patch:
                if step == "key_csv":
                    patch.setitem(tree_module._KEYS, "key.csv", full)  # type: ignore[arg-type]
                else:
                    patch.setattr(tree_module, step, full)
                with pytest.raises(DlexamError) as error:
                    build(exam, roster, out, bank)
            assert str(error.value) == f"{out}: cannot be written: No space left on device"

        fail()
        assert list(out.parent.iterdir()) == []
        build(exam, roster[:3], out, bank)
        before = {**snapshot(out), "folders": str(sorted(out.rglob("*"))).encode()}
        fail()
        assert {**snapshot(out), "folders": str(sorted(out.rglob("*"))).encode()} == before
        assert list(out.parent.iterdir()) == [out]
        assert len(load_lock(out).students) == 3


class TestWarnings:
    def test_time_book_and_pool(
        self, exam: Exam, roster: Sequence[Student], make_bank: Callable[..., Bank], out: Path
    ) -> None:
        """Too little time, the wrong book and too few variants are told."""
        bank = make_bank("numbers/twice", minutes=15, book="open", largest=3)
        # without seats: with 3 variants, whether neighbours must share one is the secret's chance
        unseated = [Student(student.id, student.name) for student in roster]
        assert build(exam, unseated, out, bank).warnings == (
            "part closed: its questions need 26 minutes and it has 20",
            "closed-01: numbers/twice is a question for open book and the part is closed book",
            "closed-01: numbers/twice has only 3 variants of the 5 wanted",
        )

    def test_seats(self, exam: Exam, make_bank: Callable[..., Bank], out: Path) -> None:
        """A seat that is not read, and neighbours who must share, are told."""
        bank = make_bank("numbers/twice", largest=2)
        plan = exam.model_dump()
        plan["parts"] = [{**plan["parts"][0], "slots": plan["parts"][0]["slots"][:1]}]
        students = [Student(f"s{i}", "x", f"A{i}") for i in range(1, 3)] + [Student("s3", "x", "B1")]
        report = build(Exam.model_validate(plan), [*students, Student("s4", "x", "door")], out, bank)
        assert report.warnings[1] == "s4: seat 'door' is not read; write it like A3 or 3-4"
        assert report.warnings[2].startswith("closed-01: 1 pairs of neighbours share a variant, such as s")


def test_key_csv(exam: Exam, roster: Sequence[Student], bank: Bank, out: Path) -> None:
    """A row for each student and slot, with the right answer; a name that looks like a formula is text."""
    build(exam, roster, out, bank)
    lock = load_lock(out)
    rows = list(csv.DictReader(io.StringIO((out / "private/key.csv").read_text(encoding="utf-8-sig"))))
    assert len(rows) == len(roster) * 4
    row = next(r for r in rows if r["student"] == "202504" and r["slot"] == "closed-01")
    variant = lock.variant("202504", "closed-01")
    assert row == {
        "student": "202504",
        "name": "'=1+2",
        "seat": "C1",
        "slot": "closed-01",
        "question": "numbers/twice",
        "variant": variant.code,
        "points": "2.0",
        "right_answer": str(2 * variant.parameters["a"]),
        "mistakes": f"{variant.parameters['a']}: 1",
    }


def test_key_html(exam: Exam, roster: Sequence[Student], bank: Bank, out: Path) -> None:
    """Every code and every right answer stands on the page, and a name cannot be markup."""
    build(exam, roster, out, bank)
    page = (out / "private/key.html").read_text(encoding="utf-8")
    for slot in load_lock(out).slots:
        assert all(f"<code>{variant.code}</code>" in page for variant in slot.pool)
    assert "박|산*&lt;b&gt;" in page
    assert "<b>" not in page
    assert "http:" not in page
    assert "https:" not in page
    assert "3점: 생각" in page
