"""The published description is the code's, and the service keeps to it."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, settings
from jsonschema_rs import is_valid
from schemathesis.config import SchemathesisConfig

from shared.errors import ApiError
from tests.support.running_app import HOST_KINDS, REPOSITORY

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from contextlib import AbstractContextManager

    from schemathesis import Case

    from tests.app.service import Answer, Service


_CONFIG = {
    "checks": {
        # A well-formed topic may still be one that the exam avoids, or too long once normalised;
        # and a made-up id is nobody's.
        "positive_data_acceptance": {"expected-statuses": ["2xx", "401", "403", "404", "422"]},
    },
}
PUBLISHED = REPOSITORY / "docs" / "openapi.json"
DESCRIBED = schemathesis.openapi.from_path(PUBLISHED, config=SchemathesisConfig.from_dict(_CONFIG))
FEW = settings(
    max_examples=15,
    deadline=None,
    derandomize=True,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)


@pytest.fixture(scope="session")
def published() -> dict[str, Any]:
    """docs/openapi.json."""
    document: dict[str, Any] = json.loads(PUBLISHED.read_text("utf-8"))
    return document


@pytest.fixture(scope="session")
def described(start: Callable[..., AbstractContextManager[Service]]) -> Iterator[Service]:
    """The app in Microsoft's worker library where that exists."""
    with start(HOST_KINDS[-1]) as service:
        yield service


def call_and_validate(case: Case[Any], service: Service, headers: dict[str, str]) -> None:
    # A parameter without a value does not reach the app: the Functions host drops it.
    if not any(is_blank(value) for value in (case.query or {}).values()):
        case.call_and_validate(base_url=f"{service.base_url}/api", headers=headers)


def is_blank(value: object) -> bool:
    """Whether it is sent as a parameter without a value; of a list or dict, a parameter each."""
    return value == "" or (isinstance(value, list | dict) and "" in value)


@DESCRIBED.parametrize()
@FEW
def test_every_answer_to_an_admin_is_as_described(case: Case[Any], described: Service) -> None:
    token = described.token_for("admin")

    call_and_validate(case, described, {"Authorization": f"Bearer {token}"})


@DESCRIBED.parametrize()
@FEW
def test_every_answer_without_a_token_is_as_described(case: Case[Any], described: Service) -> None:
    call_and_validate(case, described, {})


def test_the_document_in_the_repository_is_the_code_s() -> None:
    """`make docs` writes it anew."""
    printed = subprocess.run(
        [sys.executable, "-m", "tools.print_openapi"],
        cwd=REPOSITORY,
        env={"PATH": "/usr/bin:/bin"},
        capture_output=True,
        check=True,
    ).stdout

    assert PUBLISHED.read_bytes() == printed


def test_the_served_document_is_the_one_in_the_repository(
    described: Service, published: dict[str, Any]
) -> None:
    answer = described.get("openapi.json", roles=None)

    assert answer.headers["Content-Type"].startswith("application/json")
    assert answer.json() == published


def test_every_error_code_is_described(published: dict[str, Any]) -> None:
    codes = set(published["components"]["schemas"]["ErrorCode"]["enum"])

    def tree(error: type[ApiError]) -> Iterator[type[ApiError]]:
        for child in error.__subclasses__():
            yield child
            yield from tree(child)

    assert codes >= {error.code for error in tree(ApiError) if error.__module__ == "shared.errors"}


def test_the_frontend_s_guide_says_what_to_do_about_every_code(published: dict[str, Any]) -> None:
    guide = (REPOSITORY / "docs" / "frontend.md").read_text("utf-8")

    for code in published["components"]["schemas"]["ErrorCode"]["enum"]:
        assert f"`{code}`" in guide


def test_every_answer_has_an_example(published: dict[str, Any]) -> None:
    for path, operations in published["paths"].items():
        for method, operation in operations.items():
            for status, answer in operation["responses"].items():
                content = answer["content"]["application/json"]
                assert content.get("examples"), f"{method} {path}: {status}"


@pytest.mark.parametrize(
    ("operation", "sent", "status"),
    [
        ("get /health", {"roles": None}, 200),
        ("get /topics", {}, 200),
        ("get /topics", {"roles": None}, 401),
        ("get /library", {}, 403),
        ("get /tests/{id}", {}, 404),
        ("post /generate-question", {"content": b"part: 2"}, 415),
        ("post /generate-question", {"json": {"part": 9}}, 422),
    ],
)
def test_every_header_of_an_answer_is_described(
    described: Service,
    published: dict[str, Any],
    operation: str,
    sent: dict[str, Any],
    status: int,
) -> None:
    method, path = operation.split()
    answer = described.request(method.upper(), path[1:], **sent)

    assert answer.status_code == status
    assert_described(answer, published["paths"][path][method]["responses"][str(status)])


def test_the_header_of_a_repeated_answer_is_described(
    described: Service, published: dict[str, Any]
) -> None:
    token, headers = described.token_for("candidate"), {"Idempotency-Key": "mine"}
    described.post("generate-question", token=token, json={}, headers=headers)

    answer = described.post("generate-question", token=token, json={}, headers=headers)

    assert answer.headers["Idempotency-Replayed"] == "true"
    assert_described(answer, published["paths"]["/generate-question"]["post"]["responses"]["200"])


@pytest.mark.parametrize(
    ("method", "path", "name"),
    [("PUT", "topics", "MethodNotAllowed"), ("GET", "nothing-here", "NotFound")],
)
def test_an_answer_outside_of_every_operation_is_described(
    described: Service, published: dict[str, Any], method: str, path: str, name: str
) -> None:
    answer = described.request(method, path)
    shown = published["components"]["responses"][name]

    code = answer.json()["error"]["code"]
    assert shown["content"]["application/json"]["examples"].keys() == {code}
    assert_described(answer, shown)


def test_every_example_is_one_that_the_schemas_allow(published: dict[str, Any]) -> None:
    registry = {"components": published["components"]}
    for path, operations in published["paths"].items():
        for method, operation in operations.items():
            for content in contents(operation):
                schema = {**content["schema"], **registry}
                for name, example in content.get("examples", {}).items():
                    assert is_valid(schema, example["value"]), f"{method} {path}: {name}"


def assert_described(answer: Answer, described: dict[str, Any]) -> None:
    """Every header of the answer that is the app's own, and not the host's, is described."""
    of_the_host = {"content-type", "content-length", "date", "server"}
    names = {name.lower() for name in described["headers"]}

    assert {name.lower() for name in answer.headers} - of_the_host - names == set()


def contents(operation: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Every JSON body of an operation, asked or answered."""
    bodies = [operation["requestBody"]] if "requestBody" in operation else []
    for body in [*bodies, *operation["responses"].values()]:
        yield body["content"]["application/json"]
