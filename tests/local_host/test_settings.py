from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from tools.local_host.settings import HostSettings, SettingsError

if TYPE_CHECKING:
    from pathlib import Path


def test_an_empty_folder_gives_the_hosts_defaults(tmp_path: Path) -> None:
    assert HostSettings.read(tmp_path) == HostSettings(
        route_prefix="api", values={}, port=7071, cors_origins=(), cors_credentials=False
    )


def test_local_settings_are_read(tmp_path: Path) -> None:
    host = {"LocalHttpPort": 8080, "CORS": "HTTP://A.test, http://b.test", "CORSCredentials": True}
    content = json.dumps({"IsEncrypted": False, "Values": {"NAME": "value"}, "Host": host})
    (tmp_path / "local.settings.json").write_text(content, encoding="utf-8-sig")
    assert HostSettings.read(tmp_path) == HostSettings(
        route_prefix="api",
        values={"NAME": "value"},
        port=8080,
        cors_origins=("http://a.test", "http://b.test"),
        cors_credentials=True,
    )


def test_a_route_prefix_loses_its_outer_slashes(tmp_path: Path) -> None:
    content = json.dumps({"extensions": {"http": {"routePrefix": "/v1/x/"}}})
    (tmp_path / "host.json").write_text(content, encoding="utf-8")
    assert HostSettings.read(tmp_path).route_prefix == "v1/x"


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("local.settings.json", "{", r"local\.settings\.json is not JSON"),
        ("host.json", "[]", r"host\.json is not a JSON object"),
        ("host.json", '{"extensions": 7}', "extensions is not a JSON object"),
        ("local.settings.json", '{"IsEncrypted": true}', "encrypted"),
        ("local.settings.json", '{"Values": {"A": 1, "B": "x"}}', "must be strings: A$"),
        ("local.settings.json", '{"Host": {"CORS": "*", "CORSCredentials": true}}', "CORS"),
        ("local.settings.json", '{"Host": {"LocalHttpPort": "many"}}', "LocalHttpPort"),
    ],
)
def test_a_wrong_file_is_refused_with_the_reason(
    tmp_path: Path, name: str, content: str, reason: str
) -> None:
    (tmp_path / name).write_text(content, encoding="utf-8")
    with pytest.raises(SettingsError, match=reason):
        HostSettings.read(tmp_path)
