"""The shapes of Azure OpenAI and plain OpenAI: addresses, errors and completions.

Field names, codes and headers are the service's; the sentences are ours.
"""

from __future__ import annotations

import re
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from .reply import Reply, json_reply
from .request import CHARACTERS_PER_TOKEN, Request, tokens_in

if TYPE_CHECKING:
    from collections.abc import Mapping

_CLASSIC = re.compile(r"/openai/deployments/([^/]+)/chat/completions")
_V1 = "/openai/v1/chat/completions"
_OPENAI = "/v1/chat/completions"
_UNFILTERED = {
    category: {"filtered": False, "severity": "safe"}
    for category in ("hate", "self_harm", "sexual", "violence")
}
_PARAMETER_INSTEAD = {"max_tokens": "max_completion_tokens"}
_ONE_VALUE_ONLY = frozenset({"temperature", "top_p", "presence_penalty", "frequency_penalty"})


@dataclass(frozen=True, slots=True)
class Target:
    """Whom a request is for: the deployment, and whether it speaks Azure's dialect of errors."""

    deployment: str
    azure: bool = True


def target_of(request: Request) -> Target | None:
    """Read the deployment from the path or, on v1 paths, from `model`; None: no such address."""
    if request.path in (_V1, _OPENAI):
        return Target(str(request.fields.get("model", "")), azure=request.path == _V1)
    classic = _CLASSIC.fullmatch(request.path)
    if classic and request.query.get("api-version"):
        return Target(classic[1])
    return None


def error(  # noqa: PLR0913 - the service's error body has this many independent fields
    status: int,
    code: str | None,
    message: str,
    *,
    param: str | None = None,
    kind: str | None = "invalid_request_error",
    innererror: Mapping[str, Any] | None = None,
    headers: Mapping[str, str] | None = None,
) -> Reply:
    """Answer with an error body of the OpenAI form; `innererror` is Azure's addition."""
    body: dict[str, Any] = {"message": message, "type": kind, "param": param, "code": code}
    if innererror:
        body |= {"status": status, "innererror": innererror}
    return json_reply(status, {"error": body}, headers)


def azure_error(
    status: int, code: str, message: str, headers: Mapping[str, str] | None = None
) -> Reply:
    """Answer as Azure's gateway does before a model has seen the request: code and message."""
    return json_reply(status, {"error": {"code": code, "message": message}}, headers)


def unauthorized(*, azure: bool = True) -> Reply:
    """401: no credential, or a wrong one."""
    message = "Access denied: the key or token is missing, wrong, or meant for another resource."
    if azure:
        return azure_error(401, "401", message)
    return error(401, "invalid_api_key", message)


def forbidden() -> Reply:
    """403: the identity lacks the role, or the network is closed to the caller."""
    message = "The principal lacks the data action that this operation requires."
    return azure_error(403, "PermissionDenied", message)


def not_found(*, azure: bool = True) -> Reply:
    """404: no deployment (plain OpenAI: no model) of that name."""
    if azure:
        message = "This resource has no deployment of that name, or has it since a moment only."
        return azure_error(404, "DeploymentNotFound", message)
    return error(404, "model_not_found", "There is no such model, or you have no access to it.")


def no_such_resource() -> Reply:
    """404: an address that the service does not have."""
    return azure_error(404, "404", "Resource not found")


def invalid(message: str, param: str | None = None) -> Reply:
    """400: the request is malformed."""
    return error(400, None, message, param=param)


def invalid_schema(name: str, problem: str) -> Reply:
    """400: the schema leaves the strict subset."""
    return invalid(f"Invalid schema for response_format '{name}': {problem}", "response_format")


def unsupported_parameter(name: str) -> Reply:
    """400 as reasoning models answer to sampling parameters and max_tokens."""
    if name in _ONE_VALUE_ONLY:
        message = f"Unsupported value: this model takes '{name}' at its default only."
        return error(400, "unsupported_value", message, param=name)
    instead = _PARAMETER_INSTEAD.get(name)
    hint = f" Use '{instead}' instead." if instead else ""
    message = f"Unsupported parameter: this model does not take '{name}'.{hint}"
    return error(400, "unsupported_parameter", message, param=name)


def rate_limited(exhausted: str = "requests", headers: Mapping[str, str] | None = None) -> Reply:
    """429 in Azure's form; `exhausted` is "requests" or "tokens"."""
    after = (headers or {}).get("retry-after", "a few")
    limit = "call" if exhausted == "requests" else "token"
    message = f"The {limit} rate limit of this deployment is used up. Retry after {after} seconds."
    return azure_error(429, "RateLimitReached", message, headers)


def prompt_filtered() -> Reply:
    """400 as the content filter refuses a prompt."""
    verdict = _UNFILTERED | {"violence": {"filtered": True, "severity": "medium"}}
    return error(
        400,
        "content_filter",
        "The prompt was stopped by the content management policy. Change it and try again.",
        param="prompt",
        kind=None,
        innererror={"code": "ResponsibleAIPolicyViolation", "content_filter_result": verdict},
    )


def completion(
    request: Request,
    model: str,
    content: str | None,
    *,
    finish_reason: str = "stop",
    refusal: str | None = None,
) -> Reply:
    """Answer 200 with a chat completion; content beyond the caller's room is cut off ("length")."""
    room = request.room
    if content and room is not None and tokens_in(content) > room:
        content, finish_reason = content[: room * CHARACTERS_PER_TOKEN], "length"
    filtered = finish_reason == "content_filter"
    verdict = _UNFILTERED | {"sexual": {"filtered": filtered, "severity": "safe"}}
    choice = {
        "index": 0,
        "finish_reason": finish_reason,
        "logprobs": None,
        "message": {
            "role": "assistant",
            "content": content,
            "refusal": refusal,
            "annotations": [],
        },
        "content_filter_results": verdict,
    }
    return completion_of(request, model, [choice], tokens_in(content or refusal or ""))


def completion_of(
    request: Request, model: str, choices: list[dict[str, Any]], completion_tokens: int
) -> Reply:
    """Wrap choices, possibly none, in a completion."""
    prompt_tokens = request.prompt_tokens
    body = {
        "id": f"chatcmpl-standin{request.number:08d}",
        "object": "chat.completion",
        "created": int(time.time()),
        "model": model,
        "system_fingerprint": "fp_standin",
        "prompt_filter_results": [{"prompt_index": 0, "content_filter_results": _UNFILTERED}],
        "choices": choices,
        "usage": {
            "prompt_tokens": prompt_tokens,
            "completion_tokens": completion_tokens,
            "total_tokens": prompt_tokens + completion_tokens,
            "prompt_tokens_details": {"audio_tokens": 0, "cached_tokens": 0},
            "completion_tokens_details": {"audio_tokens": 0, "reasoning_tokens": 0},
        },
    }
    return json_reply(200, body)
