"""The one shape of every answer: {"status": "success", ...} or {"status": "error", ...}."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import azure.functions as func
from pydantic_core import to_json

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pydantic import BaseModel

    from shared.errors import ApiError

_HEADERS = {"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"}


def success(
    data: BaseModel, meta: Mapping[str, Any], request_id: str, headers: Mapping[str, str]
) -> func.HttpResponse:
    """200 with the data; `meta` gets the request id, and loses what is None."""
    said = {name: value for name, value in meta.items() if value is not None}
    content = {"status": "success", "data": data, "meta": {"request_id": request_id, **said}}
    return _response(200, content, request_id, headers)


def failure(error: ApiError, request_id: str, headers: Mapping[str, str]) -> func.HttpResponse:
    """The error's own status, code, sentence, details and headers, beside the headers given."""
    content = {
        "status": "error",
        "message": error.message,
        "error": {"code": error.code, "details": error.details},
        "request_id": request_id,
    }
    return _response(error.status, content, request_id, {**headers, **error.headers})


def _response(
    status: int, content: dict[str, Any], request_id: str, headers: Mapping[str, str]
) -> func.HttpResponse:
    return func.HttpResponse(
        to_json(content, exclude_none=True),
        status_code=status,
        headers={**_HEADERS, "X-Request-ID": request_id, **headers},
        mimetype="application/json",
    )
