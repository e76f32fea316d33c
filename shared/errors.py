"""Every way in which a request can fail: one class, one status, one code, one public sentence.

    ApiError
    ├── InvalidJson            400 invalid_json
    ├── Unauthorized           401 unauthorized
    ├── Forbidden              403 forbidden
    ├── NotFound               404 not_found
    ├── MethodNotAllowed       405 method_not_allowed
    ├── BodyTooLarge           413 body_too_large
    ├── UnsupportedMediaType   415 unsupported_media_type
    ├── InvalidRequest         422 invalid_request
    ├── ContentFiltered        422 content_filtered
    ├── UnsuitableTopic        422 unsuitable_topic
    ├── InternalError          500 internal_error
    └── Unavailable            503 unavailable

They are raised where the failure is noticed, in any room, and turned into a response in one
place: the wrapper's `answer_errors`.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

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
