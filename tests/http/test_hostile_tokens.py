"""Every hostile token at the wrapper: refused with 401, and with the challenge of RFC 6750."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import azure.functions as func
import pytest

from shared.http.api import Api, Reply
from shared.identity.settings import IdentitySettings
from shared.identity.verifier import TokenVerifier
from tests.http.limits import generous
from tests.http.test_unexpected_errors import Context, Nothing
from tests.identity.test_hostile_claims import CLAIMS, PAYLOADS
from tests.identity.test_hostile_form import FORMS
from tests.support.issuer import AUDIENCE, Clock, Issuer, running_issuer

if TYPE_CHECKING:
    from collections.abc import Iterator

    from shared.http.call import Call

Mint = Callable[[Issuer], str]
FEWEST = 60
NO_PART_OF_A_HEADER = {"space before", "newline after"}
"""White space around a header's value, which HTTP takes away (RFC 9110, section 5.5)."""


def claiming(changes: dict[str, Any]) -> Mint:
    return lambda issuer: issuer.mint(**changes)


def carrying(payload: Callable[[dict[str, Any]], bytes]) -> Mint:
    return lambda issuer: issuer.mint_raw(payload(issuer.claims()))


TOKENS: dict[str, Mint] = {
    **{name: make for name, (make, _) in FORMS.items() if name not in NO_PART_OF_A_HEADER},
    **{name: claiming(changes) for name, (changes, _) in CLAIMS.items()},
    **{f"payload: {name}": carrying(payload) for name, payload in PAYLOADS.items()},
}


@pytest.fixture(scope="module")
def issuer() -> Iterator[Issuer]:
    yield from running_issuer(Clock())


@pytest.fixture
def endpoint(issuer: Issuer) -> Any:
    """The function that the worker calls, behind a verifier of the issuer's tokens."""
    settings = IdentitySettings(
        issuer=issuer.url, audiences=frozenset({AUDIENCE}), jwks_url=issuer.jwks_url
    )
    api = Api(TokenVerifier(settings, clock=issuer.clock).verify, generous)

    async def things(_: Call) -> Reply:
        return Reply(Nothing())

    api.endpoint("things", roles=["candidate"])(things)
    [function] = api.app.get_functions()
    return function.get_user_function()


async def answer(endpoint: Any, authorization: str) -> func.HttpResponse:
    request = func.HttpRequest(
        "GET",
        "http://localhost/api/things",
        headers={"authorization": authorization},
        body=b"",
    )
    response: func.HttpResponse = await endpoint(request, Context())
    return response


async def test_a_good_token_is_200(endpoint: Any, issuer: Issuer) -> None:
    assert (await answer(endpoint, f"Bearer {issuer.mint()}")).status_code == 200


@pytest.mark.parametrize("case", TOKENS)
async def test_a_hostile_token_is_401_with_the_reason_class(
    case: str, endpoint: Any, issuer: Issuer
) -> None:
    response = await answer(endpoint, f"Bearer {TOKENS[case](issuer)}")

    assert response.status_code == 401
    assert json.loads(response.get_body())["error"]["code"] == "unauthorized"
    assert response.headers["www-authenticate"].startswith('Bearer error="invalid_')
    assert response.headers["www-authenticate"].isascii()


def test_there_are_as_many_cases_as_the_threat_model_says() -> None:
    assert len(TOKENS) >= FEWEST
