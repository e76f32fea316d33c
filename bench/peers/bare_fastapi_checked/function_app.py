"""A bare handler in FastAPI inside AsgiFunctionApp: JWT, validation, request id, log line."""

import time
from collections.abc import AsyncIterator
from typing import Annotated, Any

import azure.functions as func
import jwt
from checks import Asked, log, new_id, verified
from fastapi import Depends, FastAPI, Header, HTTPException

api = FastAPI()


async def logged() -> AsyncIterator[dict[str, Any]]:
    request_id, began = new_id(), time.perf_counter()
    facts: dict[str, Any] = {"request_id": request_id, "subject": None}
    yield facts
    log(request_id, facts["subject"], 200, began)


async def caller(
    facts: Annotated[dict[str, Any], Depends(logged)], authorization: Annotated[str, Header()] = ""
) -> str:
    try:
        claims = verified(authorization)
    except jwt.PyJWTError:
        raise HTTPException(401, "unauthorized") from None
    if "candidate" not in claims["roles"]:
        raise HTTPException(403, "forbidden")
    facts["subject"] = claims["sub"]
    return str(facts["request_id"])


@api.post("/api/generate-question")
async def generate_question(
    asked: Asked,  # noqa: ARG001 - validated, not used
    request_id: Annotated[str, Depends(caller)],
) -> dict[str, str]:
    return {"answer": "yes", "request_id": request_id}


app = func.AsgiFunctionApp(api, http_auth_level=func.AuthLevel.ANONYMOUS)
