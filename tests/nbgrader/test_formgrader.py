"""nbgrader's formgrader in a real browser, on a course that we filled."""

from __future__ import annotations

import csv
import io
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from grader.nbgrader.imports import import_from_nbgrader

webdriver = pytest.importorskip("selenium.webdriver")
pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """Headless chromium."""
    paths = {name: shutil.which(name) for name in ("chromium", "chromedriver")}
    if missing := [name for name, path in paths.items() if path is None]:
        pytest.skip(f"no {' and no '.join(missing)} on this machine (Debian: chromium, chromium-driver)")
    options = webdriver.ChromeOptions()
    options.binary_location = paths["chromium"]
    arguments = (
        "--headless=new",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-dev-shm-usage",
        "--window-size=1200,2600",
    )
    for argument in arguments:
        options.add_argument(argument)
    driver = webdriver.Chrome(options=options, service=webdriver.ChromeService(paths["chromedriver"]))
    driver.set_page_load_timeout(60)
    yield driver
    driver.quit()


@pytest.fixture
def formgrader(classroom: Any) -> Iterator[str]:
    """A Jupyter server with formgrader in the course folder; its address."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    home = classroom.home / "jupyter"
    home.mkdir()
    env = {
        **os.environ,
        "HOME": str(home),
        **{f"JUPYTER_{what}_DIR": str(home / what) for what in ("CONFIG", "DATA", "RUNTIME")},
    }
    options = {
        "ServerApp.ip": "127.0.0.1",
        "ServerApp.port": port,
        "ServerApp.port_retries": 0,
        "ServerApp.root_dir": classroom.course,
        "ServerApp.jpserver_extensions": "{'nbgrader.server_extensions.formgrader': True}",
        "IdentityProvider.token": "",
    }
    command = [sys.executable, "-m", "jupyter", "server", "--no-browser", "--allow-root"]
    command += [f"--{name}={value}" for name, value in options.items()]
    log = classroom.home / "server.log"
    address = f"http://127.0.0.1:{port}/formgrader"
    with (
        log.open("w") as file,
        subprocess.Popen(command, cwd=classroom.course, env=env, stdout=file, stderr=subprocess.STDOUT) as server,
    ):
        try:
            _wait(
                lambda: urllib.request.urlopen(f"{address}/api/status", timeout=5), 90, lambda: log.read_text()[-2000:]
            )
            yield address
        finally:
            server.terminate()
            try:
                server.wait(20)
            except subprocess.TimeoutExpired:
                server.kill()


def _wait(for_what: Any, seconds: float = 30, but: Any = lambda: "") -> Any:
    """What *for_what* returns once it is true."""
    end = time.monotonic() + seconds
    while True:
        try:
            if found := for_what():
                return found
        except Exception as error:
            last: object = error
        else:
            last = "it stays empty"
        assert time.monotonic() < end, f"{last} {but()}"
        time.sleep(0.2)


def _show(browser: Any, name: str) -> None:
    """Keep what the browser shows, where the one who runs the tests asks for it."""
    if folder := os.environ.get("DLEXAM_SCREENSHOTS"):
        browser.save_screenshot(str(Path(folder) / f"formgrader-{name}.png"))


def _open(browser: Any, address: str, name: str, text: str) -> str:
    browser.get(address)
    _wait(lambda: text in _text(browser), but=lambda: _text(browser))
    _show(browser, name)
    return _text(browser)


def _text(browser: Any) -> str:
    """The text of the page."""
    return str(browser.find_element("tag name", "body").text)


def _submission(browser: Any, address: str, classroom: Any, student: str, part: str) -> None:
    with classroom.gradebook() as gradebook:
        id = gradebook.find_submission_notebook(part, "lab-1", student).id
    browser.get(f"{address}/submissions/{id}/")
    _wait(
        lambda: browser.execute_script(
            "return window.formgrader && formgrader.grades.loaded && formgrader.comments.loaded"
        )
    )


def test_lists(browser, formgrader, classroom):
    """The assignment, its submissions and its notebooks are listed with our scores and with what waits for a person."""
    page = _open(browser, f"{formgrader}/manage_assignments", "assignments", "lab-1")
    assert "lab-1" in page
    page = _open(browser, f"{formgrader}/manage_submissions/lab-1", "submissions", "김하늘")
    [row] = [line for line in page.splitlines() if "김하늘" in line and "a1" in line]
    assert f"{classroom.record('a1').points:g} / {classroom.record('a1').max_points:g}" in row
    assert "needs manual grading" in row
    assert "needs autograding" not in page
    page = _open(browser, f"{formgrader}/gradebook/lab-1/closed", "notebooks", "Submission #1")
    assert "Submission #3" in page
    assert "Submission #4" not in page


def test_a_submission_page(browser, formgrader, classroom):
    """One submission: Korean text, the drawn figure, the student's picture, our comments and scores; nothing of theirs runs."""
    _submission(browser, formgrader, classroom, "a1", "closed")
    _show(browser, "submission")
    text = _text(browser)
    assert classroom.lock.variant("a1", "closed-01").texts["ko"].title in text
    assert "정확도 0.93" in text
    sizes = browser.execute_script("return [...document.images].map(i => [i.complete, i.naturalWidth])")
    assert len(sizes) >= 2
    assert all(done and width > 0 for done, width in sizes)
    assert browser.execute_script("const e = document.documentElement; return e.scrollWidth <= e.clientWidth")
    assert browser.execute_script("return window.ran") is None
    # the essay is shown as it was typed
    assert "<script>window.ran = 1</script> ![x](javascript:1) $a$" in text
    assert not browser.find_elements("css selector", "a[href^='javascript']")
    boxes = {box.get_attribute("id"): box for box in browser.find_elements("css selector", "textarea.comment")}
    assert boxes["closed-01-answer-comment"].get_attribute("placeholder").startswith("정답")
    assert boxes["closed-03-answer-comment"].get_attribute("placeholder").startswith("검토 중")
    scores = {box.get_attribute("id"): box for box in browser.find_elements("css selector", "input.score")}
    assert (
        float(scores["closed-01-check"].get_attribute("placeholder"))
        == classroom.record("a1").slots["closed-01"].points
    )
    assert "needs_manual_grade" in scores["closed-03-answer"].get_attribute("class")
    assert "needs_manual_grade" not in scores["closed-01-check"].get_attribute("class")


def test_next_incorrect(browser, formgrader, classroom):
    """formgrader's way from one submission with failed tests to the next passes by those without."""
    with classroom.gradebook() as gradebook:
        ids = {s: gradebook.find_submission_notebook("closed", "lab-1", s).id for s in ("a1", "b2", "c3")}
    failed = sorted(ids[s] for s in ("b2", "c3"))
    browser.get(f"{formgrader}/submissions/{failed[0]}/next_incorrect")
    assert f"/submissions/{failed[1]}" in browser.current_url
    browser.get(f"{formgrader}/submissions/{failed[1]}/next_incorrect")
    assert browser.current_url.rstrip("/").endswith("/gradebook/lab-1/closed")


def test_a_score_typed_in_comes_back(browser, formgrader, classroom):
    """A manual score, extra credit and a comment, typed into the page, are found again by import-nbgrader."""
    _submission(browser, formgrader, classroom, "a1", "closed")
    _type(browser, "closed-03-answer", "3")
    _type(browser, "closed-03-answer_extra_credit", "0.5")
    _type(browser, "closed-03-answer-comment", "예를 하나 더 들면 좋겠다.")

    def saved() -> bool:
        with classroom.gradebook() as gradebook:
            grade = gradebook.find_grade("closed-03-answer", "closed", "lab-1", "a1")
            comment = gradebook.find_comment("closed-03-answer", "closed", "lab-1", "a1")
            return bool(grade.manual_score == 3 and grade.extra_credit == 0.5 and comment.manual_comment)

    _wait(saved)
    _show(browser, "typed")
    # the server still has the gradebook open
    [imported] = import_from_nbgrader(classroom.course)
    assert imported.new == (("a1", "closed-03"),)
    rows = csv.DictReader(io.StringIO((classroom.results / "marks.csv").read_text("utf-8-sig"), newline=""))
    assert {row["id"]: row["closed-03"] for row in rows}["a1"] == "3.5"
    assert "예를 하나 더" in (classroom.results / "feedback" / "a1.html").read_text("utf-8")
    classroom.export()
    with classroom.gradebook() as gradebook:
        assert gradebook.find_grade("closed-03-answer", "closed", "lab-1", "a1").manual_score == 3
    page = _open(browser, f"{formgrader}/manage_submissions/lab-1", "graded", "김하늘")
    assert "graded" in page


def _type(browser: Any, id: str, text: str) -> None:
    box = browser.find_element("id", id)
    browser.execute_script("arguments[0].scrollIntoView({block: 'center'})", box)
    box.click()
    box.send_keys(text)
    # a change is saved when the box is left
    browser.execute_script("document.activeElement.blur()")
    time.sleep(0.3)
