"""Which `iss` values are trusted, and where their issuer describes itself.

For Microsoft Entra ID one sign-in service has many issuers: one for each tenant, and each tenant
has two, because the version of an access token is set by the API's registration
(https://learn.microsoft.com/entra/identity-platform/access-tokens):

    v1  https://sts.windows.net/<tenant>/
    v2  https://login.microsoftonline.com/<tenant>/v2.0
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

TENANT_PLACEHOLDER = "{tenantid}"
_WELL_KNOWN = "/.well-known/openid-configuration"
_TENANT_ID = re.compile(r"[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}", re.ASCII)
_ENTRA_V2_ISSUER = re.compile(
    r"(?P<authority>https://login\.microsoftonline\.com)/(?P<tenant>[^/]+)/v2\.0", re.ASCII
)
_ANY_TENANT = frozenset({"common", "organizations", TENANT_PLACEHOLDER})


class TrustedIssuers(NamedTuple):
    """The issuers of one sign-in service.

    Attributes:
        tenants: each trusted `iss` value with the tenant (`tid`) that belongs to it; None where
            the issuer knows no tenants.
        discovery_url: where the service describes itself.
        described_issuer: the `issuer` that this description must state (OpenID Connect
            Discovery 1.0, section 4.3).

    """

    tenants: Mapping[str, str | None]
    discovery_url: str
    described_issuer: str

    def vouches(self, key_issuer: str, tenant: str) -> bool:
        """Whether a key that Entra publishes for `key_issuer` may sign tokens of the tenant."""
        return self.tenants.get(key_issuer.replace(TENANT_PLACEHOLDER, tenant)) == tenant


def fault_of_tenants(issuer: str, allowed_tenants: frozenset[str]) -> str | None:
    """Say what keeps issuer and allowed tenants from making sense together, or None."""
    match = _ENTRA_V2_ISSUER.fullmatch(issuer)
    if not allowed_tenants:
        if TENANT_PLACEHOLDER in issuer or (match and match["tenant"] in _ANY_TENANT):
            return "an issuer for many tenants needs the list of allowed tenants"
        return None
    if not all(_TENANT_ID.fullmatch(tenant) for tenant in allowed_tenants):
        return "allowed tenants must be tenant ids: lower-case GUIDs"
    if match is None:
        return "allowed tenants need an issuer https://login.microsoftonline.com/<tenant>/v2.0"
    if match["tenant"] not in _ANY_TENANT | allowed_tenants:
        return "the issuer's own tenant must be among the allowed tenants"
    return None


def trusted_issuers(issuer: str, allowed_tenants: frozenset[str]) -> TrustedIssuers:
    """Spell out every trusted `iss`; the arguments must have passed `fault_of_tenants`.

    Without allowed tenants exactly the issuer is trusted. With them, both issuers of each are.
    """
    match = _ENTRA_V2_ISSUER.fullmatch(issuer)
    if not allowed_tenants or match is None:
        return TrustedIssuers({issuer: None}, issuer.rstrip("/") + _WELL_KNOWN, issuer)
    authority, own = match["authority"], match["tenant"]
    tenants: dict[str, str | None] = {}
    for tenant in allowed_tenants:
        tenants[f"{authority}/{tenant}/v2.0"] = tenant
        tenants[f"https://sts.windows.net/{tenant}/"] = tenant
    described = TENANT_PLACEHOLDER if own in _ANY_TENANT else own
    asked = "organizations" if own == TENANT_PLACEHOLDER else own
    return TrustedIssuers(
        tenants, f"{authority}/{asked}/v2.0{_WELL_KNOWN}", f"{authority}/{described}/v2.0"
    )
