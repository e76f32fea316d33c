"""The practice page on Azure Static Web Apps: its own site, under its own headers."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from tests.app.practice.page import PracticePage
from tests.support.running_app import REPOSITORY

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page, Route

    from tests.app.service import Service
    from tests.support.issuer import Issuer

FOLDER = REPOSITORY / "web" / "practice"
CONFIG: dict[str, Any] = json.loads((FOLDER / "staticwebapp.config.json").read_text("utf-8"))
SITE = "https://practice.example"
API = "https://questions-abc123.westeurope-01.azurewebsites.net/api/"


@pytest.fixture
def site(page: Page, practised: Service) -> Page:
    """A tab with the site, which finds the service at another address."""
    page.route(f"{SITE}/**", _static_file)
    page.route(f"{API}**", _service(practised))
    page.goto(SITE)
    return page


def _static_file(route: Route) -> None:
    name = urlsplit(route.request.url).path.lstrip("/") or "index.html"
    if name == "settings.json":
        route.fulfill(json={"api": API}, headers=CONFIG["globalHeaders"])
        return
    media_types = {".html": "text/html", ".css": "text/css", ".svg": "image/svg+xml"}
    file = FOLDER / name
    route.fulfill(
        body=file.read_bytes(),
        content_type=(media_types | CONFIG["mimeTypes"])[file.suffix],
        headers=CONFIG["globalHeaders"],
    )


def _service(app: Service) -> Callable[[Route], None]:
    """The app, as Azure's CORS lets a page of another origin have it."""

    def answer(route: Route) -> None:
        path = route.request.url.removeprefix(API)
        answered = route.fetch(url=f"{app.base_url}/api/{path}")
        route.fulfill(
            response=answered, headers={**answered.headers, "Access-Control-Allow-Origin": SITE}
        )

    return answer


def test_a_part_is_sat_with_a_pasted_token(site: Page, practised: Service, issuer: Issuer) -> None:
    site.get_by_label("Access token").fill(issuer.mint(roles=["candidate"], sub="elsewhere"))
    site.get_by_role("button", name="Use this token").click()
    practice = PracticePage(site, practised.base_url)

    practice.sit("2", "a memorable trip")
    practice.go_on_to("preparation")

    expect(site.locator(".ring-face")).to_have_text("1:00")


def test_it_may_not_run_or_ask_anything_else() -> None:
    policy = CONFIG["globalHeaders"]["Content-Security-Policy"]

    assert "default-src 'none'; script-src 'self'; style-src 'self';" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
