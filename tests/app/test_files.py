"""The pages that the service brings along, as files over HTTP."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.app.service import Answer, Service

pytestmark = pytest.mark.smoke

PAGES = ["practice", "docs"]
FILES = [
    ("practice/app.js", "text/javascript; charset=utf-8"),
    ("practice/views/start.js", "text/javascript; charset=utf-8"),
    ("practice/style.css", "text/css; charset=utf-8"),
    ("practice/icon.svg", "image/svg+xml"),
    ("docs/swagger-ui.css", "text/css; charset=utf-8"),
    ("openapi.json", "application/json"),
]


def fetch(service: Service, path: str, **headers: str) -> Answer:
    return service.get(path, roles=None, headers=headers)


@pytest.mark.parametrize("page", PAGES)
def test_a_page_is_at_its_address_with_and_without_a_slash(service: Service, page: str) -> None:
    plain, slashed = fetch(service, page), fetch(service, f"{page}/")

    assert plain.status_code == slashed.status_code == 200
    assert plain.headers["Content-Type"] == "text/html; charset=utf-8"
    assert f'<base href="{page}/">' in plain.text
    assert '<base href="./">' in slashed.text


@pytest.mark.parametrize("page", PAGES)
def test_a_page_may_run_its_own_files_only(service: Service, page: str) -> None:
    policy = fetch(service, page).headers["Content-Security-Policy"]

    assert "default-src 'none'" in policy
    assert "script-src 'self';" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy


@pytest.mark.parametrize(("path", "media_type"), FILES)
def test_a_file_has_its_media_type_and_is_taken_at_its_word(
    service: Service, path: str, media_type: str
) -> None:
    answer = fetch(service, path)

    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == media_type
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["X-Request-ID"]


@pytest.mark.parametrize(("path", "_"), FILES)
def test_a_file_that_the_browser_has_is_not_sent_again(service: Service, path: str, _: str) -> None:
    first = fetch(service, path)

    again = fetch(service, path, **{"If-None-Match": f'"other", {first.headers["ETag"]}'})

    assert first.headers["Cache-Control"] == "no-cache"
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["ETag"] == first.headers["ETag"]


@pytest.mark.parametrize(
    "path",
    [
        "practice/none.js",
        "practice/views",
        "practice/..%2f..%2fhost.json",
        "practice/%2e%2e/%2e%2e/host.json",
        "practice//etc/passwd",
        "practice/..\\..\\host.json",
        "practice/%00",
    ],
)
def test_nothing_but_a_page_s_own_files_is_served(service: Service, path: str) -> None:
    answer = fetch(service, path)

    assert answer.status_code == 404
    assert answer.json()["error"]["code"] == "not_found"


@pytest.mark.parametrize("path", ["practice", "practice/app.js", "docs", "openapi.json"])
def test_a_file_is_only_read(service: Service, path: str) -> None:
    answer = service.post(path)

    assert answer.status_code == 405
    assert answer.headers["Allow"] == "GET"
