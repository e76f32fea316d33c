"""Every error of the service is a sentence with what to do."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from playwright.sync_api import expect

from tests.app.practice.page import PracticePage
from tests.support.running_app import REPOSITORY

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager

    from playwright.sync_api import Page

    from tests.app.service import Service
    from tests.support.issuer import Issuer

UNTIL_MIDNIGHT = re.compile(r"\d+ min|\d+:\d\d")
ERROR_CODES: list[str] = json.loads((REPOSITORY / "docs" / "openapi.json").read_text("utf-8"))[
    "components"
]["schemas"]["ErrorCode"]["enum"]


def envelope(
    code: str, message: str = "A sentence of the service.", **error: Any
) -> dict[str, Any]:
    return {
        "status": "error",
        "message": message,
        "error": {"code": code, "details": [], **error},
        "request_id": "reference-1",
    }


def test_every_code_of_the_service_is_known_to_the_page(practice: PracticePage) -> None:
    known = practice.page.evaluate(
        "import('./problems.js').then((problems) => problems.KNOWN_CODES)"
    )

    assert set(ERROR_CODES) <= set(known)


def test_an_error_is_shown_with_a_title_advice_a_way_on_and_its_reference(
    practice: PracticePage,
) -> None:
    for code in ERROR_CODES:
        practice.answer_with(400, envelope(code), {})

        practice.begin()

        expect(practice.trouble).to_have_attribute("data-code", code)
        assert practice.trouble.get_by_role("heading").inner_text()
        assert practice.trouble.locator("p").first.inner_text().endswith(".")
        expect(practice.trouble.locator("button.main")).to_be_enabled()
        expect(practice.trouble).to_contain_text("reference-1")
        practice.answer_truly()
        practice.trouble.get_by_role("button").last.click()  # back to the start


def test_an_answer_that_is_no_json_is_shown_too(practice: PracticePage) -> None:
    practice.page.route("**/api/generate-*", lambda route: route.fulfill(status=502, body="<html>"))

    practice.begin()

    expect(practice.trouble).to_have_attribute("data-code", "not_understood")


def test_a_lost_connection_is_shown_and_the_same_is_asked_again(practice: PracticePage) -> None:
    practice.page.context.set_offline(True)
    practice.begin("3", "reading")
    expect(practice.trouble).to_have_attribute("data-code", "unreachable")
    practice.page.context.set_offline(False)

    practice.press("Try again")
    practice.stage.wait_for()

    assert [asked["topic"] for asked in practice.asked] == ["reading", "reading"]


def test_trying_again_repeats_the_request_under_its_key(practice: PracticePage) -> None:
    practice.answer_with(503, envelope("unavailable"), {})
    practice.begin("3", "reading")
    expect(practice.trouble).to_be_visible()
    practice.answer_truly()

    practice.press("Try again")
    practice.stage.wait_for()
    practice.press("Stop here")
    practice.sit("3", "reading")

    first, again, another = practice.keys
    assert first == again != another
    assert practice.asked[0] == practice.asked[1]


def test_a_key_that_got_mixed_up_is_not_sent_again(practice: PracticePage) -> None:
    practice.answer_with(422, envelope("idempotency_key_reused"), {})
    practice.begin("3")
    expect(practice.trouble).to_be_visible()
    practice.answer_truly()

    practice.press("Try again")
    practice.stage.wait_for()

    first, second = practice.keys
    assert first != second


def test_too_many_requests_count_down_to_the_next_try(
    page: Page,
    start: Callable[..., AbstractContextManager[Service]],
    issuer: Issuer,
) -> None:
    settings = {"PRACTICE_TOKEN": issuer.mint(), "RATE_LIMIT_GENERATION": "1/day"}
    with start("local", **settings) as service:
        practice = PracticePage(page, service.base_url).opened()
        practice.sit("1")
        practice.press("Stop here")
        practice.begin("1")
        expect(practice.trouble).to_have_attribute("data-code", "rate_limited")

        expect(practice.trouble.get_by_role("timer")).to_contain_text(UNTIL_MIDNIGHT)
        expect(practice.button("Try again")).to_be_disabled()


def test_the_countdown_ends_with_the_button_enabled(practice: PracticePage) -> None:
    practice.answer_with(429, envelope("rate_limited"), {"Retry-After": "75"})
    practice.begin("1")
    timer = practice.trouble.get_by_role("timer")

    expect(timer).to_have_text("1:15")
    practice.pass_seconds(74)
    expect(timer).to_have_text("0:01")
    expect(practice.button("Try again")).to_be_disabled()
    practice.pass_seconds(1)
    practice.answer_truly()
    practice.press("Try again")

    practice.stage.wait_for()


def test_the_wait_is_read_from_the_sentence_where_the_header_is_hidden(
    practice: PracticePage,
) -> None:
    practice.answer_with(429, envelope("rate_limited", "Try again in 9 seconds."), {})

    practice.begin()

    expect(practice.trouble.get_by_role("timer")).to_have_text("0:09")


def test_a_topic_that_the_exam_avoids_is_answered_with_others_to_choose(
    practice: PracticePage,
) -> None:
    practice.begin("2", "the best way to die")
    expect(practice.trouble).to_have_attribute("data-code", "unsuitable_topic")

    practice.trouble.locator(".chip").first.click()

    practice.stage.wait_for()
    assert practice.asked[-1]["topic"] != "the best way to die"


def test_each_wrong_field_is_named(practice: PracticePage) -> None:
    details = [{"field": "topic", "message": "Use fewer characters."}]
    practice.answer_with(422, envelope("invalid_request", details=details), {})

    practice.begin()

    expect(practice.trouble.get_by_role("listitem")).to_have_text("topic Use fewer characters.")
