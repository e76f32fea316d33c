"""The plain app with hand-written JWT, validation and logging."""

import json
import os
import time
from pathlib import Path

import azure.functions as func
import jwt
from checks import Asked, log, new_id, verified
from openai import AsyncOpenAI, OpenAIError
from pydantic import ValidationError

TASK = json.loads(Path(__file__).with_name("task.json").read_text(encoding="utf-8"))
client = AsyncOpenAI(
    base_url=f"{os.environ['AZURE_OPENAI_ENDPOINT']}/openai/v1/",
    api_key=os.environ["AZURE_OPENAI_API_KEY"],
)
app = func.FunctionApp(http_auth_level=func.AuthLevel.ANONYMOUS)


@app.route(route="generate-question", methods=["POST"])
async def generate_question(req: func.HttpRequest) -> func.HttpResponse:
    request_id, began, subject = new_id(), time.perf_counter(), None
    try:
        subject = verified(req.headers.get("Authorization", ""))["sub"]
        asked = Asked.model_validate_json(req.get_body())
        answer = await client.chat.completions.create(
            model=os.environ["AZURE_OPENAI_DEPLOYMENT"],
            messages=[
                {"role": "system", "content": TASK["system"]},
                {"role": "user", "content": json.dumps({"topic": asked.topic})},
            ],
            response_format=TASK["response_format"],
            max_completion_tokens=TASK["max_completion_tokens"],
        )
        status, body = 200, json.loads(answer.choices[0].message.content or "{}")
    except jwt.PyJWTError:
        status, body = 401, {"error": "unauthorized"}
    except ValidationError as error:
        status, body = 422, {"error": error.errors(include_context=False)}
    except OpenAIError:
        status, body = 503, {"error": "unavailable"}
    log(request_id, subject, status, began)
    content = json.dumps({**body, "request_id": request_id})
    return func.HttpResponse(content, status_code=status, mimetype="application/json")
