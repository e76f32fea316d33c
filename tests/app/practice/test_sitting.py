"""A candidate sits parts and whole tests."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.app.practice.page import PracticePage

if TYPE_CHECKING:
    from playwright.sync_api import Browser

LONG_TURN = ["card", "preparation", "talk"]


def test_a_whole_mock_test_is_sat_from_the_welcome_to_the_look_back(practice: PracticePage) -> None:
    practice.sit("test", "a memorable trip")

    kinds = practice.sit_to_the_end()

    assert kinds[0] == "introduction"
    assert kinds[1:13] == ["frame"] * 12
    assert kinds[13:16] == LONG_TURN
    assert set(kinds[16:-7]) == {"rounding_off"}
    assert kinds[-7:] == ["theme"] * 6 + ["closing"]
    look_back = practice.page.locator(".look-back")
    expect(look_back.get_by_role("heading", level=2)).to_have_text(
        ["Part 1 · Interview", "Part 2 · Long turn", "Part 3 · Discussion"]
    )


@pytest.mark.parametrize(("kind", "first", "moments"), [("1", "frame", 4), ("3", "theme", 6)])
def test_part_1_and_part_3_are_sat_question_by_question_without_a_countdown(
    practice: PracticePage, kind: str, first: str, moments: int
) -> None:
    practice.sit(kind)
    practice.pass_seconds(600)

    assert practice.page.locator(".ring").count() == 0
    expect(practice.page.get_by_text(f"Question 1 of {moments}")).to_be_visible()
    assert practice.sit_to_the_end() == [first] * moments


def test_part_2_is_the_card_the_minute_the_talk_and_the_rounding_off(
    practice: PracticePage,
) -> None:
    practice.sit("2")
    expect(practice.page.get_by_role("group", name="Cue card")).to_contain_text("You should say:")

    kinds = practice.sit_to_the_end()

    assert kinds[:3] == LONG_TURN
    assert set(kinds[3:]) == {"rounding_off"}


def test_the_minute_of_preparation_ends_by_itself(practice: PracticePage) -> None:
    practice.sit("2")
    practice.go_on_to("preparation")
    timer = practice.stage.get_by_role("timer")

    expect(timer).to_have_text("1:00")
    practice.pass_seconds(59)
    expect(timer).to_have_text("0:01")
    practice.pass_seconds(1)

    expect(practice.stage).to_have_attribute("data-kind", "talk")


def test_the_talk_is_enough_after_one_minute_and_over_after_two(practice: PracticePage) -> None:
    practice.sit("2")
    practice.go_on_to("talk")
    timer = practice.stage.get_by_role("timer")

    expect(timer).to_have_text("2:00")
    practice.pass_seconds(60)
    expect(practice.stage).to_contain_text("You have talked for a minute.")
    practice.pass_seconds(60)

    expect(practice.stage).to_have_attribute("data-kind", "rounding_off")


def test_a_paused_countdown_waits(practice: PracticePage) -> None:
    practice.sit("2")
    practice.go_on_to("preparation")
    timer = practice.stage.get_by_role("timer")
    practice.pass_seconds(10)

    practice.press("Pause")
    practice.pass_seconds(300)
    expect(timer).to_have_text("0:50")
    practice.press("Go on")
    practice.pass_seconds(10)

    expect(timer).to_have_text("0:40")


def test_the_progress_through_the_test_is_shown(practice: PracticePage) -> None:
    practice.sit("test")
    practice.go_on_to("card")

    expect(practice.page.locator("[aria-current=step]")).to_contain_text("Part 2")
    interview = practice.page.get_by_role("progressbar", name="Part 1")
    assert interview.evaluate("bar => bar.value === bar.max")


def test_what_the_examiner_says_is_spoken(practice: PracticePage) -> None:
    practice.sit("1")
    question = practice.page.locator(".question").inner_text()

    practice.press("Hear it again")

    assert len(practice.spoken) == 2
    assert practice.spoken[0] == practice.spoken[1]
    assert question.partition("?")[0] in practice.spoken[0]
    assert "[" not in practice.spoken[0]


def test_the_voice_can_be_switched_off_and_stays_off(practice: PracticePage) -> None:
    practice.press("Voice on")
    practice.sit("1")
    assert practice.spoken == []

    practice.opened().sit("3")

    assert practice.spoken == []


def test_notes_are_there_to_look_back_on(practice: PracticePage) -> None:
    practice.sit("2")
    practice.page.get_by_label("Your notes").fill("a red kite\nby the sea")

    practice.sit_to_the_end()

    expect(practice.page.locator(".kept-notes")).to_have_text("a red kite\nby the sea")


def test_what_is_printed_is_the_look_back_without_the_buttons(practice: PracticePage) -> None:
    practice.sit("3")
    practice.sit_to_the_end()

    practice.page.emulate_media(media="print")

    expect(practice.page.locator(".look-back li")).to_have_count(6)
    for button in practice.page.get_by_role("button").all():
        expect(button).to_be_hidden()


def test_another_one_like_this_avoids_what_was_just_had(practice: PracticePage) -> None:
    practice.sit("2", "travel")
    card = practice.page.locator(".card-describe").inner_text()
    practice.sit_to_the_end()

    practice.press("Another one like this")
    practice.stage.wait_for()

    first, second = practice.asked
    assert (second["part"], second["topic"]) == (first["part"], first["topic"]) == (2, "travel")
    assert card in second["avoid"]


def test_more_than_the_service_takes_is_not_sent_to_be_avoided(practice: PracticePage) -> None:
    practice.page.evaluate(
        """() => localStorage.setItem("speaking-practice.past", JSON.stringify(
            Array.from({ length: 40 }, (_, n) => ({
                at: "2026-01-01T00:00:00Z", kind: "2", topic: `walk ${n}`, source: "bank",
                texts: [`Describe walk ${n} ${"on and ".repeat(20)}on.`],
            }))))"""
    )

    practice.sit("2")

    [first] = practice.asked
    assert first["avoid"][0] == "walk 0"
    assert 2500 < sum(map(len, first["avoid"])) <= 3000


def test_what_was_had_is_listed_until_it_is_forgotten(practice: PracticePage) -> None:
    practice.sit("3")
    practice.press("Stop here")
    practice.opened()
    expect(practice.past.first).to_contain_text("Part 3")

    practice.press("Forget this list")
    expect(practice.past).to_have_count(0)
    practice.opened()
    practice.page.wait_for_load_state("networkidle")

    expect(practice.past).to_have_count(0)


def test_the_service_s_own_history_is_listed_in_another_browser(
    practice: PracticePage, browser: Browser
) -> None:
    practice.sit("2")
    card = practice.page.locator(".card-describe").inner_text()

    other = PracticePage(browser.new_page(), practice.base_url).opened()

    expect(other.past.first).to_contain_text(card)
    other.page.close()


def test_a_service_without_a_memory_leaves_the_browser_s_list(practice: PracticePage) -> None:
    practice.page.route("**/api/history*", lambda route: route.fulfill(status=503, json={}))
    practice.sit("1")

    practice.press("Stop here")

    expect(practice.past).to_have_count(1)


def test_a_question_from_the_bank_is_marked_as_offline(practice: PracticePage) -> None:
    practice.sit("1")

    expect(practice.page.locator(".source")).to_contain_text("Offline")


def test_a_topic_that_was_not_to_be_had_is_said_to_be_missing(practice: PracticePage) -> None:
    practice.sit("2", "quantum chromodynamics")

    expect(practice.page.locator(".source")).to_contain_text("nothing on “quantum chromodynamics”")


def test_topics_of_the_catalogue_are_suggested(practice: PracticePage) -> None:
    practice.page.get_by_label("Topic").focus()

    practice.page.locator("#topics option").nth(20).wait_for(state="attached")
