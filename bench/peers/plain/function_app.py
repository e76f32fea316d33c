"""A plain function app in the style of the Azure samples: a global client, SDK defaults."""

import json
import os
from pathlib import Path

import azure.functions as func
from openai import AsyncOpenAI

TASK = json.loads(Path(__file__).with_name("task.json").read_text(encoding="utf-8"))
client = AsyncOpenAI(
    base_url=f"{os.environ['AZURE_OPENAI_ENDPOINT']}/openai/v1/",
    api_key=os.environ["AZURE_OPENAI_API_KEY"],
)
app = func.FunctionApp(http_auth_level=func.AuthLevel.ANONYMOUS)


@app.route(route="generate-question", methods=["POST"])
async def generate_question(req: func.HttpRequest) -> func.HttpResponse:
    answer = await client.chat.completions.create(
        model=os.environ["AZURE_OPENAI_DEPLOYMENT"],
        messages=[
            {"role": "system", "content": TASK["system"]},
            {"role": "user", "content": json.dumps({"topic": req.get_json()["topic"]})},
        ],
        response_format=TASK["response_format"],
        max_completion_tokens=TASK["max_completion_tokens"],
    )
    return func.HttpResponse(answer.choices[0].message.content, mimetype="application/json")
