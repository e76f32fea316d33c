"""What every operation of the description has in common: headers, parameters, the error."""

from __future__ import annotations

STATUS_HEADERS = {
    401: ["WWW-Authenticate"],
    403: ["WWW-Authenticate"],
    405: ["Allow"],
    409: ["Retry-After"],
    429: ["Retry-After"],
    503: ["Retry-After"],
}
PUBLIC_HEADERS = ["X-Request-ID", "Cache-Control", "X-Content-Type-Options"]
RATE_LIMIT_HEADERS = ["RateLimit-Policy", "RateLimit"]
NOT_COUNTED = {401, 403}
"""Statuses that are decided before the request is counted for anybody."""
HEADERS = {
    "X-Request-ID": "The request's id: the caller's own where it was well-formed.",
    "Cache-Control": "Answers are not to be stored.",
    "X-Content-Type-Options": "The media type is to be taken at its word.",
    "RateLimit-Policy": "Each limit that applies: quota `q` in a window of `w` seconds.",
    "RateLimit": "What remains of each: `r`, renewed in `t` seconds.",
    "Retry-After": "Seconds after which to try again.",
    "WWW-Authenticate": "Why the token was refused (RFC 6750).",
    "Allow": "The methods that the address takes.",
    "Idempotency-Replayed": "`true` on an answer that an earlier request with this key got.",
}
REQUEST_ID_PARAMETER = {
    "name": "X-Request-ID",
    "in": "header",
    "description": (
        "An id of yours, 1 to 64 letters, digits, '.', '_' or '-': kept, echoed and logged. "
        "Any other is replaced."
    ),
    "schema": {"type": "string"},
}
KEY_PARAMETER = {
    "name": "Idempotency-Key",
    "in": "header",
    "description": (
        "A name of your own for this request, such as a UUID. Sent again with the same body within "
        "24 hours, it gets the answer that it got, and costs nothing."
    ),
    "schema": {"type": "string", "maxLength": 255},
}
ERROR = {
    "type": "object",
    "description": "What every failed request is answered with.",
    "required": ["status", "message", "error", "request_id"],
    "properties": {
        "status": {"const": "error"},
        "message": {"type": "string", "description": "A sentence that a person can act on."},
        "error": {
            "type": "object",
            "required": ["code", "details"],
            "properties": {
                "code": {"$ref": "#/components/schemas/ErrorCode"},
                "details": {
                    "type": "array",
                    "items": {"$ref": "#/components/schemas/ErrorDetail"},
                },
            },
        },
        "request_id": {"type": "string"},
    },
}
ERROR_DETAIL = {
    "type": "object",
    "description": "One wrong field, and what to do about it.",
    "required": ["field", "message"],
    "properties": {
        "field": {"type": "string", "description": "Its path: topic, avoid[2]."},
        "message": {"type": "string"},
    },
}
EXAMPLE_DETAILS = {
    "invalid_request": [{"field": "part", "message": "Input should be 1, 2 or 3."}],
    "unsuitable_topic": [
        {
            "field": "topic",
            "message": (
                "'election': the exam keeps away from politics. Choose another subject. Try one "
                "of these: an event that started late; a team or club you joined. GET /topics "
                "lists them all."
            ),
        }
    ],
    "content_filtered": [{"field": "topic", "message": "Choose another topic."}],
}
"""What the details of an error say, by its code; of the others there are none."""
