"""What a paper says apart from its questions, Korean and English side by side."""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping
from typing import Any

from papers.exam import Language

__all__ = ["book", "day", "escape", "form_line", "instructions", "number", "points", "say"]

_WEEKDAYS = {
    "ko": "월화수목금토일",
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
}
_MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)

_WORDS: Mapping[str, Mapping[Language, str]] = {
    "date": {"ko": "시험일", "en": "Date"},
    "id": {"ko": "학번", "en": "Student id"},
    "name": {"ko": "이름", "en": "Name"},
    "seat": {"ko": "좌석", "en": "Seat"},
    "time": {"ko": "시간", "en": "Time"},
    "minutes": {"ko": "{}분", "en": "{} minutes"},
    "marks": {"ko": "배점", "en": "Points"},
    "total": {"ko": "{}문항, 모두 {}점", "en": "{} questions, {} points in all"},
    "total one": {"ko": "1문항, {}점", "en": "1 question, {} points"},
    "book": {"ko": "방식", "en": "Kind"},
    "closed": {"ko": "클로즈드 북", "en": "closed book"},
    "open": {"ko": "오픈 북", "en": "open book"},
    "question": {"ko": "문제 {}", "en": "Question {}"},
    "code": {"ko": "변형", "en": "variant"},
    "answer in": {"ko": "답: `{}`", "en": "answer: `{}`"},
    "answer below": {"ko": "답: 아래 칸", "en": "answer: the cell below"},
    "form": {"ko": "답의 형식", "en": "Form of the answer"},
    "instructions": {"ko": "유의 사항", "en": "Instructions"},
    "setup": {"ko": "# 이 칸을 먼저 실행하시오", "en": "# Run this cell first"},
    "generated": {
        "ko": "# 이 시험을 위해 만들어 낸 데이터이다. 실제 데이터가 아니다: {}",
        "en": "# Generated for this exam, not the real data: {}",
    },
    "form check": {
        "ko": "# 답의 형식을 확인하는 도구이다. 실행하고 넘어가시오.",
        "en": "# Checks the form of answers: run it and go on.",
    },
    "right answer": {"ko": "정답", "en": "Right answer"},
    "explanation": {"ko": "풀이", "en": "Solution"},
    "rubric": {"ko": "채점 기준", "en": "Rubric"},
    "solved": {"ko": "정답과 풀이", "en": "Solved"},
}


def say(word: str, language: Language, *values: object) -> str:
    """The phrase *word*, with *values* filled in."""
    return _WORDS[word][language].format(*values)


def day(date: datetime.date, language: Language) -> str:
    """*date* as people write it: `2025년 4월 23일 (수)`, `Wednesday 23 April 2025`."""
    weekday = _WEEKDAYS[language][date.weekday()]
    if language == "ko":
        return f"{date.year}년 {date.month}월 {date.day}일 ({weekday})"
    return f"{weekday} {date.day} {_MONTHS[date.month - 1]} {date.year}"


def number(value: float) -> str:
    """*value* without needless decimals: 2, 2.5, 0.33."""
    return f"{round(value, 2):g}"


def points(value: float, language: Language) -> str:
    """`2점`, `1 point`, `2.5 points`."""
    return f"{number(value)}점" if language == "ko" else f"{number(value)} point{'' if value == 1 else 's'}"


def book(open_book: bool, language: Language) -> str:
    """Closed or open book."""
    return say("open" if open_book else "closed", language)


def escape(text: str) -> str:
    """*text* as Markdown that shows it as it is, in a table cell too."""
    text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return re.sub(r"([\\`*_{}\[\]()#+!|~$-])", r"\\\1", text)


def instructions(language: Language, *, open_book: bool, file: str, data: bool, alike: bool = False) -> list[str]:
    """
    How to sit this part, a line each.

    Args:
        file: the notebook's file name.
        data: whether data files lie beside it.
        alike: whether everybody gets the same paper.
    """
    differs = {
        "ko": "숫자와 보기 순서는 학생마다 다르다. ",
        "en": "Numbers and the order of options differ between students. ",
    }
    varied = "" if alike else differs[language]
    korean = [
        "시험을 보는 동안 인터넷 연결을 끊으시오. 이 노트북은 연결 없이 실행된다.",
        "교재, 필기, 미리 내려받은 자료를 볼 수 있다. 다른 사람이나 AI 도구의 도움을 받지 마시오."
        if open_book
        else "교재, 필기, 다른 파일, 다른 사람, AI 도구의 도움을 받지 마시오.",
        "맨 위의 코드 칸부터 차례로 실행하시오. 답 칸의 `...` 부분을 지우고 답을 쓴 다음 실행하시오.",
        '글자로 된 답에는 따옴표를 붙이시오. `q01 = B`는 오류이고 `q01 = "B"`가 옳다.',
        "답 칸 아래의 확인 칸은 답이 요구한 형식에 맞는지만 알려 주고, 맞았는지는 알려 주지 않는다.",
        "답 칸을 지우거나 복사하거나 다른 칸으로 바꾸지 마시오. 연습용 칸은 추가해도 되지만 채점하지 않는다.",
        f"{varied}답의 형식에 든 예는 정답과 관계가 없다.",
        f"노트북을 저장하고, 파일 이름 `{file}`은 바꾸지 말고 제출하시오.",
    ]
    english = [
        "Stay offline during the exam. This notebook runs without a connection.",
        "You may use the book, notes and what you downloaded before, but no other people and no AI tools."
        if open_book
        else "Do not use the book, notes, other files, other people or AI tools.",
        "Run the code cells from the top. Replace the `...` in an answer cell by your answer, then run it.",
        'Put an answer made of letters in quotation marks: `q01 = B` is an error, `q01 = "B"` is right.',
        "The cell below an answer tells whether the answer has the form asked for, not whether it is right.",
        "Do not delete, copy or replace answer cells. Cells that you add to try things out are not marked.",
        f"{varied}The examples of form are no hints.",
        f"Save the notebook and hand it in under its name, `{file}`.",
    ]
    if data:
        korean.insert(1, "함께 받은 데이터 파일을 노트북과 같은 폴더에 두시오.")
        english.insert(1, "Keep the data files that came with the notebook in the same folder.")
    return korean if language == "ko" else english


def form_line(form: Mapping[str, Any], variable: str, language: Language) -> str:
    """
    One line that says what an answer of *form*, from `Answer.form`, looks like.

    Its example is the same whatever the right answer is.
    """
    korean = language == "ko"
    names = ", ".join(f"`{name}`" for name in form.get("names", ()))
    match form["kind"]:
        case "number":
            example = f"`{variable} = 12.5`"
            return f"숫자를 쓰시오. 예: {example}" if korean else f"a number, such as {example}"
        case "term":
            example = f'`{variable} = "용어"`' if korean else f'`{variable} = "term"`'
            if korean:
                return f"용어를 따옴표 안에 쓰시오. 예: {example}"
            return f"a term in quotation marks, such as {example}"
        case "choice":
            example = f'`{variable} = "B"`'
            return f"문자 하나를 쓰시오. 예: {example}" if korean else f"one letter, such as {example}"
        case "choices":
            example = f'`{variable} = ["A", "B"]`'
            if korean:
                return f"옳은 것의 문자를 모두 쓰시오. 예: {example}"
            return f"the letters of all that fit, such as {example}"
        case "order":
            example = f'`{variable} = ["B", "A", …]`'
            if korean:
                return f"모든 문자를 순서대로 쓰시오. 예: {example}"
            return f"all letters in order, such as {example}"
        case "fields":
            return (
                "각 항목의 `...` 부분을 채우시오. 글자로 된 값에는 따옴표를 붙이시오."
                if korean
                else "fill in the `...` of each field; a value made of letters stands in quotation marks"
            )
        case "expression":
            example = f'`{variable} = "2 * x + 1"`'
            return (
                f"식을 따옴표 안에 쓰시오. 쓸 수 있는 이름: {names}. 예: {example}"
                if korean
                else f"an expression in quotation marks; its names: {names}. Such as {example}"
            )
        case "essay":
            return (
                "아래 칸의 `...` 부분을 지우고 글로 답하시오."
                if korean
                else "replace the `...` in the cell below with your text"
            )
    return _code_line(form, names, language)


def _code_line(form: Mapping[str, Any], names: str, language: Language) -> str:
    if language == "ko":
        noun = {"function": "함수를", "class": "클래스를", "model": "모델을"}.get(form["form"])
        if noun is None:
            return f"아래 칸의 `...` 부분을 채우시오. 채점하는 이름: {names}"
        return f"아래 칸의 `...` 부분을 채워 {names} {noun} 완성하시오."
    noun = form["form"] if form["form"] in ("function", "class", "model") else None
    goal = f" to complete the {noun} {names}" if noun else f"; marked by name: {names}"
    return f"fill in the `...` below{goal}"
