"""A bare handler in a hand-written decorator: JWT, validation, request id, log line."""

import json
import time
from collections.abc import Awaitable, Callable

import azure.functions as func
import jwt
from checks import Asked, log, new_id, verified
from pydantic import ValidationError

app = func.FunctionApp(http_auth_level=func.AuthLevel.ANONYMOUS)
Handler = Callable[[Asked], Awaitable[dict[str, str]]]


def checked(handler: Handler) -> Callable[[func.HttpRequest], Awaitable[func.HttpResponse]]:
    async def function(req: func.HttpRequest) -> func.HttpResponse:
        request_id, began, subject = new_id(), time.perf_counter(), None
        try:
            claims = verified(req.headers.get("Authorization", ""))
            subject = claims["sub"]
            if "candidate" not in claims["roles"]:
                status, body = 403, {"error": "forbidden"}
            else:
                status, body = 200, await handler(Asked.model_validate_json(req.get_body()))
        except jwt.PyJWTError:
            status, body = 401, {"error": "unauthorized"}
        except ValidationError:
            status, body = 422, {"error": "invalid"}
        log(request_id, subject, status, began)
        content = json.dumps({**body, "request_id": request_id})
        return func.HttpResponse(content, status_code=status, mimetype="application/json")

    function.__name__ = handler.__name__
    return function


@app.route(route="generate-question", methods=["POST"])
@checked
async def generate_question(asked: Asked) -> dict[str, str]:  # noqa: ARG001 - validated, not used
    return {"answer": "yes"}
