"""Every way in which a request can fail: one class, one status, one code, one public sentence.

    ApiError
    ├── InvalidJson            400 invalid_json
    ├── Unauthorized           401 unauthorized
    ├── Forbidden              403 forbidden
    │   └── InsufficientScope
    ├── NotFound               404 not_found
    ├── MethodNotAllowed       405 method_not_allowed
    ├── BodyTooLarge           413 body_too_large
    ├── UnsupportedMediaType   415 unsupported_media_type
    ├── InvalidRequest         422 invalid_request
    ├── ContentFiltered        422 content_filtered
    ├── UnsuitableTopic        422 unsuitable_topic
    ├── RateLimited            429 rate_limited
    ├── QuotaExceeded          429 quota_exceeded
    ├── IdempotencyKeyReused   422 idempotency_key_reused
    ├── StillRunning           409 still_running
    ├── InternalError          500 internal_error
    └── Unavailable            503 unavailable
        └── StoreUnavailable   503 store_unavailable

They are raised where the failure is noticed, in any room, and turned into a response in one
place: the wrapper's `answer_errors`.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


@dataclass(frozen=True, slots=True)
class Detail:
    """One wrong field: its path ("topic", "avoid[2]") and what to do about it."""

    field: str
    message: str


class ApiError(Exception):
    """The root of the tree. `message` is public: it holds nothing of the exception's cause.

    Attributes:
        status: the HTTP status.
        code: a snake_case name for programs.
        message: a sentence that a person can act on.
        details: the wrong fields, where there are any.
        headers: response headers that belong to this error.
        facts: what the log line says of it beside the code.

    """

    status: ClassVar[int]
    code: ClassVar[str]
    sentence: ClassVar[str]

    def __init__(
        self,
        message: str | None = None,
        *,
        details: Iterable[Detail] = (),
        headers: Mapping[str, str] | None = None,
    ) -> None:
        self.message = message or self.sentence
        self.details = tuple(details)
        self.headers = dict(headers or {})
        self.facts: dict[str, Any] = {}
        super().__init__(self.message)


class InvalidJson(ApiError):
    """The body is not JSON."""

    status = 400
    code = "invalid_json"
    sentence = "The request body is not valid JSON."


class Unauthorized(ApiError):
    """No bearer token, or one that does not hold.

    Args:
        message: a sentence for a person.
        error: the reason class of RFC 6750; None where no token was sent at all.

    """

    status = 401
    code = "unauthorized"
    sentence = "Send an access token in the Authorization header, as 'Bearer <token>'."

    def __init__(self, message: str | None = None, *, error: str | None = None) -> None:
        public = message or self.sentence
        challenge = f'Bearer error="{error}", error_description="{public}"' if error else "Bearer"
        super().__init__(public, headers={"WWW-Authenticate": challenge})


class Forbidden(ApiError):
    """The caller is known, and holds none of the endpoint's roles."""

    status = 403
    code = "forbidden"
    sentence = "Your account does not have access to this endpoint."


class InsufficientScope(Forbidden):
    """The caller's application was not granted what this service asks of it (RFC 6750)."""

    sentence = "The token does not carry the scope that this service requires."

    def __init__(self, message: str | None = None) -> None:
        challenge = 'Bearer error="insufficient_scope"'
        super().__init__(message, headers={"WWW-Authenticate": challenge})


class NotFound(ApiError):
    """Nothing lives at this address."""

    status = 404
    code = "not_found"
    sentence = "There is nothing at this address. Check the path against the API description."


class MethodNotAllowed(ApiError):
    """The address exists, and does not take this method."""

    status = 405
    code = "method_not_allowed"
    sentence = "This address does not accept the method."

    def __init__(self, method: str, allowed: Iterable[str]) -> None:
        allow = ", ".join(sorted(allowed))
        super().__init__(f"Use {allow} here: {method} is not accepted.", headers={"Allow": allow})


class BodyTooLarge(ApiError):
    """The body is over the cap."""

    status = 413
    code = "body_too_large"
    sentence = "The request body is too large."


class UnsupportedMediaType(ApiError):
    """The body is declared as something other than JSON in UTF-8."""

    status = 415
    code = "unsupported_media_type"
    sentence = "Send the body as JSON, with the header 'Content-Type: application/json'."


class InvalidRequest(ApiError):
    """Well-formed input with wrong fields: a detail for each."""

    status = 422
    code = "invalid_request"
    sentence = "Some of the input is not valid: see the details for each field."


class ContentFiltered(ApiError):
    """The model's content filter refused the prompt, so the topic."""

    status = 422
    code = "content_filtered"
    sentence = "The content filter refused this topic. Choose another one."

    def __init__(self, message: str | None = None) -> None:
        super().__init__(message, details=[Detail("topic", "Choose another topic.")])


class UnsuitableTopic(ApiError):
    """A subject that the exam avoids."""

    status = 422
    code = "unsuitable_topic"
    sentence = "The Speaking test avoids this subject. Choose another topic."


class RateLimited(ApiError):
    """More requests than the rate limit allows.

    Args:
        renews_in: seconds until there is room again.

    """

    status = 429
    code = "rate_limited"
    sentence = "Too many requests."

    def __init__(self, renews_in: float) -> None:
        seconds = math.ceil(renews_in)
        super().__init__(
            f"{self.sentence} Try again in {seconds} seconds.",
            headers={"Retry-After": str(seconds)},
        )


class QuotaExceeded(ApiError):
    """More items than are left of the day's quota.

    Args:
        quota: items a day.
        remaining: items left today, fewer than were asked for.
        renews_in: seconds until the quota renews.

    """

    status = 429
    code = "quota_exceeded"
    sentence = "Your daily quota is used up."

    def __init__(self, quota: int, remaining: int, renews_in: float) -> None:
        seconds = math.ceil(renews_in)
        hours, minutes = divmod(math.ceil(seconds / 60), 60)
        left = (
            f"You asked for more than the {remaining} left of today's {quota} questions."
            if remaining
            else f"You have used up today's {quota} questions."
        )
        super().__init__(
            f"{left} The quota renews at midnight UTC, in {hours} h {minutes} min.",
            headers={"Retry-After": str(seconds)},
        )


class IdempotencyKeyReused(ApiError):
    """The Idempotency-Key was used for another request before."""

    status = 422
    code = "idempotency_key_reused"
    sentence = "This Idempotency-Key was sent with a different body before. Use a new one."


class StillRunning(ApiError):
    """The first request with this Idempotency-Key has no answer yet."""

    status = 409
    code = "still_running"
    sentence = "The first request with this Idempotency-Key is still running. Try again shortly."

    def __init__(self) -> None:
        super().__init__(headers={"Retry-After": "1"})


class InternalError(ApiError):
    """A fault of ours. The cause is in the log, under the same request id."""

    status = 500
    code = "internal_error"
    sentence = "Something went wrong on our side. Try again, and quote the request id if it stays."


class Unavailable(ApiError):
    """Something that the request needs cannot be had at the moment."""

    status = 503
    code = "unavailable"
    sentence = "The service cannot answer at the moment. Try again shortly."

    def __init__(self, message: str | None = None, *, retry_after: float = 5.0) -> None:
        seconds = str(max(1, math.ceil(retry_after)))
        super().__init__(message, headers={"Retry-After": seconds})


class StoreUnavailable(Unavailable):
    """What the service remembers cannot be reached, or it remembers nothing here."""

    code = "store_unavailable"
    sentence = "What the service remembers cannot be reached at the moment. Try again shortly."
