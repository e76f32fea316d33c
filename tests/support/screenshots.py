"""Pictures of the practice page's main states, for docs/screenshots.

python -m tests.support.screenshots
"""

from __future__ import annotations

import os
import shutil
from typing import TYPE_CHECKING

from playwright.sync_api import sync_playwright

from tests.app.practice.page import PracticePage
from tests.support.running_app import REPOSITORY, running_app
from tools import local_issuer
from tools.mint_token import mint

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

FOLDER = REPOSITORY / "docs" / "screenshots"
DESK = {"width": 1200, "height": 800}
PHONE = {"width": 390, "height": 844}
NOTES = "Lisbon, spring\nforgot my passport\ntram 28, kind old man"


def main() -> None:
    """Start the app with its bank, and take the pictures."""
    _, url = local_issuer.serve(port=0)
    settings = {
        "AUTH_ISSUER": local_issuer.ISSUER,
        "AUTH_AUDIENCE": local_issuer.AUDIENCE,
        "AUTH_JWKS_URL": f"{url}/jwks.json",
        "PRACTICE_TOKEN": mint(["candidate"]),
    }
    FOLDER.mkdir(exist_ok=True)
    with running_app(REPOSITORY, "local", settings) as app, sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=shutil.which("chromium"),
            args=["--no-sandbox"] if os.geteuid() == 0 else [],
        )
        _on_the_desk(_tab(chromium, "light", DESK), app.base_url)
        _in_the_dark(_tab(chromium, "dark", DESK), app.base_url)
        _on_the_phone(_tab(chromium, "light", PHONE), app.base_url)
        _reference(_tab(chromium, "light", DESK), app.base_url)
        chromium.close()


def _on_the_desk(page: Page, base_url: str) -> None:
    practice = PracticePage(page, base_url).opened()
    _take(page, "start")
    practice.sit("test", "a memorable trip")
    practice.go_on_to("frame")
    practice.pass_seconds(21)
    _take(page, "interview")
    practice.sit_to_the_end()
    _take(page, "look-back")
    practice.press("Back to the start")
    practice.begin("2", "the best way to die")
    practice.trouble.wait_for()
    _take(page, "trouble")


def _in_the_dark(page: Page, base_url: str) -> None:
    practice = PracticePage(page, base_url).opened()
    practice.sit("2", "a memorable trip")
    practice.go_on_to("preparation")
    page.get_by_label("Your notes").fill(NOTES)
    practice.pass_seconds(17)
    _take(page, "long-turn-dark")


def _on_the_phone(page: Page, base_url: str) -> None:
    practice = PracticePage(page, base_url).opened()
    _take(page, "phone-start")
    practice.sit("test", "a memorable trip")
    practice.go_on_to("talk")
    practice.pass_seconds(75)
    _take(page, "phone-talk")


def _reference(page: Page, base_url: str) -> None:
    page.clock.resume()
    page.goto(f"{base_url}/api/docs")
    page.locator("[data-path='/health']").first.wait_for()
    _take(page, "reference")


def _tab(chromium: Browser, scheme: str, size: dict[str, int]) -> Page:
    context = chromium.new_context(
        color_scheme="dark" if scheme == "dark" else "light",
        viewport={"width": size["width"], "height": size["height"]},
        reduced_motion="reduce",
    )
    page = context.new_page()
    page.clock.install()
    return page


def _take(page: Page, name: str) -> None:
    page.screenshot(path=FOLDER / f"{name}.png")


if __name__ == "__main__":
    main()
