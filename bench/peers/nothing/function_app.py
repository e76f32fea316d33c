"""A bare function app that imports azure.functions and pydantic."""

import azure.functions as func
from pydantic import BaseModel

app = func.FunctionApp(http_auth_level=func.AuthLevel.ANONYMOUS)


class Asked(BaseModel):
    part: int = 2
    topic: str | None = None


@app.route(route="generate-question", methods=["POST"])
async def generate_question(req: func.HttpRequest) -> func.HttpResponse:
    asked = Asked.model_validate_json(req.get_body())
    return func.HttpResponse(asked.model_dump_json(), mimetype="application/json")
