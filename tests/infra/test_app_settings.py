"""The app settings of the Bicep are the settings of the app, both ways."""

from __future__ import annotations

from pydantic import SecretStr

from shared.settings import Settings
from tests.infra.bicep import app_settings

OF_THE_PLATFORM = {
    "AzureWebJobsStorage__accountName",
    "AzureWebJobsStorage__credential",
    "AzureWebJobsStorage__clientId",
    "AZURE_CLIENT_ID",  # azure-identity: which of the app's identities
    "APPLICATIONINSIGHTS_AUTHENTICATION_STRING",  # the exporter and the host: likewise
    "OTEL_TRACES_SAMPLER",
    "OTEL_TRACES_SAMPLER_ARG",
    "OTEL_BSP_SCHEDULE_DELAY",
    "OTEL_PYTHON_DISABLED_INSTRUMENTATIONS",
    "OTEL_METRICS_EXEMPLAR_FILTER",
    "APPLICATIONINSIGHTS_SDKSTATS_DISABLED",
}

LEFT_OUT = {
    "for another provider than Entra": {
        "auth_jwks_url",
        "auth_algorithm",
        "auth_roles_claim",
    },
    "the deployment of the Bicep is the only one, and has no key": {
        "azure_openai_api_key",
        "azure_openai_api_version",
        "azure_openai_backends",
        "azure_openai_scope",
        "openai_base_url",
        "openai_api_key",
        "openai_model",
    },
    "the default serves until an operator knows better": {
        "auth_stale_keys_seconds",
        "generation_deadline_seconds",
        "fallback",
        "rate_limit_generation",
        "rate_limit_reading",
        "daily_quota_candidate",
        "daily_quota_examiner",
        "database_timeout_seconds",
        "database_pool_size",
        "library",
        "model_prices",
        "log_format",
        "log_ai_content",
    },
    "Application Insights has the log": {
        "log_file",
        "log_file_bytes",
        "log_file_count",
        "logstash_url",
        "sentry_dsn",
        "python_enable_opentelemetry",
    },
    "set by what runs the app": {
        "website_site_name",
        "website_sku",
        "functions_coretools_environment",
    },
    "only on a developer's machine": {"practice_token"},
}
"""Settings that the Bicep does not set, by reason; `furtherSettings` may set any of them."""


def test_every_app_setting_is_known_to_the_app_or_to_the_platform() -> None:
    fields = {name.upper() for name in Settings.model_fields}

    assert set(app_settings()) - OF_THE_PLATFORM - fields == set()


def test_every_setting_of_the_app_is_set_or_left_out_for_a_reason() -> None:
    set_there = {name.lower() for name in app_settings()}
    left_out = set().union(*LEFT_OUT.values())

    assert set(Settings.model_fields) - set_there - left_out == set()


def test_no_setting_is_both_set_and_left_out() -> None:
    set_there = {name.lower() for name in app_settings()}

    assert set_there & set().union(*LEFT_OUT.values()) == set()


def test_a_secret_setting_only_refers_to_the_key_vault() -> None:
    secret = {
        name.upper()
        for name, field in Settings.model_fields.items()
        if SecretStr in getattr(field.annotation, "__args__", (field.annotation,))
    } - {
        "APPLICATIONINSIGHTS_CONNECTION_STRING",  # where to, without a right to write there
        "DATABASE_URL",  # without a password: Entra
    }
    settings = app_settings()

    for name in secret & settings.keys():
        assert "@Microsoft.KeyVault(" in str(settings[name])
