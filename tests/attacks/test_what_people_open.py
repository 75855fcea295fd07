"""
What a TA and a student open is safe: pages, tables and the terminal, after a class that means harm was graded.

Names, file names, answers, printed output, exceptions and a TA's own comments all hold what a browser would run,
a spreadsheet would compute and a terminal would obey.
"""

from __future__ import annotations

import csv
import io
import json
import os
import re
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from papers import load_lock
from papers.cells import answer_cell_id
from papers.files import csv_bytes
from papers.from_files import build_files
from papers.lock import Slot

EXAM = """
[exam]
id = "opened"
title = { ko = "<img src=x onerror=ran()>", en = "</title><script>ran()</script>" }
date = 2025-04-23
language = "both"
[[part]]
name = "all"
minutes = 90
open_book = true
"""
QUESTIONS = (
    *("gradient_descent/expand_abbreviation", "dense_layers/count_weights", "losses/can_be_a_loss"),
    *("output_layers/situation", "workflow/steps", "validation/sorted_data", "gradient_descent/numpy_step"),
)
# BEACON is the address of a server that notes who asks
HOSTILE = (
    "<script>ran();fetch('BEACON/script')</script>",
    "<img src='BEACON/image' onerror=ran()>",
    "<svg onload=ran()><a xlink:href='javascript:ran()'>",
    "</pre></code></style></title><script src=BEACON/s></script>",
    "<style>@import url(BEACON/import);*{background:url(BEACON/css)}</style>",
    "[x](javascript:ran()) [y](BEACON/link) ![z](BEACON/picture) <javascript:ran()>",
    "<meta http-equiv=refresh content='0;url=BEACON/refresh'><base href=BEACON/>",
    "<iframe srcdoc='<script>parent.ran()</script>' src=BEACON/frame></iframe>",
    "<link rel=stylesheet href=BEACON/sheet><link rel=prefetch href=BEACON/prefetch>",
    "<form action=BEACON/form><button autofocus onfocus=ran()>",
    "\" onmouseover=ran() style=position:fixed;inset:0 x='",
    "{{ 7*7 }} {% raw %} ${7*7} &lt;script&gt; <!-- ]]> -->",
)
TERMINAL = "\x1b[2J\x1b]0;owned\x07\x1b]8;;http://x\x07\r\x9b31m\u202eevil\u2066[bold red]x[/][/yellow]\\"
NAMES = (
    *("<script>ran()</script>", "<img src=x onerror=ran()>", "=HYPERLINK('http://x')", "@SUM(1)", "+1", "-1"),
    *("[bold red]x[/bold red]", "[/yellow]\\", "\u202e김", "[link=http://x]y[/link]", "＝1+1", "x[/"),
)
FORMULA = re.compile(r"[\s\ufeff\u00a0]*[=+@＝＋－＠\t\r-]")
SGR = re.compile(r"\x1b\[[0-9;]*m")
RAW = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")


class _Beacon(ThreadingHTTPServer):
    def __init__(self) -> None:
        self.asked: list[str] = []
        super().__init__(("127.0.0.1", 0), _Note)


class _Note(BaseHTTPRequestHandler):
    server: _Beacon

    def do_GET(self) -> None:
        self.server.asked.append(self.path)
        self.send_error(404)

    def log_message(self, format: str, *args: Any) -> None:
        pass


@pytest.fixture(scope="module")
def beacon() -> Iterator[_Beacon]:
    with _Beacon() as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.shutdown()


@dataclass(frozen=True)
class Opened:
    """A graded class, and what the terminal showed."""

    root: Path
    said: str
    complained: str

    def pages(self) -> list[Path]:
        return sorted(self.root.rglob("*.html"))


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory, beacon: _Beacon) -> Opened:
    root = tmp_path_factory.mktemp("opened")
    slots = "".join(f'[[part.slot]]\nquestion = "{question}"\n' for question in QUESTIONS)
    (root / "exam.toml").write_text(EXAM + slots, encoding="utf-8")
    rows = [(f"s{number:02}", name) for number, name in enumerate(NAMES)]
    with (root / "roster.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([("id", "name"), *rows])
    build_files(root / "exam.toml", root / "roster.csv", root / "out")
    lock = load_lock(root / "out")
    decisions = []
    for number, hostile in enumerate(HOSTILE):
        text = hostile.replace("BEACON", f"http://127.0.0.1:{beacon.server_port}")
        id = f"s{number:02}"
        notebook = json.loads((root / "out" / "students" / id / "all.ipynb").read_bytes())
        cells = {cell["id"]: cell for cell in notebook["cells"]}
        for slot in lock.slots:
            cells[answer_cell_id(slot)]["source"] = answer(slot, text + TERMINAL)
            decisions.append((id, slot.id, None, text, "=1+1", "2025-04-30 14:00"))
        folder = root / "in" / id
        folder.mkdir(parents=True)
        for name in (
            "all.ipynb",
            f"all {text.replace('/', '_')[:60]}{TERMINAL[:20]}.ipynb",
            "=1+1.ipynb",
            "\x1b[2J.txt",
        ):
            # others than the first, or they would pass for copies of it
            notebook["cells"] = notebook["cells"][:-1] if name != "all.ipynb" else notebook["cells"]
            (folder / name.replace("/", "_")).write_text(json.dumps(notebook), encoding="utf-8")
    stranger = root / "in" / f"{TERMINAL.replace('/', '_')}<script>ran()</script>".replace("/", "_")
    stranger.mkdir()
    (stranger / "all.ipynb").write_text("{}", encoding="utf-8")
    (root / "results").mkdir()
    header = ("student", "slot", "points", "comment", "by", "when")
    (root / "results" / "decisions.csv").write_bytes(csv_bytes(header, decisions))
    command = [sys.executable, "-m", "dlexam", "grade", *(str(root / name) for name in ("out", "in"))]
    run = subprocess.run(
        [*command, "-o", str(root / "results"), "--jobs", "1"],
        capture_output=True,
        timeout=300,
        env={**os.environ, "FORCE_COLOR": "1", "TERM": "xterm-256color", "COLUMNS": "200"},
    )
    assert run.returncode == 0, run.stderr.decode()
    return Opened(root, run.stdout.decode("utf-8"), run.stderr.decode("utf-8"))


def answer(slot: Slot, text: str) -> str:
    """An answer cell of the slot's kind that holds *text*."""
    if slot.kind == "code":
        return (
            f"print({text!r})\n\nclass Hostile(Exception): pass\nHostile.__name__ = {text!r}\nraise Hostile({text!r})"
        )
    if slot.is_essay:
        return text
    if slot.kind == "fields":
        return f"{slot.variable} = dict(units={text!r}, activation={text!r}, loss={text!r})"
    return f"{slot.variable} = {text!r}"


def test_every_page_carries_the_policy(opened: Opened) -> None:
    """Each page that comes of an exam forbids all but its own style and the pictures in it, before anything else."""
    pages = opened.pages()
    assert len(pages) == len(NAMES) + 1
    for page in pages:
        text = page.read_text(encoding="utf-8")
        [policy] = re.findall(r"""http-equiv=["']Content-Security-Policy["'] content="([^"]*)">""", text)
        assert policy.startswith("default-src 'none'; ")
        rest = dict(rule.strip().split(" ", 1) for rule in policy.split(";") if rule.strip())
        assert rest.keys() <= {"default-src", "img-src", "style-src", "base-uri", "form-action"}
        assert re.fullmatch(r"'sha256-[A-Za-z0-9+/=]{44}'", rest["style-src"])
        assert rest.get("img-src", "data:") == "data:"
        assert rest["base-uri"] == rest["form-action"] == "'none'"
        # a policy in the page holds for what comes after it
        assert text.index("Content-Security-Policy") < text.index("<title>") < text.index("<style>")
        assert not re.search(r"<(script|iframe|form|link|object|embed|base|audio|video)\b", text)
        assert not re.search(r"<[^>]*\son[a-z]+\s*=", text)
        assert not re.search(r'\b(href|src)=(?!"(#|data:image/png;base64,))', text_of_tags(text))


def text_of_tags(page: str) -> str:
    """Only the tags of a page."""
    return "".join(re.findall(r"<[a-zA-Z][^>]*>", page))


def test_the_terminal_obeys_nobody(opened: Opened) -> None:
    """What grade prints holds no control, no escape but its own colours, no change of direction, no link."""
    assert "s00" in opened.said
    assert not RAW.search(SGR.sub("", opened.said))
    for sequence in ("\x1b[2J", "\x1b]", "\x9b", "\u202e"):
        assert sequence not in opened.said + opened.complained
    # markup is shown, not obeyed
    for name in ("[bold red]x[/bold red]", "[/yellow]\\", "[link=http://x]y[/link]", "x[/ "):
        assert name in SGR.sub("", opened.said)


def test_no_table_holds_a_formula(opened: Opened) -> None:
    """No cell of any CSV that dlexam writes begins as a formula does, unless it is a number."""
    tables = sorted(opened.root.glob("out/**/*.csv")) + [opened.root / "results" / "marks.csv"]
    assert {table.name for table in tables} >= {"key.csv", "marks.csv"}
    for table in tables:
        rows = list(csv.reader(io.StringIO(table.read_bytes().decode("utf-8-sig"), newline="")))
        assert len(rows) > len(NAMES)
        for cell in (cell for row in rows for cell in row):
            assert not FORMULA.match(cell) or re.fullmatch(r"-?[0-9.]+", cell), (table.name, cell)


def test_records_hold_no_controls(opened: Opened) -> None:
    """What a record says in words holds no control characters, whatever raised or was named."""
    for file in (opened.root / "results" / "records").glob("*.json"):
        record = json.loads(file.read_bytes())
        said = [flag for part in record["parts"].values() for flag in (*part["flags"], part["source"] or "")]
        said += [slot["reason"] or "" for slot in record["slots"].values()]
        assert not [text for text in said if RAW.search(text.replace("\n", ""))]


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """Headless chromium that logs every request."""
    webdriver = pytest.importorskip("selenium.webdriver")
    paths = {name: shutil.which(name) for name in ("chromium", "chromedriver")}
    if missing := [name for name, path in paths.items() if path is None]:
        pytest.skip(f"no {' and no '.join(missing)} on this machine (Debian: chromium, chromium-driver)")
    options = webdriver.ChromeOptions()
    options.binary_location = paths["chromium"]
    for argument in ("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"):
        options.add_argument(argument)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    driver = webdriver.Chrome(options=options, service=webdriver.ChromeService(paths["chromedriver"]))
    # whatever runs in a page reaches this first
    driver.execute_cdp_cmd(
        "Page.addScriptToEvaluateOnNewDocument",
        {"source": "window.ran = () => { window.harm = true }; window.harm = false"},
    )
    yield driver
    driver.quit()


def requests(browser: Any) -> list[str]:
    """What the browser asked for since the last call."""
    events = [json.loads(entry["message"])["message"] for entry in browser.get_log("performance")]
    return [e["params"]["request"]["url"] for e in events if e["method"] == "Network.requestWillBeSent"]


def visited(browser: Any, page: Path) -> tuple[bool, list[str], list[str]]:
    """Whether a script ran, what was asked for beside the page itself, and what the browser complains about."""
    requests(browser)
    browser.get_log("browser")
    browser.get(page.as_uri())
    clicks = "document.querySelectorAll('a, button, summary').forEach(e => e.dispatchEvent(new MouseEvent('click', {bubbles: true}))); window.scrollTo(0, 9e9);"
    browser.execute_script(clicks)
    browser.execute_async_script("setTimeout(arguments[0], 150)")
    asked = [url for url in requests(browser) if not url.startswith(("data:image/png;base64,", page.as_uri()))]
    return browser.execute_script("return window.harm"), asked, [e["message"] for e in browser.get_log("browser")]


@pytest.mark.slow
def test_no_page_runs_or_asks_anything(browser: Any, beacon: _Beacon, opened: Opened) -> None:
    """In chromium no page of the class runs a script, asks for anything, leads anywhere, or even tries to."""
    for page in opened.pages():
        assert visited(browser, page) == (False, [], []), page.name
        assert browser.current_url.split("#")[0] == page.as_uri()
        assert browser.execute_script("return document.title") != ""
    assert beacon.asked == []
    feedback = opened.root / "results" / "feedback" / "s00.html"
    browser.get(feedback.as_uri())
    assert "<script>ran()" in browser.find_element("tag name", "main").text


@pytest.mark.slow
def test_the_policy_holds_where_escaping_fails(browser: Any, beacon: _Beacon, opened: Opened, tmp_path: Path) -> None:
    """The same texts put into the pages as they are do nothing either: the policy stops them."""
    everything = "".join(HOSTILE).replace("BEACON", f"http://127.0.0.1:{beacon.server_port}")
    # a page's policy cannot forbid to leave it
    everything = re.sub("<meta[^>]*>", "", everything)
    for source in (opened.root / "results" / "feedback" / "s00.html", opened.root / "out" / "private" / "key.html"):
        page = tmp_path / source.name
        text = source.read_text(encoding="utf-8")
        page.write_text(re.sub("(<body[^>]*>)", lambda m: m[1] + everything, text, count=1), encoding="utf-8")
        harm, _, complaints = visited(browser, page)
        assert not harm
        assert any("Content Security Policy" in line for line in complaints)
    assert beacon.asked == []


@pytest.mark.slow
def test_these_tests_can_fail(browser: Any, beacon: _Beacon, opened: Opened, tmp_path: Path) -> None:
    """Without escaping and without the policy the same texts run and ask."""
    page = tmp_path / "bare.html"
    everything = "".join(HOSTILE[:3]).replace("BEACON", f"http://127.0.0.1:{beacon.server_port}")
    text = (opened.root / "results" / "feedback" / "s00.html").read_text(encoding="utf-8")
    text = text.replace("Content-Security-Policy", "X-Nothing")
    page.write_text(re.sub("(<body[^>]*>)", lambda m: m[1] + everything, text, count=1), encoding="utf-8")
    harm, asked, _ = visited(browser, page)
    assert harm
    assert asked
    assert "/image" in beacon.asked
    beacon.asked.clear()
