"""Every endpoint against every role and none, from the declarations: none can be forgotten."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from functools import cache
from typing import TYPE_CHECKING, Any

import pytest

from shared.roles import Role
from tests.support.running_app import REPOSITORY

if TYPE_CHECKING:
    from tests.app.service import Service

_PRINT_ENDPOINTS = """
import json, sys
sys.path.insert(0, ".")
import function_app
print(json.dumps({
    "declared": [
        {
            "name": d.name,
            "route": d.route,
            "methods": list(d.methods),
            "roles": sorted(d.roles),
            "public": d.public,
        }
        for d in function_app.api.declarations
    ],
    "registered": [
        [function.get_function_name(), trigger.route, [str(m) for m in trigger.methods or ()]]
        for function in function_app.app.get_functions()
        if (trigger := function.get_trigger()).type == "httpTrigger"
    ],
}))
"""

CALLERS: list[tuple[str, ...] | None] = [None, (), ("stranger",), *((role,) for role in Role)]


@cache
def endpoints() -> dict[str, list[Any]]:
    """What the app declares, and what Azure serves of it, read in a process of its own."""
    output = subprocess.run(
        [sys.executable, "-c", _PRINT_ENDPOINTS],
        cwd=REPOSITORY,
        env={"PATH": "/usr/bin:/bin"},
        capture_output=True,
        check=True,
    ).stdout
    found: dict[str, list[Any]] = json.loads(output)
    return found


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "caller" not in metafunc.fixturenames:
        return
    cells = [
        pytest.param(endpoint, method, caller, id=f"{method}-{endpoint['route']}-{caller}")
        for endpoint in endpoints()["declared"]
        for method in endpoint["methods"] or ["GET"]
        for caller in CALLERS
    ]
    metafunc.parametrize(("endpoint", "method", "caller"), cells)


def test_only_who_holds_a_declared_role_gets_in(
    service: Service, endpoint: dict[str, Any], method: str, caller: tuple[str, ...] | None
) -> None:
    path = re.sub(r"\{\*?\w+\}", "unknown", endpoint["route"])

    status = service.request(method, path, roles=caller).status_code

    if endpoint["public"] or (caller and set(caller) & set(endpoint["roles"])):
        assert status not in (401, 403)
    else:
        assert status == (401 if caller is None else 403)


def test_azure_serves_nothing_but_what_is_declared() -> None:
    declared = [[d["name"], d["route"], d["methods"]] for d in endpoints()["declared"]]

    assert sorted(endpoints()["registered"]) == sorted(declared)
