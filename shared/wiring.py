"""The settings in each room's own terms."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import TYPE_CHECKING

from shared.azure_openai.backends import Backend, Kind, PressureSettings
from shared.identity.settings import IdentitySettings

if TYPE_CHECKING:
    from shared.settings import Settings
    from shared.storage.database import Database
    from shared.storage.storage import Storage

logger = logging.getLogger(__name__)

_LOCAL = Path(__file__).parent.parent / ".local"
_DATABASE_SCOPE = "https://ossrdbms-aad.database.windows.net/.default"
"""Of Azure Database for PostgreSQL, in every region of the public cloud."""


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


def pressure(settings: Settings) -> PressureSettings:
    """How hard to try: a deployment that hangs leaves two fifths of the deadline to another."""
    return PressureSettings(
        attempt_seconds=settings.generation_deadline_seconds * 3 / 5,
        token_scope=settings.azure_openai_scope,
    )


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


def storage(settings: Settings) -> Storage | None:
    """What the service remembers by; None where it runs without a memory."""
    where = database(settings)
    if where is None:
        return None
    from shared.storage.storage import Storage  # noqa: PLC0415 - not while indexing
    from shared.storage.subjects import local_key  # noqa: PLC0415 - not while indexing

    if settings.subject_key is not None:
        return Storage(where, settings.subject_key.get_secret_value())
    try:
        return Storage(where, local_key(_LOCAL / "subject-key"))
    except OSError as error:
        logger.error("no_memory: SUBJECT_KEY is not set, and .local: %s", type(error).__name__)  # noqa: TRY400 - the trace tells no more
        return None


def database(settings: Settings) -> Database | None:
    """The database configured; a file of this machine where none is; None in Azure."""
    if settings.database_url is not None:
        url = settings.database_url.get_secret_value()
    elif settings.in_azure:
        return None
    else:
        url = f"sqlite:///{_LOCAL / 'store.sqlite3'}"
    from shared.storage.database import Database  # noqa: PLC0415 - not while indexing

    token = None
    if settings.database_sign_in == "entra":
        from shared.azure_openai.identity import TokenSource  # noqa: PLC0415 - not while indexing

        token = TokenSource(_DATABASE_SCOPE).token
    return Database(url, settings.database_timeout_seconds, settings.database_pool_size, token)


def _names(by_commas: str) -> frozenset[str]:
    return frozenset(name.strip() for name in by_commas.split(",") if name.strip())
