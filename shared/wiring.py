"""The settings in each room's own terms."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shared.azure_openai.backends import Backend, Kind
from shared.identity.settings import IdentitySettings

if TYPE_CHECKING:
    from shared.settings import Settings


def backends(settings: Settings) -> tuple[Backend, ...]:
    """The deployments to ask; none where the bank answers alone."""
    if settings.azure_openai_backends:
        return tuple(
            Backend(
                name=backend.name or f"{backend.deployment}-{position}",
                kind=Kind.AZURE,
                endpoint=backend.endpoint,
                deployment=backend.deployment,
                api_key=backend.api_key,
                api_version=backend.api_version,
                priority=backend.priority,
                weight=backend.weight,
                max_concurrency=backend.max_concurrency,
            )
            for position, backend in enumerate(settings.azure_openai_backends, start=1)
        )
    if settings.azure_openai_endpoint and settings.azure_openai_deployment:
        return (
            Backend(
                name=settings.azure_openai_deployment,
                kind=Kind.AZURE,
                endpoint=settings.azure_openai_endpoint,
                deployment=settings.azure_openai_deployment,
                api_key=settings.azure_openai_api_key,
                api_version=settings.azure_openai_api_version,
            ),
        )
    if settings.openai_base_url and settings.openai_model:
        return (
            Backend(
                name=settings.openai_model,
                kind=Kind.OPENAI,
                endpoint=settings.openai_base_url,
                deployment=settings.openai_model,
                api_key=settings.openai_api_key,
            ),
        )
    return ()


def identity_settings(settings: Settings) -> IdentitySettings:
    """Whose tokens are accepted.

    Raises:
        ValueError: the auth settings do not fit together.

    """
    return IdentitySettings(
        issuer=settings.auth_issuer or "",
        audiences=_names(settings.auth_audience or ""),
        jwks_url=settings.auth_jwks_url,
        algorithms=(settings.auth_algorithm,),
        roles_claim=settings.auth_roles_claim,
        required_scope=settings.auth_required_scope,
        allowed_tenants=_names(settings.auth_allowed_tenants),
        stale_keys_for=settings.auth_stale_keys_seconds,
    )


def _names(by_commas: str) -> frozenset[str]:
    return frozenset(name.strip() for name in by_commas.split(",") if name.strip())
