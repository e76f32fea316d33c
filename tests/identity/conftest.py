from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from shared.identity.settings import IdentitySettings
from shared.identity.verifier import TokenVerifier
from tests.support.issuer import AUDIENCE, Clock, Issuer, running_issuer

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def issuer(clock: Clock) -> Iterator[Issuer]:
    yield from running_issuer(clock)


@pytest.fixture
def settings(issuer: Issuer) -> IdentitySettings:
    return IdentitySettings(
        issuer=issuer.url, audiences=frozenset({AUDIENCE}), jwks_url=issuer.jwks_url
    )


@pytest.fixture
def verifier(settings: IdentitySettings, clock: Clock) -> TokenVerifier:
    return TokenVerifier(settings, clock=clock)
