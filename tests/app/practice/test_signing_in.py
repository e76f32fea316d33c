"""How the page comes by a token, and who does not get one from it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect

from tests.app.practice.authority import Authority
from tests.app.practice.page import PracticePage

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from contextlib import AbstractContextManager

    from playwright.sync_api import Page

    from tests.app.service import Service
    from tests.support.issuer import Issuer

AUTHORITY = "https://login.microsoftonline.com/11111111-2222-4333-8444-555555555555"
SIGN_IN = {
    "PRACTICE_CLIENT_ID": "aaaaaaaa-bbbb-4ccc-8ddd-eeeeeeeeeeee",
    "PRACTICE_AUTHORITY": AUTHORITY,
    "PRACTICE_SCOPE": "api://questions/practise",
}
THE_PAGE = {"Sec-Fetch-Site": "same-origin"}


@pytest.fixture(scope="module")
def deployed(start: Callable[..., AbstractContextManager[Service]]) -> Iterator[Service]:
    """The app as it is deployed: it hands out no token, and knows where to sign in."""
    with start("local", **SIGN_IN) as service:
        yield service


@pytest.fixture
def without_token(page: Page, deployed: Service) -> PracticePage:
    """The deployed app's page."""
    return PracticePage(page, deployed.base_url).opened()


def page_settings(service: Service, headers: dict[str, str]) -> dict[str, Any]:
    answer = service.get("practice/settings.json", roles=None, headers=headers)
    assert answer.headers["Cache-Control"] == "no-store"
    settings: dict[str, Any] = answer.json()
    return settings


def test_on_this_machine_the_token_is_there_already(practised: Service) -> None:
    assert page_settings(practised, THE_PAGE)["token"].count(".") == 2


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Sec-Fetch-Site": "none"},
        {**THE_PAGE, "Host": "rebound.example:7071"},
        {**THE_PAGE, "Host": "192.168.0.7:7071"},
        {**THE_PAGE, "Host": "localhost.example"},
        {**THE_PAGE, "Host": ""},
        {**THE_PAGE, "X-Forwarded-For": "203.0.113.9"},
        {**THE_PAGE, "Forwarded": "for=203.0.113.9"},
        {**THE_PAGE, "Via": "1.1 tunnel"},
    ],
    ids=str,
)
def test_nobody_else_is_given_the_token(practised: Service, headers: dict[str, str]) -> None:
    assert page_settings(practised, headers) == {"api": "../"}


def test_no_token_is_handed_out_in_azure(
    start: Callable[..., AbstractContextManager[Service]], issuer: Issuer
) -> None:
    with start("local", PRACTICE_TOKEN=issuer.mint(), WEBSITE_SITE_NAME="app") as service:
        assert "token" not in page_settings(service, THE_PAGE)


def test_a_pasted_token_is_used_until_the_candidate_signs_out(
    without_token: PracticePage, issuer: Issuer
) -> None:
    practice = without_token
    practice.page.get_by_label("access token").fill(f"Bearer {issuer.mint()}\n")
    practice.press("Use this token")
    practice.sit("1")
    practice.opened().sit("1")

    practice.press("Sign out")

    expect(practice.page.get_by_label("access token")).to_be_visible()


def test_a_token_that_does_not_hold_leads_back_to_signing_in(without_token: PracticePage) -> None:
    practice = without_token
    practice.page.get_by_label("access token").fill("x.y.z")
    practice.press("Use this token")
    practice.begin("1")
    expect(practice.trouble).to_have_attribute("data-code", "unauthorized")

    practice.trouble.get_by_role("button", name="Sign in").click()

    expect(practice.page.get_by_label("access token")).to_be_visible()


def test_an_account_without_a_role_is_told_whom_to_ask(
    without_token: PracticePage, issuer: Issuer
) -> None:
    practice = without_token
    practice.page.get_by_label("access token").fill(issuer.mint(roles=[]))
    practice.press("Use this token")

    practice.begin("1")

    expect(practice.trouble).to_contain_text("Ask whoever runs this service")


def test_signing_in_by_msal_leads_to_the_authority_and_back_with_its_token(
    without_token: PracticePage, issuer: Issuer
) -> None:
    authority = Authority(issuer.mint())
    without_token.page.route("https://login.microsoftonline.com/**", authority.answer)

    without_token.press("Sign in")
    without_token.page.get_by_role("radio").first.wait_for()
    without_token.sit("1")

    assert authority.asked["client_id"] == SIGN_IN["PRACTICE_CLIENT_ID"]
    assert SIGN_IN["PRACTICE_SCOPE"] in authority.asked["scope"].split()
    assert authority.asked["code_challenge_method"] == "S256"
