"""A bare handler in FastAPI inside AsgiFunctionApp: validation, no identity."""

import azure.functions as func
from checks import Asked
from fastapi import FastAPI

api = FastAPI()


@api.post("/api/generate-question")
async def generate_question(asked: Asked) -> dict[str, str]:  # noqa: ARG001 - validated, not used
    return {"answer": "yes"}


app = func.AsgiFunctionApp(api, http_auth_level=func.AuthLevel.ANONYMOUS)
