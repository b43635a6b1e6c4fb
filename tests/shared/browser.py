"""A real browser for tests of pages; where there is none, the test is skipped and says so."""

import os
import shutil
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

_NAMES = ("chromium", "chromium-browser", "google-chrome")
_LISTEN = """
window.violations = [];
document.addEventListener('securitypolicyviolation', (event) => window.violations.push(event.violatedDirective));
"""

_kept: list[ExitStack] = []
_running: list[Any] = []


@dataclass
class Opened:
    """A page in a browser, what it asked for, and what it complained about."""

    page: Any
    requests: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    @property
    def violations(self) -> list[str]:
        """The rules of its own content policy that the page broke."""
        return list(self.page.evaluate("window.violations"))


def browser_path() -> str:
    """The browser to use, or a skip (a failure with VAULT_TOOLS_REQUIRE_BROWSER=1)."""
    named = os.environ.get("VAULT_TOOLS_BROWSER")
    found = named or next((path for path in map(shutil.which, _NAMES) if path), None)
    if found:
        return found
    reason = f"no browser: none of {', '.join(_NAMES)} is installed, and VAULT_TOOLS_BROWSER names none"
    if os.environ.get("VAULT_TOOLS_REQUIRE_BROWSER") == "1":
        pytest.fail(reason)
    pytest.skip(reason)


@contextmanager
def one_browser() -> Iterator[None]:
    """Inside, all pages share one browser, started when the first is opened (a second or two for each page saved)."""
    with ExitStack() as open_things:
        _kept.append(open_things)
        try:
            yield
        finally:
            _kept.clear()
            _running.clear()


@contextmanager
def browser_page(path: Path, *, size: tuple[int, int] = (1280, 800), **context: Any) -> Iterator[Opened]:
    """Open a file in a browser; `context` goes to Playwright (`color_scheme`, `has_touch`, ...)."""
    with ExitStack() as own:
        browser = _browser(_kept[0] if _kept else own)
        there = browser.new_context(viewport={"width": size[0], "height": size[1]}, **context)
        own.callback(there.close)
        opened = Opened(there.new_page())
        _listen(opened)
        opened.page.goto(path.as_uri())
        yield opened


def _browser(until: ExitStack) -> Any:
    """The running browser, or a new one that is closed with `until`."""
    if _kept and _running:
        return _running[0]
    executable = browser_path()
    sync_api = pytest.importorskip("playwright.sync_api")
    root = hasattr(os, "geteuid") and os.geteuid() == 0
    playwright = until.enter_context(sync_api.sync_playwright())
    utf8 = {**os.environ, "LC_ALL": "C.UTF-8"}  # in a locale without UTF-8, the browser saves ä.png as "download"
    args = ["--no-sandbox"] if root else []
    browser = playwright.chromium.launch(executable_path=executable, args=args, env=utf8)
    until.callback(browser.close)
    if _kept:
        _running.append(browser)
    return browser


def _listen(opened: Opened) -> None:
    opened.page.add_init_script(_LISTEN)
    opened.page.on("request", lambda request: opened.requests.append(request.url))
    opened.page.on("pageerror", lambda error: opened.complaints.append(str(error)))
    opened.page.on("console", lambda said: opened.complaints.append(said.text) if said.type == "error" else None)
