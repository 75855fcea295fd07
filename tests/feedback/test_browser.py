"""The page in a real browser: Debian's chromium with its chromedriver."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from grader.results.records import Outcome

webdriver = pytest.importorskip("selenium.webdriver")
pytestmark = pytest.mark.slow


class _Beacon(ThreadingHTTPServer):
    """A server on this machine that notes every path it is asked for."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        super().__init__(("127.0.0.1", 0), _Note)

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"


class _Note(BaseHTTPRequestHandler):
    server: _Beacon

    def do_GET(self) -> None:
        self.server.asked.append(self.path)
        self.send_error(404)

    def log_message(self, format: str, *args: Any) -> None:
        pass


@pytest.fixture
def beacon() -> Iterator[_Beacon]:
    """A running beacon."""
    with _Beacon() as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.shutdown()


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """Headless chromium."""
    paths = {name: shutil.which(name) for name in ("chromium", "chromedriver")}
    if missing := [name for name, path in paths.items() if path is None]:
        pytest.skip(f"no {' and no '.join(missing)} on this machine (Debian: chromium, chromium-driver)")
    options = webdriver.ChromeOptions()
    options.binary_location = paths["chromium"]
    for argument in ("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"):
        options.add_argument(argument)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    driver = webdriver.Chrome(options=options, service=webdriver.ChromeService(paths["chromedriver"]))
    yield driver
    driver.quit()


def _hostile(address: str) -> str:
    return (
        f"</pre></bdi><script>window.ran = 1; fetch('{address}/script')</script>"
        f'<img src="{address}/image" onerror="window.ran = 2"><link rel="stylesheet" href="{address}/style">'
        f"<style>body {{ background: url({address}/background) }}</style>"
        f'<iframe src="{address}/frame"></iframe><svg onload="window.ran = 3"></svg>'
        f"![x]({address}/markdown) \u202e\x1b]0;title\x07"
    )


def _open(browser: Any, tmp_path: Any, page: str) -> tuple[Any, list[str]]:
    """What a script of the page left behind, and what the browser complains about."""
    file = tmp_path / "page.html"
    file.write_text(page, encoding="utf-8")
    browser.get_log("browser")
    browser.get(file.as_uri())
    browser.execute_async_script("setTimeout(arguments[0], 300)")
    return browser.execute_script("return window.ran"), [entry["message"] for entry in browser.get_log("browser")]


def _pages(page: Any, beacon: _Beacon) -> list[str]:
    hostile = _hostile(beacon.address)
    slots = ("closed-01", "closed-02", "closed-04", "closed-05")
    return [page(slot, name=hostile[:200], outcome=Outcome.MALFORMED, read_as=hostile) for slot in slots]


def test_hostile_answers_do_nothing(browser, beacon, page, tmp_path):
    """Answers and a name full of markup run no script, ask for nothing, and are not even tried."""
    for text in _pages(page, beacon):
        ran, complaints = _open(browser, tmp_path, text)
        assert (ran, complaints, beacon.asked) == (None, [], [])
        assert "window.ran = 1" in browser.find_element("tag name", "main").text


def test_policy_holds_if_escaping_fails(browser, beacon, page, tmp_path):
    """Markup that got into the page unescaped would be stopped by the policy."""
    ran, complaints = _open(browser, tmp_path, page().replace("<main>", f"<main>{_hostile(beacon.address)}"))
    assert (ran, beacon.asked) == (None, [])
    assert any("Content Security Policy" in line for line in complaints)


def test_these_tests_can_fail(browser, beacon, page, tmp_path):
    """Without escaping and without the policy, the same markup runs and asks."""
    bare = page().replace("Content-Security-Policy", "X-Nothing")
    ran, _ = _open(browser, tmp_path, bare.replace("<main>", f"<main>{_hostile(beacon.address)}"))
    assert ran is not None
    assert "/image" in beacon.asked


@pytest.mark.parametrize("width", [360, 1000])
def test_long_words_never_widen_the_page(browser, page, pages, tmp_path, width):
    """On a phone and on a screen nothing sticks out sideways, whatever is written without a space."""
    device = {"width": width, "height": 800, "deviceScaleFactor": 1, "mobile": False}
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", device)
    for text in (
        page(name="가" * 200, outcome=Outcome.MALFORMED, read_as="x" * 10_000),
        pages("both").page("closed-05", outcome=Outcome.NEEDS_REVIEW, read_as="가나다" * 3_000),
    ):
        _open(browser, tmp_path, text)
        widths = browser.execute_script(
            "return [document.documentElement.scrollWidth, document.documentElement.clientWidth]"
        )
        assert widths[0] <= widths[1] <= width


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_contrast(browser, page, tmp_path, scheme, code_checks):
    """All text stands out from its background by 4.5 to 1, as WCAG AA asks, in light and in dark."""
    browser.execute_cdp_cmd(
        "Emulation.setEmulatedMedia", {"features": [{"name": "prefers-color-scheme", "value": scheme}]}
    )
    for outcome in (Outcome.RIGHT, Outcome.PARTLY, Outcome.WRONG, Outcome.BLANK, Outcome.GRADER_ERROR):
        _open(browser, tmp_path, page("open-01", outcome=outcome, checks=code_checks))
        ratios = browser.execute_script(_CONTRASTS)
        assert len(ratios) > 100
        assert not [(text, round(ratio, 2)) for text, ratio in ratios if ratio < 4.5]


# opacity counts: the text's colour is mixed with what lies behind it
_CONTRASTS = """
const canvas = document.createElement("canvas").getContext("2d", {willReadFrequently: true});
const rgba = colour => {
  canvas.clearRect(0, 0, 1, 1); canvas.fillStyle = colour; canvas.fillRect(0, 0, 1, 1);
  const [r, g, b, a] = canvas.getImageData(0, 0, 1, 1).data; return [r, g, b, a / 255];
};
const over = (top, alpha, below) => below.map((v, i) => top[i] * alpha + v * (1 - alpha));
const luminance = c => {
  const [r, g, b] = c.map(v => v / 255).map(v => v <= .03928 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4);
  return .2126 * r + .7152 * g + .0722 * b;
};
const chain = e => e ? [...chain(e.parentElement), e] : [];
const found = [];
const walker = document.createTreeWalker(document.querySelector("main"), NodeFilter.SHOW_TEXT);
while (walker.nextNode()) {
  if (!walker.currentNode.data.trim() || walker.currentNode.parentElement.closest(".unseen")) continue;
  let behind = [255, 255, 255], alpha = 1;
  for (const element of chain(walker.currentNode.parentElement)) {
    const style = getComputedStyle(element), paint = rgba(style.backgroundColor);
    behind = over(paint, paint[3], behind);
    alpha *= +style.opacity;
  }
  const ink = over(rgba(getComputedStyle(walker.currentNode.parentElement).color), alpha, behind);
  const [a, b] = [luminance(ink), luminance(behind)].sort((x, y) => y - x);
  found.push([walker.currentNode.data.trim().slice(0, 40), (a + .05) / (b + .05)]);
}
return found;
"""
