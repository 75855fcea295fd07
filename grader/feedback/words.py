"""The authored sentences of a feedback page, Korean and English side by side."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from grader.results.records import Outcome

__all__ = [
    "LABELS",
    "NOTES",
    "OUTCOMES",
    "PARTS",
    "PENDING",
    "Said",
    "cut_note",
    "expected_form",
    "part_heading",
    "provisional_note",
]

Said = Mapping[str, str]
"""One thing said in every language: `{"ko": …, "en": …}`."""


def _say(ko: str, en: str) -> Said:
    return {"ko": ko, "en": en}


PENDING = "not marked yet"
"""The state of a slot that the record does not hold."""

OUTCOMES: Mapping[str, Said] = {
    Outcome.RIGHT: _say("정답", "Right"),
    Outcome.PARTLY: _say("부분 점수", "Partly right"),
    Outcome.WRONG: _say("오답", "Not right"),
    Outcome.BLANK: _say("무응답", "No answer"),
    Outcome.MALFORMED: _say("형식 오류", "Wrong form"),
    Outcome.CRASHED: _say("실행 오류", "Stopped with an error"),
    Outcome.TIMED_OUT: _say("시간 초과", "Out of time"),
    Outcome.NEEDS_REVIEW: _say("검토 중", "Being reviewed"),
    Outcome.GRADER_ERROR: _say("채점 보류", "Marking on hold"),
    PENDING: _say("채점 전", "Not marked yet"),
}
"""Each outcome in a word or two."""

NOTES: Mapping[str, Said] = {
    Outcome.BLANK: _say("쓴 답이 없다.", "You gave no answer."),
    Outcome.MALFORMED: _say(
        "적은 답이 요구한 형식이 아니어서 맞았는지 판단할 수 없었다.",
        "What you wrote does not have the form asked for, so nobody can say whether it is right.",
    ),
    Outcome.CRASHED: _say(
        "답 칸의 코드가 오류로 중단되었다. 노트북의 커널을 다시 시작하고 처음부터 실행하면 같은 오류를 볼 수 있다.",
        "Your cell stopped with an error. Restart the kernel and run your notebook from the top to see it.",
    ),
    Outcome.TIMED_OUT: _say(
        "코드가 정해진 시간 안에 끝나지 않아 중단되었다.",
        "Your code did not finish within the time allowed and was stopped.",
    ),
    Outcome.NEEDS_REVIEW: _say(
        "사람이 직접 읽고 채점한다. 그때까지 이 문제의 점수는 정해지지 않는다.",
        "A person will read it. Until then the points of this question stay open.",
    ),
    Outcome.GRADER_ERROR: _say(
        "채점하는 쪽에 문제가 생겼다. 답안의 잘못이 아니며 잃은 점수도 없다. 다시 채점할 때까지 점수는 정해지지 않는다.",
        "This is a fault on our side, not in your answer. Nothing is lost: the points stay open until it is marked.",
    ),
    PENDING: _say(
        "아직 채점하지 않았다. 점수는 채점한 뒤에 정해진다.",
        "This question has not been marked yet; its points are open.",
    ),
}
"""What each outcome means for the student, where the word alone does not say it."""

PARTS: Mapping[str, Said] = {
    "missing": _say(
        "이 부분의 답안이 제출되지 않았다. 제출했다면 담당 조교에게 알리기 바란다.",
        "Nothing was handed in for this part. If you did hand it in, please tell your teaching assistant.",
    ),
    "unreadable": _say(
        "제출한 파일에서 답안을 읽을 수 없었다. 담당 조교에게 알리기 바란다.",
        "No answers could be read from the file that was handed in. Please tell your teaching assistant.",
    ),
}
"""What became of a part that was not graded, by the status of its record."""

LABELS: Mapping[str, Said] = {
    "kicker": _say("시험 피드백", "Exam feedback"),
    "name": _say("이름", "Name"),
    "id": _say("학번", "Student ID"),
    "date": _say("시험일", "Date"),
    "total": _say("총점", "Total"),
    "provisional": _say("잠정 점수", "Provisional"),
    "open": _say("미정", "open"),
    "overview": _say("한눈에 보기", "At a glance"),
    "number": _say("번호", "No."),
    "question": _say("문제", "Question"),
    "outcome": _say("결과", "Outcome"),
    "points": _say("점수", "Points"),
    "answer": _say("내 답", "Your answer"),
    "chosen": _say("내 답", "your answer"),
    "starter": _say("주어진 코드", "Given code"),
    "in_notebook": _say(
        "제출한 노트북에 있는 코드를 채점하였다.", "The code in the notebook that you handed in was marked."
    ),
    "none": _say("없음", "None"),
    "left_open": _say("비워 둠", "left open"),
    "checks": _say("확인한 내용", "What was checked"),
    "passed": _say("통과", "passed"),
    "failed": _say("통과하지 못함", "not passed"),
    "unchecked": _say("확인하지 못함", "could not be checked"),
    "mistake": _say("짚어 볼 점", "What went wrong"),
    "rubric": _say("채점 기준", "Marked by"),
    "comment": _say("채점자의 의견", "The marker says"),
    "explanation": _say("해설", "Explanation"),
    "footer": _say(
        "점수에 대해 물을 때에는 문제 번호와 그 옆의 변형 코드를 함께 적기 바란다.",
        "When you ask about a mark, name the question's number and the variant code beside it.",
    ),
    "unwalled": _say(
        "이 답안의 코드는 격리되지 않은 환경에서 채점되었다(--unsafe-no-sandbox).",
        "The code of these answers was graded without isolation (--unsafe-no-sandbox).",
    ),
}
"""Headings and short labels."""


def part_heading(number: int) -> Said:
    """The heading of the *number*-th part."""
    return _say(f"{number}부", f"Part {number}")


def cut_note(length: int) -> Said:
    """Tells that an answer of *length* characters is not shown to its end."""
    return _say(f"뒷부분은 줄였다. 모두 {length:,}자이다.", f"Shortened here; it has {length:,} characters.")


def provisional_note(count: int, points: str) -> Said:
    """What *count* open slots, worth *points* together, mean for the total."""
    return _say(
        f"{count}문제({points}점)의 점수가 아직 정해지지 않았으므로 총점은 더 오를 수 있다.",
        f"{count} question{'s' if count > 1 else ''} ({points} point{'' if points == '1' else 's'}) "
        f"still open: this total may rise.",
    )


def expected_form(form: Mapping[str, Any]) -> Said | None:
    """What a malformed answer should have looked like; *form* is `Answer.form()`, which tells nothing of the right one."""
    last = chr(ord("A") + int(form.get("options", 1)) - 1)
    names = ", ".join(map(str, form.get("fields") or form.get("names") or ()))
    sentences = {
        "number": _say("수나 수식 하나를 써야 한다.", "A number, or plain arithmetic, was expected."),
        "term": _say("짧은 용어 하나를 써야 한다.", "A short term was expected."),
        "choice": _say(f"A부터 {last}까지의 문자 하나를 써야 한다.", f"One letter from A to {last} was expected."),
        "choices": _say(f"A부터 {last}까지의 문자를 써야 한다.", f"Letters from A to {last} were expected."),
        "order": _say(
            f"A부터 {last}까지의 문자를 한 번씩 모두 써야 한다.", f"Each letter from A to {last} was expected once."
        ),
        "fields": _say(f"다음 항목을 채워야 한다: {names}", f"These fields were expected: {names}"),
        "expression": _say(
            f"다음 이름과 수로 된 식 하나를 써야 한다: {names}",
            f"One expression of numbers and these names was expected: {names}",
        ),
        "essay": _say("글로 답해야 한다.", "A text was expected."),
    }
    return sentences.get(str(form.get("kind")))
