"""The page of feedback: what it shows, and what it never shows."""

from __future__ import annotations

import base64
import hashlib
import itertools
import re
from html.parser import HTMLParser

import pytest

from grader.feedback import write_feedback
from grader.feedback.words import NOTES, OUTCOMES
from grader.results.records import Outcome
from question_bank import DlexamError

HIDDEN = "HIDDEN-VALUE-3.25"
VOID = {"meta", "img", "rect", "path", "circle", "use", "br", "hr"}


class Outline(HTMLParser):
    """Tags in order, ids, text, and whether every tag is closed in its place."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.text = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if not self.open or self.open[-1] not in ("style", "title"):
            self.text += data

    def of(self, tag: str) -> list[dict[str, str | None]]:
        """The attributes of every *tag*."""
        return [attrs for name, attrs in self.tags if name == tag]


@pytest.mark.parametrize("language", ["ko", "en", "both"])
def test_is_well_formed(pages, language):
    """Every tag is closed, every id is used once and every link leads to one of them."""
    outline = Outline(pages(language).page())
    ids = [attrs["id"] for _, attrs in outline.tags if "id" in attrs]
    assert not outline.open
    assert len(ids) == len(set(ids))
    assert {a["href"].removeprefix("#") for t in ("a", "use") for a in outline.of(t)} <= set(ids)
    assert {a["aria-labelledby"] for _, a in outline.tags if "aria-labelledby" in a} <= set(ids)


def test_headings_descend_one_step_at_a_time(page):
    """No level of heading is left out, and there is one of the first level."""
    levels = [int(tag[1]) for tag, _ in Outline(page()).tags if re.fullmatch("h[1-6]", tag)]
    assert levels.count(1) == 1
    assert all(b <= a + 1 for a, b in itertools.pairwise(levels))


@pytest.mark.parametrize(("language", "root"), [("ko", "ko"), ("en", "en"), ("both", "ko")])
def test_language(pages, language, root):
    """The page says its language, and holds the sentences of the exam's languages only."""
    page = pages(language).page(outcome=Outcome.BLANK)
    assert Outline(page).of("html") == [{"lang": root}]
    for tongue in ("ko", "en"):
        wanted = language in (tongue, "both")
        assert (OUTCOMES["blank"][tongue] in page) is wanted
        assert (f"number prompt in {tongue}" in page) is wanted


@pytest.mark.parametrize("outcome", list(Outcome))
def test_every_outcome_has_its_words(page, outcome):
    """An outcome is told by a word, a sign and, where the word alone would puzzle, a sentence."""
    text = page(outcome=outcome)
    assert OUTCOMES[outcome]["en"] in text
    assert f'<use href="#{outcome.replace(" ", "-")}"/>' in text
    assert outcome not in NOTES or NOTES[outcome]["en"] in text


def test_total(page):
    """A settled total stands there as such."""
    text = page(outcome=Outcome.WRONG)
    assert "<b>10</b>" in text
    assert "Provisional" not in text


@pytest.mark.parametrize("outcome", [Outcome.NEEDS_REVIEW, Outcome.GRADER_ERROR])
def test_open_points_make_the_total_provisional(page, outcome):
    """While a person must look the slot has no points, and the total is called provisional."""
    text = page(outcome=outcome)
    assert "Provisional" in text
    assert "1 question (2 points) still open: this total may rise." in text
    assert '<span class="undecided">open</span>' in text


def test_a_part_that_was_not_graded_is_open(page):
    """Slots that the record lacks are shown as not marked yet, never as zero."""
    text = page(without="open")
    assert "Not marked yet" in text
    assert "Provisional" in text


def test_reasons_and_hidden_values_stay_hidden(pages, code_checks):
    """Parameters, solutions and every `reason` are for the TA."""
    for slot, checks in (("closed-01", ()), ("open-01", code_checks)):
        for outcome in Outcome:
            assert HIDDEN not in pages("both").page(slot, outcome=outcome, reason=HIDDEN, checks=checks)


def test_checks(page, code_checks):
    """Each check shows its authored line, its state and the mistake that it recognised, said once."""
    text = page("open-01", outcome=Outcome.PARTLY, points=0.67, checks=code_checks, mistake="swapped")
    for line in ("It learns.", "It generalises.", "It stops.", "could not be checked"):
        assert line in text
    assert text.count("You swapped them.") == 1
    assert "a &lt; b" in text


def test_mistake(page):
    """A typed answer shows the sentence of the named mistake, and what was read."""
    text = page(outcome=Outcome.PARTLY, points=1, read_as=6, mistake="halved")
    assert "You halved it." in text
    assert "<bdi>6</bdi>" in text


def test_malformed_says_what_was_expected(page):
    """A refused form is explained by an authored sentence of its kind."""
    assert "One letter from A to C was expected." in page("closed-02", outcome=Outcome.MALFORMED, read_as="maybe")


def test_chosen_options_are_marked(page):
    """A choice is shown as its letter with the option's text, and marked in the list."""
    text = page("closed-02", outcome=Outcome.WRONG, read_as="C")
    assert text.count('<li class="chosen">') == 1
    assert re.search(r"<dt>C</dt><dd>.*?Ugly", text, re.S)


def test_figure_is_in_the_page_once(pages, figures):
    """A figure comes as a `data:` URI with its alternative text; a second language adds words, no picture."""
    outline = Outline(pages("both").page())
    [png] = figures.values()
    assert outline.of("img") == [
        {"src": "data:image/png;base64," + base64.b64encode(png).decode(), "alt": "a drawn net"}
    ]
    assert outline.text.count("a drawn net") == 1


def test_policy_allows_the_style_and_nothing_else(page):
    """The policy's hash is that of the page's only style; no script, no style attribute, no address."""
    text = page(outcome=Outcome.WRONG, read_as="https://example.org/x.png")
    style = re.search("<style>(.*?)</style>", text, re.S)[1]
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    policy = next(m["content"] for m in Outline(text).of("meta") if m.get("http-equiv"))
    assert policy.split("; ")[:3] == ["default-src 'none'", "img-src data:", f"style-src 'sha256-{digest}'"]
    names = {tag for tag, _ in Outline(text).tags}
    assert not names & {"script", "iframe", "object", "link", "form", "base", "video", "audio", "embed"}
    assert not [attrs for _, attrs in Outline(text).tags if "style" in attrs or any(k.startswith("on") for k in attrs)]
    assert not re.search(r"url\(|@import", style)


def test_is_written_whole(pages, lock_in, figures, tmp_path):
    """The file is named after the student's id, and nothing else is left in the folder."""
    lock = lock_in()
    file = write_feedback(lock, pages("en").record(lock), tmp_path / "feedback", figures)
    assert file == tmp_path / "feedback" / "20251234.html"
    assert [f.name for f in file.parent.iterdir()] == ["20251234.html"]
    assert file.read_bytes().startswith(b"<!doctype html>\n<html lang")


@pytest.mark.parametrize("student", ["../x", "a/b", "..", ".hidden", "a b", ""])
def test_unsafe_id_names_no_file(pages, lock_in, figures, tmp_path, student):
    """An id that is no safe file name is refused before anything is written."""
    lock = lock_in()
    record = pages("en").record(lock).model_copy(update={"student": student})
    with pytest.raises(DlexamError, match="cannot name a file"):
        write_feedback(lock, record, tmp_path / "feedback", figures)
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(("field", "value"), [("build", "ffff"), ("student", "20259999")])
def test_record_of_another_exam_is_refused(pages, lock_in, figures, tmp_path, field, value):
    """A record is never shown with questions that are not its own."""
    lock = lock_in()
    record = pages("en").record(lock).model_copy(update={field: value})
    with pytest.raises(DlexamError):
        write_feedback(lock, record, tmp_path, figures)
