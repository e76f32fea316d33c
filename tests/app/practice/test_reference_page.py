"""The API reference: a token is entered and a request tried."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playwright.sync_api import expect

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.app.service import Service
    from tests.support.issuer import Issuer


def test_a_request_is_tried_with_a_token(page: Page, practised: Service, issuer: Issuer) -> None:
    page.clock.resume()
    page.goto(f"{practised.base_url}/api/docs")
    page.get_by_role("button", name="Authorize").click()
    page.get_by_label("Value").fill(issuer.mint())
    page.locator(".auth-btn-wrapper .authorize").click()
    page.locator(".btn-done").click()

    page.get_by_role("button", name="get /topics", exact=False).first.click()
    page.get_by_role("button", name="Execute").click()

    expect(page.locator(".live-responses-table .response .response-col_status")).to_contain_text(
        "200"
    )


def test_every_endpoint_of_the_description_is_there(page: Page, practised: Service) -> None:
    page.clock.resume()
    page.goto(f"{practised.base_url}/api/docs")

    for path in ("/generate-question", "/generate-test", "/topics", "/health"):
        expect(page.locator(f"[data-path='{path}']").first).to_be_visible()
