"""The API's description, OpenAPI 3.1, from the declarations and the exception tree.

https://spec.openapis.org/oas/v3.1.1.html
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from shared.errors import (
    ApiError,
    BodyTooLarge,
    Forbidden,
    IdempotencyKeyReused,
    InternalError,
    InvalidJson,
    InvalidRequest,
    MethodNotAllowed,
    NotFound,
    QuotaExceeded,
    RateLimited,
    StillRunning,
    Unauthorized,
    Unavailable,
    UnsupportedMediaType,
)
from shared.http.openapi_parts import (
    ERROR,
    ERROR_DETAIL,
    EXAMPLE_DETAILS,
    HEADERS,
    KEY_PARAMETER,
    NOT_COUNTED,
    PUBLIC_HEADERS,
    RATE_LIMIT_HEADERS,
    REQUEST_ID_PARAMETER,
    STATUS_HEADERS,
)
from shared.http.openapi_schemas import Schemas, without_null

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from shared.http.declaration import Declaration

_REQUEST_ID = "16a59247-7b7c-4f0f-9f0b-5d2f2a3f9d10"


@dataclass(frozen=True, slots=True)
class Example:
    """One exchange: what is sent, and the `data` and `meta` of the answer."""

    name: str
    endpoint: str
    sent: Mapping[str, Any] | None
    data: Any
    meta: Mapping[str, Any]


def describe(
    declarations: Iterable[Declaration],
    examples: Iterable[Example],
    *,
    info: Mapping[str, str],
    server: str,
) -> dict[str, Any]:
    """The OpenAPI document of every endpoint that answers with data.

    Args:
        declarations: of all endpoints.
        examples: shown at their endpoints.
        info: `title`, `version` and `description`.
        server: where the paths begin ("/api").

    """
    described = [declaration for declaration in declarations if declaration.output is not None]
    schemas = Schemas(described)
    shown = defaultdict(list)
    for example in examples:
        shown[example.endpoint].append(example)
    paths: dict[str, dict[str, Any]] = defaultdict(dict)
    for declaration in described:
        for method in declaration.methods:
            operation = _operation(declaration, method, schemas, shown[declaration.name])
            paths[f"/{declaration.route}"][method.lower()] = operation
    codes = {"type": "string", "enum": sorted({error.code for error in _tree(ApiError)})}
    return {
        "openapi": "3.1.0",
        "info": dict(info),
        "servers": [{"url": server}],
        "paths": paths,
        "components": {
            "schemas": {
                **schemas.components,
                "Error": ERROR,
                "ErrorDetail": ERROR_DETAIL,
                "ErrorCode": codes,
            },
            # What no operation can name: an address that is not one, or takes another method.
            "responses": {
                error.__name__: _failure_response(error.status, [error], PUBLIC_HEADERS)
                for error in (NotFound, MethodNotAllowed)
            },
            "headers": {
                name: {"description": text, "schema": {"type": "string"}}
                for name, text in HEADERS.items()
            },
            "securitySchemes": {
                "bearer": {"type": "http", "scheme": "bearer", "bearerFormat": "JWT"}
            },
        },
    }


def _operation(
    declaration: Declaration, method: str, schemas: Schemas, examples: list[Example]
) -> dict[str, Any]:
    reads_body = declaration.input is not None and method != "GET"
    takes_key = declaration.generates is not None and method == "POST"
    operation: dict[str, Any] = {
        "operationId": declaration.name
        if len(declaration.methods) == 1
        else f"{method.lower()}_{declaration.name}",
        "summary": declaration.summary,
        "description": _access(declaration),
        "parameters": [
            *_parameters(declaration, method, schemas),
            *([KEY_PARAMETER] if takes_key else []),
            REQUEST_ID_PARAMETER,
        ],
        # OpenAPI has several requirements mean: any one of them. Each names one role.
        "security": [{"bearer": [role]} for role in sorted(declaration.roles)],
        "responses": {
            "200": _success(declaration, schemas, examples, takes_key=takes_key),
            **_failures(declaration, reads_body=reads_body, takes_key=takes_key),
        },
    }
    if reads_body:
        sent = {example.name: {"value": example.sent} for example in examples}
        content: dict[str, Any] = {"schema": schemas.of(declaration, "input")}
        operation["requestBody"] = {
            "description": "An empty body counts as {}.",
            "content": {"application/json": content | ({"examples": sent} if sent else {})},
        }
    return operation


def _access(declaration: Declaration) -> str:
    if declaration.public:
        return "Public."
    return f"Roles: {', '.join(sorted(declaration.roles))}."


def _parameters(declaration: Declaration, method: str, schemas: Schemas) -> list[dict[str, Any]]:
    parameters: list[dict[str, Any]] = [
        {"name": name, "in": "path", "required": True, "schema": {"type": "string"}}
        for name in re.findall(r"\{(\w+)\}", declaration.route)
    ]
    if declaration.input is None or method != "GET":
        return parameters
    fields, required = schemas.fields(declaration)
    for name, field in fields.items():
        schema = without_null(field)
        if schema.get("type") == "array":
            continue  # lists go into a body
        described = {"description": text} if (text := schema.pop("description", "")) else {}
        parameters.append(
            {"name": name, "in": "query", "required": name in required, **described}
            | {"schema": schema}
        )
    return parameters


def _success(
    declaration: Declaration, schemas: Schemas, examples: list[Example], *, takes_key: bool
) -> dict[str, Any]:
    request_id = {
        "type": "object",
        "required": ["request_id"],
        "properties": {"request_id": {"type": "string"}},
    }
    meta = [schemas.of(declaration, "meta")] if declaration.meta else []
    envelope = {
        "type": "object",
        "required": ["status", "data", "meta"],
        "properties": {
            "status": {"const": "success"},
            "data": schemas.of(declaration, "output"),
            "meta": {"allOf": [request_id, *meta]} if meta else request_id,
        },
    }
    content: dict[str, Any] = {"schema": envelope}
    if examples:
        content["examples"] = {example.name: {"value": _answer(example)} for example in examples}
    return {
        "description": declaration.summary,
        "headers": _headers(
            [*_usual_headers(declaration), *(["Idempotency-Replayed"] if takes_key else [])]
        ),
        "content": {
            "application/json": content,
            **({"text/csv": {"schema": {"type": "string"}}} if declaration.csv else {}),
        },
    }


def _answer(example: Example) -> dict[str, Any]:
    meta = {"request_id": _REQUEST_ID, **example.meta}
    return {"status": "success", "data": example.data, "meta": meta}


def _failures(declaration: Declaration, *, reads_body: bool, takes_key: bool) -> dict[str, Any]:
    by_status: dict[int, list[type[ApiError]]] = defaultdict(list)
    for error in _errors(declaration, reads_body=reads_body, takes_key=takes_key):
        if error not in by_status[error.status]:
            by_status[error.status].append(error)
    return {
        str(status): _failure_response(
            status, errors, PUBLIC_HEADERS if status in NOT_COUNTED else _usual_headers(declaration)
        )
        for status, errors in sorted(by_status.items())
    }


def _failure_response(
    status: int, errors: list[type[ApiError]], usual_headers: list[str]
) -> dict[str, Any]:
    return {
        "description": " ".join(error.sentence for error in errors),
        "headers": _headers([*usual_headers, *STATUS_HEADERS.get(status, ())]),
        "content": {
            "application/json": {
                "schema": {"$ref": "#/components/schemas/Error"},
                "examples": {error.code: {"value": _failure(error)} for error in errors},
            }
        },
    }


def _errors(declaration: Declaration, *, reads_body: bool, takes_key: bool) -> list[type[ApiError]]:
    """Every error that an endpoint may answer with, from what it declares."""
    return [
        *([] if declaration.public else [Unauthorized, Forbidden, RateLimited, Unavailable]),
        *([InvalidRequest] if declaration.input else []),
        *([InvalidJson, BodyTooLarge, UnsupportedMediaType] if reads_body else []),
        *([IdempotencyKeyReused, StillRunning] if takes_key else []),
        *([QuotaExceeded] if declaration.generates else []),
        *declaration.raises,
        InternalError,
    ]


def _failure(error: type[ApiError]) -> dict[str, Any]:
    return {
        "status": "error",
        "message": error.sentence,
        "error": {"code": error.code, "details": EXAMPLE_DETAILS.get(error.code, [])},
        "request_id": _REQUEST_ID,
    }


def _usual_headers(declaration: Declaration) -> list[str]:
    return PUBLIC_HEADERS if declaration.public else [*PUBLIC_HEADERS, *RATE_LIMIT_HEADERS]


def _headers(names: Iterable[str]) -> dict[str, Any]:
    return {name: {"$ref": f"#/components/headers/{name}"} for name in names}


def _tree(error: type[ApiError]) -> list[type[ApiError]]:
    """Every class of the tree but its root."""
    below = error.__subclasses__()
    return [*below, *(deeper for child in below for deeper in _tree(child))]
