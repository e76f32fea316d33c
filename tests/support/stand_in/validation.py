"""What the service refuses before a model sees the request, in the service's order."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from . import protocol
from .schema import facts_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from .deployment import Deployment
    from .reply import Reply
    from .request import Request

_FORMATS = ("text", "json_object", "json_schema")


def body_refusal(request: Request, deployment: Deployment) -> Reply | None:
    """Answer a malformed body with 400; None where the body is fine."""
    fields = request.fields
    if not fields:
        return protocol.invalid("The body of the request is not a JSON object.")
    if not request.messages or not all(map(_is_message, request.messages)):
        return protocol.invalid("'messages' must be a list of messages with a role.", "messages")
    for name in sorted(deployment.unsupported & fields.keys()):
        return protocol.unsupported_parameter(name)
    if fields.get("stream"):
        return protocol.unsupported_parameter("stream")
    return _format_refusal(fields.get("response_format"))


def _is_message(message: Any) -> bool:
    return isinstance(message, dict) and isinstance(message.get("role"), str)


def _format_refusal(wanted: Any) -> Reply | None:
    if wanted is None:
        return None
    if not isinstance(wanted, dict) or wanted.get("type") not in _FORMATS:
        return protocol.invalid(f"'response_format.type' is one of {_FORMATS}.", "response_format")
    if wanted["type"] != "json_schema":
        return None
    return _schema_refusal(wanted.get("json_schema"))


def _schema_refusal(wanted: Any) -> Reply | None:
    if not isinstance(wanted, dict) or not wanted.get("name"):
        param = "response_format.json_schema.name"
        return protocol.invalid(f"Missing required parameter: '{param}'.", param)
    schema: Mapping[str, Any] | None = wanted.get("schema")
    if not isinstance(schema, dict):
        param = "response_format.json_schema.schema"
        return protocol.invalid(f"Missing required parameter: '{param}'.", param)
    problem = facts_of(schema).problem if wanted.get("strict") else None
    return protocol.invalid_schema(wanted["name"], problem) if problem else None
