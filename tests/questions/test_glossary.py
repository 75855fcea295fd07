"""Short answers: what the glossary accepts, refuses, and leaves to a person."""

from __future__ import annotations

import csv
import re
import time
import unicodedata
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from question_bank import Expression, Mistake, Term, glossary, load_bank
from question_bank.answers import Malformed, Verdict

VERDICTS = ("accept", "refuse", "review", "other_language")


def table() -> list[tuple[str, str, str, str]]:
    """The rows of short_answers.tsv; `\\u200b` in it is that character, which nobody would see."""
    with Path(__file__).with_name("short_answers.tsv").open(encoding="utf-8", newline="") as file:
        rows = csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        assert next(rows) == ["term", "language", "answer", "verdict"]
        return [
            (term, language, re.sub(r"\\u([0-9a-f]{4})", lambda m: chr(int(m[1], 16)), answer), verdict)
            for term, language, answer, verdict in rows
        ]


ROWS = table()
SPELLINGS = [
    (term, language, spelling)
    for term, spellings in glossary._rows().items()
    for language in ("en", "ko")
    for spelling in spellings[language]
]
TERMS = sorted(glossary._rows())
thoroughly = settings(deadline=None, max_examples=300, derandomize=True)


def mark(term: str, answer: str, language: str = "any") -> Verdict:
    other = None if language == "any" else Mistake("other_language", credit=0.5)
    judge = Term(term, language=language, other_language=other)
    return judge.mark(judge.read(answer))


def word_for(verdict: Verdict) -> str:
    if verdict.review is not None:
        return "review"
    return "accept" if verdict.credit == 1 else verdict.mistake or "refuse"


class TestTable:
    """Answers as students write them."""

    @pytest.mark.parametrize("verdict", VERDICTS)
    def test_verdicts(self, verdict):
        """Every answer of the table gets the verdict that stands beside it."""
        rows = [row for row in ROWS if row[3] == verdict]
        assert [row for row in rows if word_for(mark(row[0], row[2], row[1])) != verdict] == []

    def test_size(self):
        """600 answers at least, of every verdict; three in five are accepted at most; none stands there twice."""
        count = Counter(row[3] for row in ROWS)
        assert set(count) == set(VERDICTS)
        assert count.total() >= 600 and min(count.values()) >= 40
        assert count["accept"] <= 0.6 * count.total()
        assert [row for row, times in Counter(row[:3] for row in ROWS).items() if times > 1] == []

    def test_every_term_asked(self):
        """Each term that a question asks for has answers that are accepted, refused, and reviewed."""
        answers = [question.variant(seed).answer for question in load_bank() for seed in range(80)]
        asked = {answer.term for answer in answers if isinstance(answer, Term)}
        shown = {(row[0], row[3]) for row in ROWS}
        assert [term for term in sorted(asked) for word in VERDICTS[:3] if (term, word) not in shown] == []
        given = {term for answer in answers if isinstance(answer, Expression) for term in answer.given.values() if term}
        assert given <= set(TERMS)


class TestRows:
    """What stands in glossary.tsv."""

    def test_one_row_each(self):
        """No term has two rows, and each has a spelling in both languages."""
        lines = Path(glossary.__file__).with_name("glossary.tsv").read_text(encoding="utf-8").splitlines()
        cells = [line.split("\t") for line in lines]
        assert [row for row in cells if len(row) != 3 or not all(cell.strip() for cell in row)] == []
        assert [term for term, times in Counter(row[0] for row in cells).items() if times > 1] == []

    def test_no_spelling_has_two_owners(self):
        """After folding, no spelling belongs to two terms, or to one in both languages."""
        owners: dict[str, set[tuple[str, str]]] = {}
        for term, language, spelling in SPELLINGS:
            owners.setdefault(glossary.fold(spelling), set()).add((term, language))
        assert "" not in owners
        assert {spelling: found for spelling, found in owners.items() if len(found) > 1} == {}

    def test_every_spelling_names_its_term_alone(self):
        """Each spelling is read as its own term in its own language, and so as no other."""
        assert [row for row in SPELLINGS if glossary.terms_in(row[2]) != [row[:2]]] == []

    def test_ambiguous_words_have_no_owner(self):
        """What means one thing here and another there is left to the question that asks."""
        words = ("정규화", "차원", "dimension", "정확률", "검증", "validation", "테스트", "함수", "step", "스텝")
        assert [word for word in words if glossary.lookup(word)] == []

    @pytest.mark.parametrize(
        "words",
        [
            "gradient, derivative, partial derivative, differentiable, loss surface, plateau, local minimum",
            "learning rate, optimizer, momentum, Adam, RMSprop, SGD, BGD, mini-batch gradient descent, weight update",
            "backpropagation, chain rule, forward pass, training loop, inference, random initialization, GradientTape",
            "batch, epoch, batch size, shape, rank, axis, reshape, dot product, broadcasting, feature scaling",
            "standardisation, min-max scaling, dense layer, sparse, full connection, hidden layer, output layer",
            "shallow network, neuron, weight, bias, parameter, hyperparameter, linear function, linear regression",
            "softmax, ReLU, sigmoid, activation function, convolution, weight sharing, Transformer, neural network",
            "one-hot, multi-hot, integer labels, label, target, sparse_categorical_crossentropy, entropy, information",
            "cross-entropy, KL divergence, cosine similarity, MSE, RMSE, MAE, AUC, ROC curve, precision-recall curve",
            "metric, accuracy, binary accuracy, precision, recall, confusion matrix, class imbalance, baseline",
            "hold-out validation, validation_data, test set, training set, shuffle, data leakage, overfitting",
            "binary classification, multi-class classification, regression, continuous value prediction, stochastic",
            "OOV, padding, start of document, vocabulary, compile, fit, evaluate, predict, history, Sequential",
        ],
    )
    def test_examinable_terms(self, words):
        """Every term that the course examines has a row."""
        unknown = [word for word in words.split(", ") if glossary.lookup(word) is None]
        assert unknown == []


@st.composite
def disguised(draw, text: str) -> str:
    """*text* in any case and width, with spaces, hyphens and characters that print nothing anywhere."""
    letters = []
    for letter in draw(st.sampled_from([text, unicodedata.normalize("NFD", text)])):
        letter = draw(st.sampled_from([letter, letter.upper(), letter.lower()]))
        if letter.isascii() and letter.isalpha() and draw(st.booleans()):
            letter = chr(ord(letter) + 0xFEE0)
        letters.append(letter)
    for _ in range(draw(st.integers(0, 6))):
        letters.insert(draw(st.integers(0, len(letters))), draw(st.sampled_from(" -_\u200b\ufeff\u3164\u00ad")))
    return "".join(letters)


spellings = st.sampled_from(SPELLINGS)


class TestReading:
    """What makes no difference, and what does."""

    @given(st.text() | st.text("가각ㄱㅏ\u1100\u1161\u11a8\u119e\u3164\u200bAaÅﬁİ̈ẞΣ①½-. "))
    @thoroughly
    def test_fold_is_idempotent(self, text):
        """What is folded stays as it is."""
        assert glossary.fold(glossary.fold(text)) == glossary.fold(text)

    @given(st.data())
    @thoroughly
    def test_form_makes_no_difference(self, data):
        """Case, width, spaces, hyphens and invisible characters never change a verdict."""
        term, _, spelling = data.draw(spellings)
        answer = data.draw(disguised(spelling))
        assert word_for(mark(term, answer)) == "accept"
        other = data.draw(st.sampled_from(TERMS).filter(lambda other: other != term))
        assert mark(other, answer).credit == 0

    @given(
        spellings,
        st.sampled_from(
            [
                *("{}입니다.", "{}이다", "{}이에요!", "{}라고 한다", "{}이라고 합니다", "{}임", "정답: {}", "[답] {}"),
                *("the {}", "A {}.", '"{}"', "`{}`", "({})", "{}?", "1) {}", "이것은 {}", "It is called {}", "**{}**"),
            ]
        ),
    )
    @thoroughly
    def test_what_stands_around(self, row, form):
        """Labels, articles, quotation marks and endings leave the term as it is."""
        assert word_for(mark(row[0], form.format(row[2]))) == "accept"

    @given(spellings, st.sampled_from(["{} ({})", "{}({})", "{}({})이다", "{} = {}", "{}, {}", "{} / {}", "{} 즉 {}"]))
    @thoroughly
    def test_both_languages(self, row, form):
        """A term twice, in any two spellings, is that term."""
        for language in ("en", "ko"):
            pair = (row[2], glossary.preferred(row[0], language))
            assert word_for(mark(row[0], form.format(*pair))) == "accept"
            assert word_for(mark(row[0], form.format(*pair[::-1]))) == "accept"

    @given(
        spellings,
        spellings,
        st.sampled_from(["{} or {}", "{}, {}", "{}/{}", "{} 또는 {}", "{}({})", "{} {}", "{}와 {}"]),
    )
    @thoroughly
    def test_two_terms(self, one, other, form):
        """Two different terms are never right, whichever comes first."""
        assume(one[0] != other[0])
        answer = form.format(one[2], other[2])
        # together they may be a name of their own, such as K-fold (cross-validation)
        assume(len(answer) <= 120 and glossary.lookup(answer) is None)
        assert mark(one[0], answer).credit == mark(other[0], answer).credit == 0

    @given(
        spellings,
        st.sampled_from(
            [
                *("not {}", "no {}", "it isn't {}", "{} is wrong", "never {}", "anything but {}", "{} (no)"),
                *("{}이 아니다", "{} 아님", "{}가 아닙니다", "{}은 아니에요", "{} 말고", "{}의 반대", "{}(X)"),
            ]
        ),
    )
    @thoroughly
    def test_denied(self, row, form):
        """What is denied is never accepted."""
        assert mark(row[0], form.format(row[2])).credit == 0


class TestSlips:
    """Near misses go to a person, unless they name something else."""

    @given(st.data())
    @thoroughly
    def test_one_slip(self, data):
        """One letter or jamo changed, lost, doubled or swapped is reviewed; where it makes another term, refused."""
        term, _, spelling = data.draw(spellings)
        folded = glossary.fold(spelling)
        assume(len(folded) >= 4 or re.fullmatch("[가-힣]{3}", folded))
        letters = list(unicodedata.normalize("NFD", folded))
        at = data.draw(st.integers(0, len(letters) - 1))
        assume(not letters[at].isdigit())
        match data.draw(st.sampled_from(("changed", "lost", "doubled", "swapped"))):
            case "changed":
                letters[at] = data.draw(st.sampled_from("aeioxz" if letters[at].isascii() else "\u1100\u1161\u11ab"))
            case "lost":
                del letters[at]
            case "doubled":
                letters.insert(at, letters[at])
            case "swapped":
                letters[at : at + 2] = letters[at : at + 2][::-1]
        typed = unicodedata.normalize("NFC", "".join(letters))
        found = [part[0] for part in glossary.terms_in(typed) if part]
        expected = "review" if not found else "accept" if set(found) == {term} else "refuse"
        assume([c for c in glossary.fold(typed) if c.isdigit()] == [c for c in folded if c.isdigit()])
        assert word_for(mark(term, typed)) == expected

    @pytest.mark.parametrize("typed", ["과데적합", "과적대합", "과대대적합"])
    def test_hangul(self, typed):
        """A wrong jamo, two syllables swapped and one doubled are one slip each."""
        assert word_for(mark("overfitting", typed)) == "review"

    @pytest.mark.parametrize(
        ("typed", "term"),
        [
            *(
                ("MXE", "mean squared error"),
                ("측", "axis"),
                ("손설", "loss function"),
                ("L3 loss", "mean squared error"),
            ),
            *(("정밀도", "accuracy"), ("AdamW", "Adam"), ("평균 제곱 오차", "root mean squared error")),
        ],
    )
    def test_no_slips(self, typed, term):
        """Short words and digits get no benefit of the doubt, and a neighbour is no misspelling."""
        assert word_for(mark(term, typed)) == "refuse"


class TestHostile:
    """Text that is no answer."""

    @given(st.text(max_size=120), st.sampled_from(TERMS))
    @thoroughly
    def test_anything(self, text, term):
        """Whatever is written is judged or refused as malformed; by chance it is never right."""
        try:
            verdict = mark(term, text)
        except Malformed:
            return
        assert verdict.credit == 0 or glossary.lookup(text) is not None

    def test_no_letters(self):
        """Where no letter is, there is no answer."""
        for text in ("???", "...", "\u3164", "\u200b", "∂/∂", "( )", "💥"):
            with pytest.raises(Malformed):
                mark("epoch", text)

    @pytest.mark.parametrize(
        "text", ["a ", "the a ", "과대적합은 ", "정답:", "1.", "tf.", "overfittin ", "(", "or ", "이다", "과", "[정답"]
    )
    def test_time(self, text):
        """The longest answer is judged in a moment."""
        start = time.process_time()
        for term in ("overfitting", "K-fold cross-validation"):
            mark(term, (text * 120)[:118] + " x")
        assert time.process_time() - start < 1
