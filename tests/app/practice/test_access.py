"""A screen reader, a keyboard, a phone, light and dark."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect

from tests.support.running_app import REPOSITORY

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

    from tests.app.practice.page import PracticePage

AXE = REPOSITORY / "tests/app/practice/axe/node_modules/axe-core/axe.min.js"


def findings(page: Page) -> list[str]:
    """What axe finds, as "rule: where"."""
    if not AXE.exists():
        pytest.fail("axe is not installed: run `npm ci` in tests/app/practice/axe")
    page.evaluate(AXE.read_text("utf-8"))
    result: dict[str, Any] = page.evaluate("axe.run()")
    return [
        f"{violation['id']}: {node['target']}"
        for violation in result["violations"]
        for node in violation["nodes"]
    ]


def at_the_start(practice: PracticePage) -> None:
    practice.sit("3")
    practice.press("Stop here")
    practice.page.wait_for_load_state("networkidle")  # the service's own history comes later
    practice.past.locator("summary").first.click()


def in_the_interview(practice: PracticePage) -> None:
    practice.sit("test")
    practice.go_on_to("frame")


def in_the_preparation(practice: PracticePage) -> None:
    practice.sit("2")
    practice.go_on_to("preparation")


def in_the_last_seconds_of_the_talk(practice: PracticePage) -> None:
    practice.sit("2")
    practice.go_on_to("talk")
    practice.pass_seconds(115)


def looking_back(practice: PracticePage) -> None:
    practice.sit("2")
    practice.page.get_by_label("Your notes").fill("a red kite")
    practice.sit_to_the_end()


def in_trouble(practice: PracticePage) -> None:
    practice.begin("2", "the best way to die")
    practice.trouble.wait_for()


def signed_out(practice: PracticePage) -> None:
    practice.page.route("**/settings.json", lambda route: route.fulfill(json={"api": "../"}))
    practice.opened()


STATES = [
    at_the_start,
    in_the_interview,
    in_the_preparation,
    in_the_last_seconds_of_the_talk,
    looking_back,
    in_trouble,
    signed_out,
]


ON_A_DESK = {"color_scheme": "light", "reduced_motion": "reduce"}
ON_A_PHONE = {
    "color_scheme": "dark",
    "reduced_motion": "reduce",
    "viewport": {"width": 360, "height": 740},
}


@pytest.mark.parametrize("context_options", [ON_A_DESK, ON_A_PHONE], ids=["desk", "phone"])
@pytest.mark.parametrize("reach", STATES)
def test_axe_finds_nothing_and_nothing_is_wider_than_the_screen(
    practice: PracticePage, reach: Callable[[PracticePage], None]
) -> None:
    reach(practice)

    assert findings(practice.page) == []
    assert practice.page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_a_part_is_chosen_and_sat_by_keyboard_alone(practice: PracticePage) -> None:
    keyboard = practice.page.keyboard
    for _ in range(3):  # the voice button, then the kinds of sitting
        keyboard.press("Tab")
        if practice.page.evaluate("document.activeElement.type") == "radio":
            break
    keyboard.press("ArrowUp")  # from a whole test round to Part 3
    for _ in range(3):  # topic, difficulty, Begin
        keyboard.press("Tab")
    keyboard.press("Enter")
    practice.stage.wait_for()

    for _ in range(6):
        keyboard.press("Enter")

    expect(practice.page.get_by_role("heading", level=1)).to_have_text("That was Part 3.")
    expect(practice.page.get_by_role("heading", level=1)).to_be_focused()


def test_a_new_question_is_told_to_a_screen_reader(practice: PracticePage) -> None:
    practice.sit("1")
    practice.go_on()

    question = practice.page.locator(".question").inner_text().partition("?")[0]
    expect(practice.page.get_by_role("status")).to_contain_text(question)


@pytest.mark.parametrize("context_options", [ON_A_PHONE], ids=["phone"])
def test_the_time_left_stays_in_sight_while_notes_are_written_on_a_phone(
    practice: PracticePage,
) -> None:
    practice.page.set_viewport_size({"width": 360, "height": 400})  # above its keyboard
    in_the_preparation(practice)

    practice.page.get_by_label("Your notes").click()

    expect(practice.page.locator(".ring")).to_be_in_viewport(ratio=1)
    assert findings(practice.page) == []


@pytest.mark.parametrize("context_options", [ON_A_PHONE], ids=["phone"])
def test_a_tap_after_taking_notes_hits_its_button(practice: PracticePage) -> None:
    in_the_preparation(practice)
    practice.page.get_by_label("Your notes").click()

    practice.press("I am ready")

    expect(practice.stage).to_have_attribute("data-kind", "talk")
