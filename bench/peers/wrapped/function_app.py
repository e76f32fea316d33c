"""A bare handler behind this app's own wrapper, with whatever the app wires into it."""

from pydantic import BaseModel
from real_app import api, app

from shared.contract import QuestionRequest
from shared.http.api import Reply
from shared.http.call import Call
from shared.roles import EVERYBODY

__all__ = ["app"]


class Answer(BaseModel):
    answer: str


@api.endpoint("bare", methods=["POST"], input=QuestionRequest, output=Answer, roles=EVERYBODY)
async def bare(call: Call) -> Reply:
    call.input_as(QuestionRequest)
    return Reply(Answer(answer="yes"))
