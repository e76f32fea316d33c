"""Whose tokens are accepted, and on what terms."""

from __future__ import annotations

import math
from dataclasses import dataclass

from shared.identity.addresses import fault_of_address
from shared.identity.issuers import fault_of_tenants
from shared.identity.keys import KEY_TYPES


@dataclass(frozen=True, slots=True, kw_only=True)
class IdentitySettings:
    """The terms on which a bearer token is accepted.

    Attributes:
        issuer: the `iss` to trust, compared exactly; with `allowed_tenants`, the Entra v2 issuer
            of one tenant, of `common`, of `organizations` or of `{tenantid}`.
        audiences: values of which `aud` must hold one.
        jwks_url: where the signing keys are; None finds it by OpenID Connect discovery.
        algorithms: accepted signature algorithms, asymmetric ones only.
        roles_claim: the claim that lists the roles; dots lead into nested objects where no claim
            has the whole name (`realm_access.roles`).
        required_scope: scope that tokens acting for a user must carry; None asks for none.
        allowed_tenants: Entra tenant ids, both of whose issuers (v1 and v2) are trusted; empty
            for every other issuer.
        leeway_seconds: tolerated difference between the issuer's clock and ours. Both are servers
            that keep network time: 30 s covers a drifting one, and more would only prolong
            tokens.
        keys_max_age: seconds after which known signing keys are fetched again, so the longest
            that a withdrawn key goes on being accepted while the issuer is up.
        stale_keys_for: seconds for which known keys go on serving while the issuer is down.
        fetch_timeout: seconds that one fetch of the keys may take, discovery included.

    Raises:
        ValueError: with one sentence for each setting that is wrong.

    """

    issuer: str
    audiences: frozenset[str]
    jwks_url: str | None = None
    algorithms: tuple[str, ...] = ("RS256",)
    roles_claim: str = "roles"
    required_scope: str | None = None
    allowed_tenants: frozenset[str] = frozenset()
    leeway_seconds: float = 30.0
    keys_max_age: float = 3600.0
    stale_keys_for: float = 86_400.0
    fetch_timeout: float = 5.0

    def __post_init__(self) -> None:
        faults = [*self._faults_of_terms(), *self._faults_of_addresses(), *self._faults_of_times()]
        if faults:
            raise ValueError("; ".join(faults))

    def _faults_of_terms(self) -> list[str]:
        faults = []
        if not self.audiences or not all(self.audiences):
            faults.append("audiences must name at least one audience, none of them empty")
        if not self.algorithms or not set(self.algorithms) <= KEY_TYPES.keys():
            faults.append(f"algorithms must be among {', '.join(KEY_TYPES)}")
        if not all(self.roles_claim.split(".")):
            faults.append("roles_claim must be the name of a claim")
        if self.required_scope is not None and len(self.required_scope.split()) != 1:
            faults.append("required_scope must be one scope")
        return faults

    def _faults_of_addresses(self) -> list[str]:
        faults = []
        if fault := fault_of_address(self.issuer):
            faults.append(f"issuer {fault}")
        elif "?" in self.issuer:
            faults.append("issuer must not contain a query")
        elif fault := fault_of_tenants(self.issuer, self.allowed_tenants):
            faults.append(fault)
        if self.jwks_url is not None and (fault := fault_of_address(self.jwks_url)):
            faults.append(f"jwks_url {fault}")
        return faults

    def _faults_of_times(self) -> list[str]:
        faults = []
        if not 0 <= self.leeway_seconds <= 300:  # noqa: PLR2004 - RFC 7519: "a few minutes"
            faults.append("leeway_seconds must be between 0 and 300")
        for name in ("keys_max_age", "stale_keys_for", "fetch_timeout"):
            value = getattr(self, name)
            if not (math.isfinite(value) and value > 0):
                faults.append(f"{name} must be a positive number of seconds")
        if self.stale_keys_for < self.keys_max_age:
            faults.append("stale_keys_for must not be shorter than keys_max_age")
        return faults
