"""Settings that would let somebody in who does not belong are refused at once."""

from __future__ import annotations

from typing import Any

import pytest

from shared.identity.settings import IdentitySettings

TENANT = "11111111-aaaa-4bbb-8ccc-000000000001"
ENTRA = "https://login.microsoftonline.com"


def make(**changes: Any) -> IdentitySettings:
    good: dict[str, Any] = {"issuer": "https://issuer.example", "audiences": frozenset({"a"})}
    return IdentitySettings(**{**good, **changes})


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"algorithms": ("HS256",)}, "algorithms"),
        ({"algorithms": ("RS256", "HS256")}, "algorithms"),
        ({"algorithms": ("none",)}, "algorithms"),
        ({"algorithms": ("rs256",)}, "algorithms"),
        ({"algorithms": ()}, "algorithms"),
        ({"audiences": frozenset()}, "audiences"),
        ({"audiences": frozenset({""})}, "audiences"),
        ({"roles_claim": ""}, "roles_claim"),
        ({"roles_claim": "realm_access."}, "roles_claim"),
        ({"required_scope": ""}, "required_scope"),
        ({"required_scope": "two scopes"}, "required_scope"),
        ({"issuer": ""}, "issuer"),
        ({"issuer": "issuer.example"}, "issuer must be an https URL"),
        ({"issuer": "ftp://issuer.example"}, "issuer must be an https URL"),
        ({"issuer": "https://"}, "issuer must be an https URL"),
        ({"issuer": "https://issuer.example?x=1"}, "issuer must not contain a query"),
        ({"issuer": "https://issuer.example#x"}, "issuer must not contain a fragment"),
        ({"issuer": "https://user:pw@issuer.example"}, "issuer must not contain credentials"),
        ({"issuer": "https://issuer.example:port"}, "issuer is not a URL"),
        ({"issuer": "https://[::1"}, "issuer is not a URL"),
        ({"issuer": "https://issuer.example\n"}, "issuer contains characters"),
        ({"issuer": "https://evil.example\\@issuer.example"}, "issuer contains characters"),
        ({"issuer": "http://issuer.example"}, "issuer must use https"),
        ({"issuer": "http://localhost.evil.example"}, "issuer must use https"),
        ({"issuer": "http://localhost@evil.example"}, "issuer must not contain credentials"),
        ({"issuer": "http://10.0.0.1"}, "issuer must use https"),
        ({"issuer": "http://169.254.169.254"}, "issuer must use https"),
        ({"issuer": "http://0.0.0.0"}, "issuer must use https"),
        ({"jwks_url": "http://issuer.example/jwks"}, "jwks_url must use https"),
        ({"jwks_url": "file:///etc/jwks.json"}, "jwks_url must be an https URL"),
        ({"jwks_url": ""}, "jwks_url must be an https URL"),
        ({"issuer": f"{ENTRA}/common/v2.0"}, "list of allowed tenants"),
        ({"issuer": f"{ENTRA}/organizations/v2.0"}, "list of allowed tenants"),
        ({"issuer": ENTRA + "/{tenantid}/v2.0"}, "list of allowed tenants"),
        ({"allowed_tenants": frozenset({TENANT})}, "allowed tenants need an issuer"),
        (
            {"issuer": f"{ENTRA}/common/v2.0", "allowed_tenants": frozenset({"school.example"})},
            "allowed tenants must be tenant ids",
        ),
        (
            {"issuer": f"{ENTRA}/{TENANT}/v2.0", "allowed_tenants": frozenset({TENANT[:-1] + "9"})},
            "own tenant",
        ),
        ({"leeway_seconds": -1}, "leeway_seconds"),
        ({"leeway_seconds": 301}, "leeway_seconds"),
        ({"leeway_seconds": float("nan")}, "leeway_seconds"),
        ({"keys_max_age": 0}, "keys_max_age"),
        ({"keys_max_age": float("inf")}, "keys_max_age"),
        ({"stale_keys_for": 60}, "stale_keys_for must not be shorter"),
        ({"fetch_timeout": 0}, "fetch_timeout"),
    ],
)
def test_a_setting_that_cannot_be_right_is_refused(changes: dict[str, Any], said: str) -> None:
    with pytest.raises(ValueError, match=said):
        make(**changes)


def test_every_wrong_setting_is_named_at_once() -> None:
    with pytest.raises(ValueError, match=r"audiences .*; algorithms .*; issuer .*; fetch_timeout"):
        make(issuer="x", audiences=frozenset(), algorithms=("none",), fetch_timeout=-1)


@pytest.mark.parametrize(
    "address",
    ["http://localhost:7072", "http://127.0.0.1:7072", "http://127.8.9.10", "http://[::1]:7072"],
)
def test_plain_http_is_accepted_on_this_machine(address: str) -> None:
    assert make(issuer=address, jwks_url=address + "/jwks.json").issuer == address


def test_settings_cannot_be_changed_afterwards() -> None:
    with pytest.raises(AttributeError):
        make().issuer = "https://evil.example"  # type: ignore[misc] # the point of the test
