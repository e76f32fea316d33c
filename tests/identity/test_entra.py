"""Microsoft Entra ID: v1 and v2 tokens, one tenant or several, for a user or for an application."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from shared.identity.errors import Reason
from shared.identity.issuers import TrustedIssuers, trusted_issuers
from shared.identity.key_source import FetchFailed, KeySource
from shared.identity.settings import IdentitySettings
from shared.identity.verifier import TokenVerifier
from tests.support.issuer import AUDIENCE, DISCOVERY, Clock, Issuer
from tests.support.keys import public_jwk, rsa_key
from tests.support.verdicts import accepts, reason_of

if TYPE_CHECKING:
    from collections.abc import Callable

OURS = "11111111-aaaa-4bbb-8ccc-000000000001"
PARTNER = "22222222-aaaa-4bbb-8ccc-000000000002"
STRANGER = "33333333-aaaa-4bbb-8ccc-000000000003"


def v1(tenant: str) -> str:
    return f"https://sts.windows.net/{tenant}/"


def v2(tenant: str) -> str:
    return f"https://login.microsoftonline.com/{tenant}/v2.0"


@pytest.fixture
def entra(issuer: Issuer, clock: Clock) -> Callable[..., TokenVerifier]:
    """Makes a verifier that trusts Entra, with the keys of the loopback issuer."""

    def make(trusted: str, *tenants: str, required_scope: str | None = None) -> TokenVerifier:
        settings = IdentitySettings(
            issuer=trusted,
            allowed_tenants=frozenset(tenants),
            audiences=frozenset({AUDIENCE}),
            jwks_url=issuer.jwks_url,
            required_scope=required_scope,
        )
        return TokenVerifier(settings, clock=clock)

    return make


def of_tenant(issuer: Issuer, iss: str, tid: str | None, **claims: Any) -> str:
    return issuer.mint(iss=iss, tid=tid, **claims)


async def test_a_single_issuer_accepts_its_own_version_only(
    issuer: Issuer, entra: Callable[..., TokenVerifier]
) -> None:
    verifier = entra(v2(OURS))
    assert await accepts(verifier, of_tenant(issuer, v2(OURS), OURS))
    assert await reason_of(verifier, of_tenant(issuer, v1(OURS), OURS)) is Reason.WRONG_ISSUER


async def test_a_v1_issuer_can_be_trusted_alone(
    issuer: Issuer, entra: Callable[..., TokenVerifier]
) -> None:
    assert await accepts(entra(v1(OURS)), of_tenant(issuer, v1(OURS), OURS))


async def test_an_allowed_tenant_may_send_both_versions(
    issuer: Issuer, entra: Callable[..., TokenVerifier]
) -> None:
    verifier = entra(v2(OURS), OURS)
    assert await accepts(verifier, of_tenant(issuer, v1(OURS), OURS))
    assert await accepts(verifier, of_tenant(issuer, v2(OURS), OURS))


@pytest.mark.parametrize("trusted", ["common", "organizations", "{tenantid}"])
async def test_several_tenants_are_trusted_by_name(
    trusted: str, issuer: Issuer, entra: Callable[..., TokenVerifier]
) -> None:
    verifier = entra(v2(trusted), OURS, PARTNER)
    for tenant in (OURS, PARTNER):
        assert await accepts(verifier, of_tenant(issuer, v1(tenant), tenant))
        assert await accepts(verifier, of_tenant(issuer, v2(tenant), tenant))
    for iss in (v1(STRANGER), v2(STRANGER), v2(trusted)):
        token = of_tenant(issuer, iss, STRANGER)
        assert await reason_of(verifier, token) is Reason.WRONG_ISSUER


@pytest.mark.parametrize("tid", [PARTNER, OURS.upper(), "", None, ["x"], 1])
async def test_the_tenant_claim_must_belong_to_the_issuer(
    tid: Any, issuer: Issuer, entra: Callable[..., TokenVerifier]
) -> None:
    verifier = entra(v2("organizations"), OURS, PARTNER)
    token = of_tenant(issuer, v2(OURS), tid)
    assert await reason_of(verifier, token) is Reason.WRONG_TENANT


@pytest.mark.parametrize(
    "iss",
    [
        v2(OURS) + "/",
        v2(OURS).upper(),
        v2(OURS).replace("https", "http"),
        v2(OURS).removesuffix("/v2.0"),
        v1(OURS).rstrip("/"),
        f"https://login.microsoftonline.com.evil.example/{OURS}/v2.0",
        f"https://evil.example/{OURS}/v2.0",
        "https://login.microsoftonline.com/{tenantid}/v2.0",
    ],
)
async def test_an_issuer_that_only_looks_like_ours_is_refused(
    iss: str, issuer: Issuer, entra: Callable[..., TokenVerifier]
) -> None:
    verifier = entra(v2("organizations"), OURS)
    assert await reason_of(verifier, of_tenant(issuer, iss, OURS)) is Reason.WRONG_ISSUER


async def test_a_key_bound_to_one_tenant_does_not_speak_for_another(
    issuer: Issuer, entra: Callable[..., TokenVerifier]
) -> None:
    issuer.keys = [
        public_jwk(rsa_key("first"), "first", issuer=v2("{tenantid}")),
        public_jwk(rsa_key("second"), "second", issuer=v2(PARTNER)),
    ]
    verifier = entra(v2("organizations"), OURS, PARTNER)
    assert await accepts(verifier, issuer.mint("first", iss=v2(OURS), tid=OURS))
    assert await accepts(verifier, issuer.mint("second", iss=v1(PARTNER), tid=PARTNER))
    token = issuer.mint("second", iss=v2(OURS), tid=OURS)
    assert await reason_of(verifier, token) is Reason.WRONG_TENANT


async def test_a_delegated_token_needs_the_scope(
    issuer: Issuer, entra: Callable[..., TokenVerifier]
) -> None:
    verifier = entra(v2(OURS), OURS, required_scope="Questions.Ask")

    def user(**claims: Any) -> str:
        return of_tenant(issuer, v2(OURS), OURS, **claims)

    assert await accepts(verifier, user(scp="Questions.Ask"))
    assert await accepts(verifier, user(scp="profile Questions.Ask"))
    for scp in ("profile", "Questions.Ask.All", "questions.ask", "Questions.Ask,profile", ""):
        assert await reason_of(verifier, user(scp=scp)) is Reason.INSUFFICIENT_SCOPE
    assert await reason_of(verifier, user(scp=1)) is Reason.INVALID_CLAIM


async def test_an_application_that_acts_for_itself_needs_roles_and_no_scope(
    issuer: Issuer, entra: Callable[..., TokenVerifier]
) -> None:
    verifier = entra(v2(OURS), OURS, required_scope="Questions.Ask")
    marked = of_tenant(issuer, v2(OURS), OURS, sub="app", idtyp="app", roles=["admin"])
    assert (await verifier.verify(marked)).roles == {"admin"}
    unmarked = of_tenant(issuer, v1(OURS), OURS, sub="app", oid="app", roles=["admin"])
    assert (await verifier.verify(unmarked)).roles == {"admin"}


@pytest.mark.parametrize(
    "claims",
    [{}, {"oid": "another"}, {"idtyp": "user", "oid": "someone"}, {"idtyp": ["app"]}],
    ids=["no oid", "oid of a user", "marked as a user's", "marked with a list"],
)
async def test_a_users_token_without_a_scope_is_refused(
    claims: dict[str, Any], issuer: Issuer, entra: Callable[..., TokenVerifier]
) -> None:
    """An ID token is one: it has the roles too, but is no access token."""
    verifier = entra(v2(OURS), OURS, required_scope="Questions.Ask")
    token = of_tenant(issuer, v2(OURS), OURS, **claims)
    assert await reason_of(verifier, token) is Reason.INSUFFICIENT_SCOPE


async def test_the_scope_claim_of_other_providers_is_understood(
    issuer: Issuer, settings: IdentitySettings, clock: Clock
) -> None:
    verifier = TokenVerifier(replace(settings, required_scope="ask"), clock=clock)
    assert await accepts(verifier, issuer.mint(scope="openid ask"))
    assert await accepts(verifier, issuer.mint(scp=["openid", "ask"]))


async def test_without_a_required_scope_none_is_looked_at(
    issuer: Issuer, entra: Callable[..., TokenVerifier]
) -> None:
    assert await accepts(entra(v2(OURS), OURS), of_tenant(issuer, v2(OURS), OURS, scp="anything"))


@pytest.mark.parametrize(
    ("trusted", "asked", "described"),
    [
        (v2(OURS), v2(OURS), v2(OURS)),
        (v2("common"), v2("common"), v2("{tenantid}")),
        (v2("organizations"), v2("organizations"), v2("{tenantid}")),
        (v2("{tenantid}"), v2("organizations"), v2("{tenantid}")),
    ],
)
def test_discovery_asks_an_address_that_exists(trusted: str, asked: str, described: str) -> None:
    issuers = trusted_issuers(trusted, frozenset({OURS}))
    assert issuers.discovery_url == asked + DISCOVERY
    assert issuers.described_issuer == described


async def test_a_description_for_many_tenants_is_accepted_word_for_word(
    issuer: Issuer, settings: IdentitySettings
) -> None:
    template = v2("{tenantid}")
    source = KeySource(
        replace(settings, jwks_url=None), TrustedIssuers({}, issuer.url + DISCOVERY, template)
    )
    issuer.description["issuer"] = template
    assert set(await source.fetch()) == {"first"}
    issuer.description["issuer"] = v2(STRANGER)
    with pytest.raises(FetchFailed, match="another_issuer"):
        await source.fetch()
