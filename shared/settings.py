"""Every setting, typed and validated once. The only reader of the environment and of `.env`.

The environment (in Azure: the app settings) wins over `.env`. An empty value counts as not set.
"""

from __future__ import annotations

import ipaddress
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Literal
from urllib.parse import urlsplit

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    SecretStr,
    ValidationError,
    model_validator,
)
from pydantic_settings import BaseSettings, SettingsConfigDict


class SettingsError(Exception):
    """One or more settings are wrong. The message lists all of them, and no value."""


class Fallback(StrEnum):
    """What answers when the model does not."""

    BANK = "bank"
    ERROR = "error"


def _safe_url(url: str) -> str:
    """An https address, or plain http on a loopback address.

    Raises:
        ValueError: anything else, with a sentence that does not repeat the address.

    """
    parts = urlsplit(url)
    if parts.username or parts.password:
        raise ValueError("must not contain a user name or password")
    if parts.scheme == "https" and parts.hostname:
        return url
    if parts.scheme == "http" and _is_loopback(parts.hostname or ""):
        return url
    raise ValueError("must be an https:// address (plain http is for loopback addresses only)")


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


Url = Annotated[str, AfterValidator(_safe_url)]


class BackendSetting(BaseModel):
    """One deployment of AZURE_OPENAI_BACKENDS."""

    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True)

    endpoint: Url
    deployment: Annotated[str, Field(min_length=1)]
    name: str | None = None
    api_key: SecretStr | None = None
    api_version: str | None = None
    priority: Annotated[int, Field(ge=0)] = 0
    weight: Annotated[int, Field(ge=1, le=1000)] = 1
    max_concurrency: Annotated[int, Field(ge=1)] = 256


class Settings(BaseSettings):
    """The settings of one worker. Printing it shows no secret."""

    model_config = SettingsConfigDict(
        env_file=Path(__file__).parent.parent / ".env",
        env_file_encoding="utf-8",
        env_ignore_empty=True,
        extra="ignore",
        frozen=True,
        hide_input_in_errors=True,
    )

    auth_issuer: Url | None = Field(None, description="The `iss` of accepted tokens.")
    auth_audience: str | None = Field(
        None, description="The `aud` of accepted tokens; several separated by commas."
    )
    auth_jwks_url: Url | None = Field(
        None, description="Where the signing keys are; found by OIDC discovery where absent."
    )
    auth_algorithm: Literal["RS256", "RS384", "RS512", "PS256", "ES256", "ES384"] = Field(
        "RS256", description="The only signing algorithm accepted."
    )
    auth_roles_claim: str = Field("roles", description="The list claim that carries the roles.")
    auth_allowed_tenants: str = Field(
        "", description="Microsoft Entra tenant ids whose tokens are accepted, by commas."
    )
    auth_required_scope: str | None = Field(
        None, description="Scope that tokens acting for a user must carry."
    )
    auth_stale_keys_seconds: float = Field(
        86_400, ge=3600, description="How long known signing keys serve while the issuer is down."
    )

    azure_openai_endpoint: Url | None = Field(
        None, description="https://RESOURCE.openai.azure.com, or a gateway in front of it."
    )
    azure_openai_deployment: str | None = Field(None, description="Name of the deployment.")
    azure_openai_api_key: SecretStr | None = Field(
        None, description="Key; managed identity signs in where absent."
    )
    azure_openai_api_version: str | None = Field(
        None, description="Takes the classic /deployments/ path with this API version."
    )
    azure_openai_backends: tuple[BackendSetting, ...] = Field(
        (), description="Several deployments, as a JSON list: see the README."
    )
    azure_openai_scope: str = Field(
        "https://ai.azure.com/.default", description="Scope of the managed identity's tokens."
    )
    openai_base_url: Url | None = Field(
        None, description="Any OpenAI-compatible server, instead of Azure OpenAI."
    )
    openai_api_key: SecretStr | None = Field(None, description="Key of that server.")
    openai_model: str | None = Field(None, description="Model to ask that server for.")

    generation_deadline_seconds: float = Field(
        25.0, gt=0, le=200, description="All the time a generation may take, in seconds."
    )
    fallback: Fallback = Field(
        Fallback.BANK, description="When the model does not answer: `bank` or `error` (503)."
    )
    subject_key: SecretStr | None = Field(
        None, description="Key of the hash under which subjects appear in logs."
    )

    website_site_name: str | None = Field(None, description="Set by Azure: the app runs there.")

    @model_validator(mode="after")
    def _model_is_whole(self) -> Settings:
        """A half-configured model is a mistake, not a wish for the bank."""
        missing = [
            name
            for given, others in (
                ("azure_openai_endpoint", ("azure_openai_deployment",)),
                ("azure_openai_deployment", ("azure_openai_endpoint",)),
                ("openai_base_url", ("openai_model",)),
                ("openai_model", ("openai_base_url",)),
                ("auth_issuer", ("auth_audience",)),
                ("auth_jwks_url", ("auth_issuer",)),
            )
            for name in others
            if getattr(self, given) and not getattr(self, name)
        ]
        if missing:
            names = ", ".join(name.upper() for name in dict.fromkeys(missing))
            raise ValueError(f"also set {names}")
        ways = (self.azure_openai_endpoint, self.azure_openai_backends, self.openai_base_url)
        if sum(map(bool, ways)) > 1:
            raise ValueError(
                "set only one of AZURE_OPENAI_ENDPOINT, AZURE_OPENAI_BACKENDS and OPENAI_BASE_URL"
            )
        return self

    @property
    def in_azure(self) -> bool:
        """Whether the app runs in Azure rather than on somebody's machine."""
        return self.website_site_name is not None


def load_settings() -> Settings:
    """Read the environment and `.env`.

    Raises:
        SettingsError: with one line for each wrong setting.

    """
    try:
        return Settings()
    except ValidationError as error:
        lines = [
            f"  {'.'.join(str(step) for step in item['loc']).upper() or 'settings'}: "
            f"{item['msg'].removeprefix('Value error, ')}"
            for item in error.errors(include_url=False, include_input=False)
        ]
        raise SettingsError("These settings are wrong:\n" + "\n".join(lines)) from None
