"""What host.json and local.settings.json say to a local host."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path

DEFAULT_PORT = 7071


class SettingsError(ValueError):
    """A settings file that cannot be used, with the reason."""


@dataclass(frozen=True, slots=True)
class HostSettings:
    """The settings of one app folder.

    Attributes:
        route_prefix: what stands before every route, "" for nothing; by default "api".
        values: app settings, to become environment variables.
        port: port to listen on where the command line names none.
        cors_origins: origins that browsers may call from; ("*",) for any, empty for CORS off.
        cors_credentials: whether such calls may carry cookies.

    """

    route_prefix: str
    values: dict[str, str]
    port: int
    cors_origins: tuple[str, ...]
    cors_credentials: bool

    @classmethod
    def read(cls, folder: Path) -> HostSettings:
        """Read both files of an app folder; a missing one leaves the defaults.

        Raises:
            SettingsError: a file is not JSON of the expected shape.

        """
        http = _section(_section(_read(folder / "host.json"), "extensions"), "http")
        local = _read(folder / "local.settings.json")
        if local.get("IsEncrypted"):
            raise SettingsError("local.settings.json is encrypted: run `func settings decrypt`")
        values = _section(local, "Values")
        wrong = sorted(name for name, value in values.items() if not isinstance(value, str))
        if wrong:
            raise SettingsError(f"local.settings.json: Values must be strings: {', '.join(wrong)}")
        host = _section(local, "Host")
        origins = tuple(
            origin.strip().lower() for origin in str(host.get("CORS", "")).split(",") if origin
        )
        credentials = bool(host.get("CORSCredentials", False))
        if credentials and "*" in origins:
            raise SettingsError(
                'local.settings.json: CORS "*" and CORSCredentials exclude each other'
            )
        return cls(
            route_prefix=str(http.get("routePrefix", "api")).strip("/"),
            values=values,
            port=_port(host.get("LocalHttpPort", DEFAULT_PORT)),
            cors_origins=origins,
            cors_credentials=credentials,
        )


def _port(value: object) -> int:
    if not isinstance(value, int):
        raise SettingsError(f"local.settings.json: LocalHttpPort must be a number, not {value!r}")
    return value


def _read(path: Path) -> dict[str, Any]:
    try:
        content = json.loads(path.read_text(encoding="utf-8-sig"))
    except FileNotFoundError:
        return {}
    except ValueError as error:
        raise SettingsError(f"{path.name} is not JSON: {error}") from error
    if not isinstance(content, dict):
        raise SettingsError(f"{path.name} is not a JSON object")
    return content


def _section(content: dict[str, Any], name: str) -> dict[str, Any]:
    section = content.get(name) or {}
    if not isinstance(section, dict):
        raise SettingsError(f"{name} is not a JSON object")
    return section
