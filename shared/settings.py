"""Every setting, typed and validated once. The only reader of the environment and of `.env`.

The environment (in Azure: the app settings) wins over `.env`. An empty value counts as not set.
"""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal, Self

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    ModelWrapValidatorHandler,
    SecretStr,
    ValidationError,
    model_validator,
)
from pydantic_core import InitErrorDetails
from pydantic_settings import BaseSettings, SettingsConfigDict

from shared.setting_types import ApiKey, DatabaseUrl, FromJson, Rate, RedisUrl, TcpUrl, Url

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping


class SettingsError(Exception):
    """One or more settings are wrong. The message lists all of them, and no value."""


class LibraryUse(StrEnum):
    """When accepted model questions are asked again."""

    FALLBACK = "fallback"
    FIRST = "first"


class Fallback(StrEnum):
    """What answers when the model does not."""

    BANK = "bank"
    ERROR = "error"


_NEEDS = (
    ("azure_openai_endpoint", "azure_openai_deployment"),
    ("azure_openai_deployment", "azure_openai_endpoint"),
    ("openai_base_url", "openai_model"),
    ("openai_model", "openai_base_url"),
    ("practice_client_id", "practice_authority"),
    ("practice_client_id", "practice_scope"),
    ("auth_issuer", "auth_audience"),
    ("auth_jwks_url", "auth_issuer"),
    # each worker would hash a subject with a key of its own, and share no count
    ("rate_limit_storage_url", "subject_key"),
)
"""Settings that are worth nothing without another.

A half-configured model is a mistake, not a wish for the bank.
"""


def _faults_of_the_whole(given: Mapping[str, Any]) -> Iterator[ValueError]:
    """What is wrong with settings, as they were given, that are fine by themselves."""
    needs = [*_NEEDS]
    if not str(given.get("database_url", "sqlite")).startswith("sqlite"):
        needs.append(("database_url", "subject_key"))
    missing = dict.fromkeys(need for name, need in needs if given.get(name) and not given.get(need))
    if missing:
        yield ValueError(f"also set {', '.join(name.upper() for name in missing)}")
    ways = ("azure_openai_endpoint", "azure_openai_backends", "openai_base_url")
    if sum(given.get(way) not in (None, "", "[]") for way in ways) > 1:
        names = " and ".join(", ".join(map(str.upper, ways)).rsplit(", ", 1))
        yield ValueError(f"set only one of {names}")


class BackendSetting(BaseModel):
    """One deployment of AZURE_OPENAI_BACKENDS."""

    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True)

    endpoint: Url = Field(description="https://RESOURCE.openai.azure.com.")
    deployment: str = Field(min_length=1, description="Name of the deployment.")
    name: str | None = Field(None, description="Name in logs; made of the deployment's if absent.")
    api_key: ApiKey | None = Field(None, description="Key; managed identity where absent.")
    api_version: str | None = Field(None, description="Takes the classic path with this version.")
    priority: int = Field(0, ge=0, description="Lower ones are asked first.")
    weight: int = Field(1, ge=1, le=1000, description="Share among those of one priority.")
    max_concurrency: int = Field(256, ge=1, description="Requests in flight at once.")


def _named_apart(backends: tuple[BackendSetting, ...]) -> tuple[BackendSetting, ...]:
    """Backends that logs can tell apart.

    Raises:
        ValueError: two have one name.

    """
    names = [backend.name for backend in backends if backend.name]
    if len(set(names)) < len(names):
        raise ValueError("give each a name of its own")
    return backends


class ModelPrice(BaseModel):
    """What a million tokens of a model cost, in any one currency."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    prompt: Annotated[float, Field(ge=0)]
    completion: Annotated[float, Field(ge=0)]


Backends = Annotated[tuple[BackendSetting, ...], FromJson, AfterValidator(_named_apart)]
ModelPrices = Annotated[dict[str, ModelPrice], FromJson]


class Settings(BaseSettings):
    """The settings of one worker. Printing it shows no secret."""

    model_config = SettingsConfigDict(
        env_file=Path(__file__).parent.parent / ".env",
        env_file_encoding="utf-8",
        env_ignore_empty=True,
        enable_decoding=False,  # its own errors would stop the start one by one
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
    azure_openai_api_key: ApiKey | None = Field(
        None, description="Key; managed identity signs in where absent."
    )
    azure_openai_api_version: str | None = Field(
        None, description="Takes the classic /deployments/ path with this API version."
    )
    azure_openai_backends: Backends = Field(
        (), description="Several deployments, as a JSON list: see below."
    )
    azure_openai_scope: str = Field(
        "https://ai.azure.com/.default", description="Scope of the managed identity's tokens."
    )
    openai_base_url: Url | None = Field(
        None, description="Any OpenAI-compatible server, instead of Azure OpenAI."
    )
    openai_api_key: ApiKey | None = Field(None, description="Key of that server.")
    openai_model: str | None = Field(None, description="Model to ask that server for.")

    generation_deadline_seconds: float = Field(
        25.0, ge=2, le=200, description="All the time a generation may take, in seconds."
    )
    fallback: Fallback = Field(
        Fallback.BANK, description="When the model does not answer: `bank` or `error` (503)."
    )

    rate_limit_generation: Rate = Field(
        "60/minute", description="Requests that generate, for each subject."
    )
    rate_limit_reading: Rate = Field("300/minute", description="Other requests, likewise.")
    rate_limit_storage_url: RedisUrl | None = Field(
        None, description="Redis where limits and quotas hold across workers; else in each."
    )
    daily_quota_candidate: int = Field(
        200, ge=1, description="Items a day (UTC) for a candidate; a mock test counts five."
    )
    daily_quota_examiner: int = Field(
        2000, ge=1, description="Items a day for an examiner. Admins have no quota."
    )

    subject_key: SecretStr | None = Field(
        None, description="Key of the hashes under which subjects are logged and remembered."
    )

    database_url: DatabaseUrl | None = Field(
        None, description="PostgreSQL, or an SQLite file; else `.local/`, and in Azure no memory."
    )
    database_sign_in: Literal["password", "entra"] = Field(
        "password", description="`entra`: the app's identity signs in to Azure's PostgreSQL."
    )
    database_timeout_seconds: float = Field(
        0.5, gt=0, le=10, description="The most that one call to the database may take."
    )
    database_pool_size: int = Field(
        5, ge=1, le=50, description="Connections of each worker to the database."
    )
    library: LibraryUse = Field(
        LibraryUse.FALLBACK, description="`first`: ask accepted questions before the model."
    )
    model_prices: ModelPrices = Field(
        {}, description='JSON: {"MODEL": {"prompt": 0.4, "completion": 1.6}}, a million tokens.'
    )

    practice_client_id: str | None = Field(
        None, description="Client id with which the practice page signs in by MSAL."
    )
    practice_authority: Url | None = Field(
        None, description="Its authority: https://login.microsoftonline.com/TENANT."
    )
    practice_scope: str | None = Field(
        None, description="Its scope: api://CLIENT/SCOPE of this service."
    )
    practice_token: SecretStr | None = Field(
        None, description="Set by `make run`: the practice page's token on this machine."
    )

    log_format: Literal["text", "json"] = Field(
        "text", description="Log lines for a terminal, or as JSON for machines."
    )
    log_file: Path | None = Field(None, description="Also log to this file, in LOG_FORMAT.")
    log_file_bytes: int = Field(
        10_000_000, ge=1000, description="Size at which the log file is rotated."
    )
    log_file_count: int = Field(5, ge=1, description="Rotated log files to keep.")
    logstash_url: TcpUrl | None = Field(
        None, description="Also log as JSON lines to this Logstash listener: tcp://HOST:PORT."
    )
    log_ai_content: bool = Field(
        False, description="Log prompts and answers too, cut to a length; for debugging only."
    )
    sentry_dsn: SecretStr | None = Field(
        None, description="Report unhandled errors there; needs sentry-sdk installed."
    )
    applicationinsights_connection_string: SecretStr | None = Field(
        None, description="Where telemetry is exported to, by the worker or by the app."
    )
    python_applicationinsights_enable_telemetry: bool = Field(
        False, description="The Functions worker exports telemetry, from before the app's start."
    )
    python_enable_opentelemetry: bool = Field(
        False, description="The app exports telemetry itself, unless the worker does."
    )
    python_applicationinsights_logger_name: str = Field(
        "shared", description="The logger whose lines are exported; `shared` leaves SDKs out."
    )

    website_site_name: str | None = Field(None, description="Set by Azure: the app runs there.")
    website_sku: str | None = Field(None, description="Set by Azure: the hosting plan's kind.")
    functions_coretools_environment: str | None = Field(
        None, description="Set by Azure Functions Core Tools: the app runs behind its host."
    )

    @model_validator(mode="wrap")
    @classmethod
    def _lists_all_faults(cls, given: Any, validate: ModelWrapValidatorHandler[Self]) -> Self:
        """What does not fit together is looked for also where values are wrong by themselves."""
        wrong = [
            InitErrorDetails(type="value_error", loc=(), input=None, ctx={"error": fault})
            for fault in _faults_of_the_whole(given)
        ]
        try:
            settings = validate(given)
        except ValidationError as error:
            wrong += [
                InitErrorDetails(
                    type=item["type"], loc=item["loc"], input=None, ctx=item.get("ctx", {})
                )
                for item in error.errors(include_url=False)
            ]
        else:
            if not wrong:
                return settings
        raise ValidationError.from_exception_data(cls.__name__, wrong, hide_input=True)

    @property
    def database_is_shared(self) -> bool:
        """Whether several machines may remember in one database: they need one key."""
        url = self.database_url
        return url is not None and not url.get_secret_value().startswith("sqlite")

    @property
    def in_azure(self) -> bool:
        """Whether the app runs in Azure rather than on somebody's machine."""
        return self.website_site_name is not None

    @property
    def plan_warms_up(self) -> bool:
        """Whether the hosting plan calls a warmup trigger: Consumption and Flex do not."""
        return self.website_sku not in {None, "Dynamic", "FlexConsumption"}

    @property
    def behind_functions_host(self) -> bool:
        """Whether Microsoft's host is in front of the app, which reports each request itself."""
        return self.in_azure or self.functions_coretools_environment is not None

    @property
    def exports_to_application_insights(self) -> bool:
        """Whether telemetry is exported from this process, by the worker or by the app."""
        by_somebody = (
            self.python_applicationinsights_enable_telemetry or self.python_enable_opentelemetry
        )
        return by_somebody and self.applicationinsights_connection_string is not None


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
