from __future__ import annotations

import os
import shutil
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import sync_playwright

from tests.app.practice.page import PracticePage

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from contextlib import AbstractContextManager

    from playwright.sync_api import Browser, ConsoleMessage, Page

    from tests.app.service import Service
    from tests.support.issuer import Issuer

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
_SPEECH = """
window.spoken = [];
speechSynthesis.speak = (speech) => window.spoken.push(speech.text);
"""
"""A machine without voices says nothing: what would be said is noted instead."""


@pytest.fixture(scope="module")  # while Playwright runs, no other event loop can
def browser() -> Iterator[Browser]:
    if CHROMIUM is None:
        pytest.fail("the practice page is tested in Chromium: apt-get install chromium")
    as_root = ["--no-sandbox"] if os.geteuid() == 0 else []  # Chromium refuses root otherwise
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=as_root)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def practised(
    start: Callable[..., AbstractContextManager[Service]], issuer: Issuer
) -> Iterator[Service]:
    """The app as `make run` serves it: with a token for the page, from the bank."""
    with start("local", PRACTICE_TOKEN=issuer.mint(roles=["candidate"])) as service:
        yield service


@pytest.fixture
def context_options() -> dict[str, Any]:
    """What the browser is like; a test may say otherwise."""
    return {}


@pytest.fixture
def page(browser: Browser, context_options: dict[str, Any]) -> Iterator[Page]:
    """A tab whose clock stands until it is moved, and which must not complain of the page."""
    context = browser.new_context(**context_options)
    page = context.new_page()
    complaints: list[str] = []

    def note(message: ConsoleMessage) -> None:
        # The browser itself reports each status that is not 2xx, and each lost connection.
        if message.type in ("error", "warning") and "Failed to load resource" not in message.text:
            complaints.append(message.text)

    page.on("console", note)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.add_init_script(_SPEECH)
    page.clock.install()
    yield page
    context.close()
    assert not complaints


@pytest.fixture
def practice(page: Page, practised: Service) -> PracticePage:
    """The practice page, opened."""
    return PracticePage(page, practised.base_url).opened()
