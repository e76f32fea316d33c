"""What people write by hand around a handler: PyJWT, pydantic, a request id, a JSON log line."""

import json
import logging
import os
import time
import uuid
from functools import cache
from typing import Annotated, Any, Literal
from urllib.request import urlopen

import jwt
from pydantic import BaseModel, ConfigDict, Field

logger = logging.getLogger("requests")


class Asked(BaseModel):
    model_config = ConfigDict(extra="forbid")

    part: Literal[1, 2, 3] = 2
    topic: Annotated[str | None, Field(max_length=100)] = None


@cache
def keys() -> dict[str, Any]:
    with urlopen(os.environ["AUTH_JWKS_URL"], timeout=5) as answer:  # noqa: S310 - the issuer's
        return {key.key_id: key for key in jwt.PyJWKSet.from_dict(json.load(answer)).keys}


def verified(authorization: str) -> dict[str, Any]:
    token = authorization.removeprefix("Bearer ")
    return jwt.decode(
        token,
        keys()[jwt.get_unverified_header(token)["kid"]],
        algorithms=["RS256"],
        audience=os.environ["AUTH_AUDIENCE"],
        issuer=os.environ["AUTH_ISSUER"],
        options={"require": ["exp", "iss", "aud", "sub"]},
    )


def log(request_id: str, subject: str | None, status: int, began: float) -> None:
    line = {"request_id": request_id, "subject": subject, "status": status}
    logger.info(json.dumps({**line, "ms": round((time.perf_counter() - began) * 1000, 2)}))


def new_id() -> str:
    return str(uuid.uuid4())
