"""What practice says, Korean and English side by side."""

from __future__ import annotations

from collections.abc import Mapping

from grader.results.records import Outcome
from papers.exam import Language

__all__ = ["OUTCOMES", "RETRY", "instructions", "say"]

_WORDS: Mapping[str, Mapping[Language, str]] = {
    "heading": {"ko": "연습 {}. {}", "en": "Practice {}. {}"},
    "size": {"ko": "{}문제, 약 {}분", "en": "{} questions, about {} minutes"},
    "begin": {"ko": "# 답을 확인하는 도구", "en": "# What checks your answers"},
    "missing": {
        "ko": "답을 확인하려면 dlexam 패키지가 필요하다. 내려받은 dlexam 폴더에서 `pip install .` 명령을 실행하고 커널을 다시 시작하시오.",
        "en": "Checking answers needs the dlexam package: run `pip install .` in your copy of dlexam, then restart the kernel.",
    },
    "after exam": {
        "ko": "## 시험이 끝난 뒤\n\n여기부터는 실제 시험지에 없다. 시간이 다 되면 아래 칸들을 실행하여 답을 확인하시오. "
        '정답과 풀이는 `show("q01")`처럼 실행하면 볼 수 있다.',
        "en": "## After the exam\n\nA real paper ends above. When your time is up, run the cells below to check your answers; "
        '`show("q01")` tells an answer with its solution.',
    },
    "other version": {
        "ko": "이 노트북과 설치된 dlexam 패키지의 판이 서로 다르다. 둘을 함께 새로 받으시오.",
        "en": "This notebook and the installed dlexam package are of different versions: get both anew.",
    },
    "unknown": {
        "ko": '`{0}` 문제는 없다. 이 노트북에는 {1}부터 {2}까지 있다. `check("{1}")`처럼 따옴표를 붙여 쓰시오.',
        "en": 'No question `{0}` here: they go from {1} to {2}. Write the name in quotation marks: `check("{1}")`.',
    },
    "read as": {"ko": "읽은 답: `{}`", "en": "Read as: `{}`"},
    "seen": {"ko": "확인한 내용: `{}`", "en": "Seen: `{}`"},
    "call": {"ko": "호출: `{}`", "en": "Call: `{}`"},
    "call and result": {"ko": "호출과 결과: `{}`", "en": "Call and result: `{}`"},
    "error": {"ko": "오류: `{}`", "en": "Error: `{}`"},
    "rubric": {
        "ko": "글로 답하는 문제이다. 다음 기준에 비추어 자신의 답을 스스로 채점하시오.",
        "en": "An essay: mark your own text by this rubric.",
    },
    "self": {"ko": "스스로 채점", "en": "mark it yourself"},
    "misspelt": {
        "ko": "거의 맞았으나 철자가 어딘가 다르다. 다시 살펴보시오.",
        "en": "Almost: something in the spelling is off. Look at it again.",
    },
    "passed": {"ko": "예제 {}개 가운데 {}개를 통과했다.", "en": "{1} of {0} examples pass."},
    "all passed": {
        "ko": "예제를 모두 통과했다. 시험에서는 다른 입력으로도 채점하므로 문제의 조건을 한 번 더 확인하시오.",
        "en": "All examples pass. An exam tries other inputs too, so read the conditions once more.",
    },
    "share": {"ko": "일부만 맞았다. 점수의 {:.0%}에 해당한다.", "en": "Partly right: worth {:.0%} of the points."},
    "told": {"ko": '풀이: `show("{}")`', "en": 'The solution: `show("{}")`'},
    "stuck": {
        "ko": '고쳐서 다시 확인하시오. 정답과 풀이를 보려면 `show("{}")`',
        "en": 'Mend it and check again. To see the answer and its solution: `show("{}")`',
    },
    "answer": {"ko": "정답의 예", "en": "A right answer"},
    "examples": {"ko": "예제의 코드", "en": "The code of the examples"},
    "question": {"ko": "문제", "en": "question"},
    "result": {"ko": "결과", "en": "result"},
    "sum": {"ko": "{}문제 가운데 {}문제를 맞혔다.", "en": "{1} of {0} questions are right."},
}

OUTCOMES: Mapping[Outcome, Mapping[Language, str]] = {
    Outcome.RIGHT: {"ko": "정답이다.", "en": "Right."},
    Outcome.PARTLY: {"ko": "일부만 맞았다.", "en": "Partly right."},
    Outcome.WRONG: {"ko": "오답이다.", "en": "Not right."},
    Outcome.BLANK: {
        "ko": "아직 답하지 않았다. 답을 쓰고 답 칸을 실행한 다음 다시 확인하시오.",
        "en": "Not answered yet. Write your answer, run its cell, then check again.",
    },
    Outcome.MALFORMED: {"ko": "답의 형식이 맞지 않다.", "en": "This does not have the form of an answer."},
    Outcome.CRASHED: {"ko": "코드가 오류로 중단되었다.", "en": "Your code stopped with an error."},
    Outcome.TIMED_OUT: {"ko": "코드가 제시간에 끝나지 않았다.", "en": "Your code did not finish in time."},
    Outcome.NEEDS_REVIEW: {"ko": "사람이 읽어야 한다.", "en": "A person must read this."},
    Outcome.GRADER_ERROR: {
        "ko": "문제 쪽에 잘못이 있어 확인하지 못했다. 답안의 잘못이 아니다.",
        "en": "The question itself is at fault; your answer could not be checked.",
    },
}
"""What each outcome means in practice."""

RETRY: Mapping[str, Mapping[Language, str]] = {
    "number": {
        "ko": "무엇을 세거나 구하는 문제인지, 반올림 조건은 무엇인지 다시 읽으시오.",
        "en": "Read again what is to be counted or computed, and how it is to be rounded.",
    },
    "term": {
        "ko": "다른 것을 가리키는 말이다. 문제의 설명을 한 마디씩 다시 읽으시오.",
        "en": "That names something else. Read the description once more, word by word.",
    },
    "choice": {
        "ko": "보기를 하나씩 문제의 조건과 견주어 보시오.",
        "en": "Hold each option against the conditions of the question.",
    },
    "choices": {
        "ko": "고른 보기와 고르지 않은 보기를 하나씩 다시 따져 보시오.",
        "en": "Go through the options once more, those you left out as well.",
    },
    "order": {
        "ko": "앞 단계의 결과가 있어야 할 수 있는 단계를 찾아보시오.",
        "en": "Look for steps that need what another step makes.",
    },
    "fields": {
        "ko": "항목은 서로 맞아야 한다. 문제의 상황에 비추어 하나씩 확인하시오.",
        "en": "The fields must fit each other: check each against the situation.",
    },
    "code": {
        "ko": "문제에 주어진 이름과 조건을 다시 확인하시오.",
        "en": "Look again at the names and conditions that are given.",
    },
}
"""Where to look when the mistake has no name, by kind of answer."""


def say(word: str, language: Language, *values: object) -> str:
    """The phrase *word*, with *values* filled in."""
    return _WORDS[word][language].format(*values)


def instructions(language: Language, *, data: bool, keras: bool) -> list[str]:
    """
    How to practise, a line each.

    Args:
        data: whether data files lie beside the notebook.
        keras: whether it loads TensorFlow, which talks about the processor when it starts.
    """
    korean = [
        "맨 위의 코드 칸부터 차례로 실행하시오. 인터넷 연결은 필요 없다.",
        '답 칸의 `...` 부분을 지우고 답을 쓴 다음 실행하시오. 글자로 된 답에는 따옴표를 붙이시오. `q01 = B`는 오류이고 `q01 = "B"`가 옳다.',
        "그 아래의 `check` 칸을 실행하면 답이 맞았는지 바로 알 수 있다. 틀렸으면 어떤 실수인지 알려 주므로 고쳐서 다시 확인하시오.",
        '`show("q01")`처럼 실행하면 정답과 풀이를 볼 수 있다. 먼저 스스로 고쳐 보시오.',
        "주제와 난이도는 일부러 섞었다. 비슷한 문제가 나오면 무엇이 다른지 견주어 보시오.",
    ]
    english = [
        "Run the code cells from the top. No network is needed.",
        'Replace the `...` in an answer cell by your answer, then run it. Letters stand in quotation marks: `q01 = B` is an error, `q01 = "B"` is right.',
        "Run the `check` cell below it: it says at once whether the answer is right, and if not, which mistake it shows. Mend it and check again.",
        '`show("q01")` tells the answer and its solution. Try to mend your own first.',
        "Topics and difficulty are mixed on purpose. Where two questions look alike, ask what the difference is.",
    ]
    if keras:
        korean[0] += " 처음에 TensorFlow가 붉은 바탕에 알리는 말은 오류가 아니다."
        english[0] += " What TensorFlow says at the start, on red, is no error."
    if data:
        korean.insert(1, "함께 받은 데이터 파일을 노트북과 같은 폴더에 두시오.")
        english.insert(1, "Keep the data files that came with the notebook in the same folder.")
    return korean if language == "ko" else english
