from __future__ import annotations

from typing import TYPE_CHECKING, Any

import httpx2
import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager

    from tests.app.service import Service
    from tests.support.issuer import Issuer

PROTECTED = [("POST", "generate-question"), ("POST", "generate-test"), ("GET", "topics")]


@pytest.mark.smoke
@pytest.mark.parametrize(("method", "path"), PROTECTED)
def test_without_a_token_the_answer_is_401_with_a_bare_challenge(
    service: Service, method: str, path: str
) -> None:
    answer = service.request(method, path, roles=None)

    assert answer.status_code == 401
    assert answer.json()["error"]["code"] == "unauthorized"
    assert answer.headers["WWW-Authenticate"] == "Bearer"


@pytest.mark.smoke
@pytest.mark.parametrize(
    "scheme", ["Basic abc", "Bearer", "Bearer,", "Token abc", "abc", "Bearer a b"]
)
def test_another_scheme_is_401_with_the_reason_class(service: Service, scheme: str) -> None:
    answer = service.get("topics", headers={"Authorization": scheme}, roles=None)

    assert answer.status_code == 401
    assert 'error="invalid_request"' in answer.headers["WWW-Authenticate"]


@pytest.mark.smoke
def test_a_token_that_does_not_hold_is_401_with_the_reason_class(service: Service) -> None:
    answer = service.get("topics", token="not.a.token")

    assert answer.status_code == 401
    assert 'error="invalid_token"' in answer.headers["WWW-Authenticate"]


@pytest.mark.smoke
@pytest.mark.parametrize("scheme", ["bearer", "BEARER", "BeArEr"])
def test_the_scheme_is_accepted_in_any_case(service: Service, scheme: str) -> None:
    token = service.token_for("candidate")

    answer = service.get("topics", headers={"Authorization": f"{scheme} {token}"}, roles=None)

    assert answer.status_code == 200


@pytest.mark.parametrize("role", ["candidate", "examiner", "admin"])
def test_each_role_may_ask_for_a_question(service: Service, role: str) -> None:
    assert service.post("generate-question", roles=(role,)).status_code == 200


@pytest.mark.parametrize("roles", [(), ("visitor",), ("Candidate",), ("candidate ",)])
def test_any_other_role_is_403_and_learns_no_role(service: Service, roles: tuple[str, ...]) -> None:
    answer = service.post("generate-question", roles=roles)

    assert answer.status_code == 403
    assert answer.json()["error"]["code"] == "forbidden"
    assert not any(role in answer.text for role in ("candidate", "examiner", "admin"))


def test_an_expired_token_is_401_and_says_so(service: Service, issuer: Issuer) -> None:
    answer = service.get("topics", token=issuer.mint(exp=1_000_000_000))

    assert answer.status_code == 401
    assert "expired" in answer.json()["message"]


def test_authorisation_comes_before_the_body_is_looked_at(service: Service) -> None:
    answer = service.post("generate-question", content=b"{", roles=None)

    assert answer.status_code == 401


@pytest.mark.parametrize("first", ["Bearer {token}", "Bearer x.y.z", "Basic abc", ""])
def test_two_authorization_headers_are_401_even_if_one_of_them_holds(
    service: Service, first: str
) -> None:
    token = service.token_for("candidate")
    headers = [
        ("Authorization", first.format(token=token)),
        ("Authorization", f"Bearer {token}"),
    ]

    for sent in (headers, headers[::-1]):
        answer = httpx2.get(f"{service.base_url}/api/topics", headers=sent)

        assert answer.status_code == 401
        assert 'error="invalid_request"' in answer.headers["WWW-Authenticate"]


def test_a_token_anywhere_but_in_the_authorization_header_identifies_nobody(
    service: Service,
) -> None:
    token = service.token_for("candidate")
    elsewhere: list[dict[str, Any]] = [
        {"params": {"access_token": token}},
        {"headers": {"Cookie": f"access_token={token}"}},
        {"headers": {"X-Forwarded-Authorization": f"Bearer {token}"}},
        {"headers": {"X-MS-TOKEN-AAD-ACCESS-TOKEN": token}},
    ]

    for sent in elsewhere:
        assert service.get("topics", roles=None, **sent).status_code == 401


def test_easy_auth_headers_identify_nobody(service: Service) -> None:
    answer = service.get(
        "topics",
        roles=None,
        headers={
            "X-MS-CLIENT-PRINCIPAL": "eyJyb2xlcyI6WyJhZG1pbiJdfQ==",
            "X-MS-TOKEN-AAD-ID-TOKEN": "x",
        },
    )

    assert answer.status_code == 401


def test_a_user_token_without_the_required_scope_is_403_with_insufficient_scope(
    start: Callable[..., AbstractContextManager[Service]], issuer: Issuer
) -> None:
    with start("local", AUTH_REQUIRED_SCOPE="questions.read") as service:
        without = service.get("topics", token=issuer.mint(scp="profile"))
        granted = service.get("topics", token=issuer.mint(scp="profile questions.read"))

    assert without.status_code == 403
    assert 'error="insufficient_scope"' in without.headers["WWW-Authenticate"]
    assert granted.status_code == 200
