"""The one shape of every answer: {"status": "success", ...} or {"status": "error", ...}."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import azure.functions as func
from pydantic_core import to_json
from typing_extensions import override

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pydantic import BaseModel

    from shared.errors import ApiError

_HEADERS = {
    "content-type": "application/json",
    "cache-control": "no-store",
    "x-content-type-options": "nosniff",
}


class JsonResponse(func.HttpResponse):
    """A response whose headers are a plain dictionary with lower-case names.

    `HttpResponse` makes a werkzeug object of them, which costs as much as the rest of an answer.
    """

    def __init__(
        self, body: bytes, status: int, request_id: str, headers: Mapping[str, str]
    ) -> None:
        super().__init__(body, status_code=status, mimetype="application/json")
        self._plain_headers = {
            **_HEADERS,
            "x-request-id": request_id,
            **{name.lower(): value for name, value in headers.items()},
        }

    @property
    @override
    def headers(self) -> dict[str, str]:  # type: ignore[override] # a mapping is what is read
        """The headers."""
        return self._plain_headers


def success(
    data: BaseModel, meta: Mapping[str, Any], request_id: str, headers: Mapping[str, str]
) -> func.HttpResponse:
    """200 with the data; `meta` gets the request id, and loses what is None."""
    said = {name: value for name, value in meta.items() if value is not None}
    content = {"status": "success", "data": data, "meta": {"request_id": request_id, **said}}
    return _response(200, content, request_id, headers)


def kept(body: bytes, request_id: str, headers: Mapping[str, str]) -> func.HttpResponse:
    """200 with the very bytes of an earlier answer, and a header that says so."""
    return JsonResponse(body, 200, request_id, {"idempotency-replayed": "true", **headers})


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
    return JsonResponse(to_json(content, exclude_none=True), status, request_id, headers)
