"""The practice page as a candidate uses it: by what it says on its buttons and labels."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from playwright.sync_api import expect

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page, Request, Route

_KIND_NAMES = {"test": "A whole test", "1": "Part 1", "2": "Part 2", "3": "Part 3"}


class PracticePage:
    """A tab with the practice page.

    Attributes:
        page: the tab.
        base_url: of the app.
        asked: bodies of the requests for questions and tests so far.
        keys: the Idempotency-Key of each.

    """

    def __init__(self, page: Page, base_url: str) -> None:
        self.page = page
        self.base_url = base_url
        self.asked: list[dict[str, Any]] = []
        self.keys: list[str] = []
        page.on("request", self._note)

    def opened(self) -> PracticePage:
        self.page.goto(f"{self.base_url}/api/practice")
        self.page.locator("#main h1").wait_for()
        return self

    def begin(self, kind: str = "test", topic: str = "") -> None:
        """Choose what to sit, and begin."""
        self.page.get_by_role("radio", name=_KIND_NAMES[kind]).check()
        self.page.get_by_label("Topic").fill(topic)
        self.press("Begin")

    def sit(self, kind: str = "test", topic: str = "") -> None:
        """Begin, and wait for the first moment."""
        self.begin(kind, topic)
        self.stage.wait_for()

    def press(self, name: str) -> None:
        self.button(name).click()

    def button(self, name: str) -> Locator:
        return self.page.get_by_role("button", name=name, exact=True)

    @property
    def stage(self) -> Locator:
        return self.page.locator(".stage")

    @property
    def trouble(self) -> Locator:
        return self.page.locator(".trouble")

    @property
    def past(self) -> Locator:
        """The list of what was had."""
        return self.page.locator(".past > ol > li")

    @property
    def spoken(self) -> list[str]:
        """What the examiner's voice has said so far."""
        texts: list[str] = self.page.evaluate("window.spoken")
        return texts

    def kind(self) -> str:
        """The kind of the present moment."""
        return self.stage.get_attribute("data-kind") or ""

    def go_on(self) -> None:
        """The button that leads to the next moment."""
        self.stage.locator("button.main").click()

    def go_on_to(self, kind: str) -> None:
        """Go on until a moment of this kind."""
        while self.kind() != kind:
            self.go_on()

    def sit_to_the_end(self) -> list[str]:
        """Go through all moments to the look back; returns the kind of each."""
        kinds = []
        while self.stage.count():
            kinds.append(self.kind())
            self.go_on()
        expect(self.page.locator(".look-back")).to_be_visible()
        return kinds

    def pass_seconds(self, seconds: int) -> None:
        """Let time pass on the page's clock."""
        self.page.clock.run_for(seconds * 1000)

    def answer_with(self, status: int, body: dict[str, Any], headers: dict[str, str]) -> None:
        """Let the service answer so from now on."""

        def answer(route: Route) -> None:
            route.fulfill(status=status, headers=headers, json=body)

        self.page.route("**/api/generate-*", answer)

    def answer_truly(self) -> None:
        """Let the service answer for itself again."""
        self.page.unroute("**/api/generate-*")

    def _note(self, request: Request) -> None:
        if "/api/generate-" in request.url and request.post_data:
            self.asked.append(json.loads(request.post_data))
            self.keys.append(request.headers["idempotency-key"])
