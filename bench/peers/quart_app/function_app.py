"""Quart inside AsgiFunctionApp."""

import json
import os
from pathlib import Path
from typing import Any

import azure.functions as func
from openai import AsyncOpenAI
from quart import Quart, request

TASK = json.loads(Path(__file__).with_name("task.json").read_text(encoding="utf-8"))
client = AsyncOpenAI(
    base_url=f"{os.environ['AZURE_OPENAI_ENDPOINT']}/openai/v1/",
    api_key=os.environ["AZURE_OPENAI_API_KEY"],
)
api = Quart(__name__)


@api.post("/api/generate-question")
async def generate_question() -> dict[str, Any]:
    asked = await request.get_json()
    answer = await client.chat.completions.create(
        model=os.environ["AZURE_OPENAI_DEPLOYMENT"],
        messages=[
            {"role": "system", "content": TASK["system"]},
            {"role": "user", "content": json.dumps({"topic": asked["topic"]})},
        ],
        response_format=TASK["response_format"],
        max_completion_tokens=TASK["max_completion_tokens"],
    )
    return json.loads(answer.choices[0].message.content or "{}")


app = func.AsgiFunctionApp(api, http_auth_level=func.AuthLevel.ANONYMOUS)
