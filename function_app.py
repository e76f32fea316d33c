"""What the service offers: one short async function per endpoint."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shared.contract import (
    Catalogue,
    Delivered,
    DeliveredTest,
    Health,
    QuestionRequest,
    TestRequest,
)
from shared.errors import Unavailable
from shared.http.api import Api, Reply
from shared.roles import EVERYBODY, Role
from shared.settings import load_settings
from shared.telemetry.status import WorkerStatus
from shared.worker import Worker

if TYPE_CHECKING:
    from shared.http.call import Call
    from shared.question_desk import Answer

worker = Worker(load_settings())
api = Api(worker.authenticate, lambda: worker.rate_limiter)
app = api.app


@api.endpoint(
    "generate-question",
    methods=["GET", "POST"],
    input=QuestionRequest,
    output=Delivered,
    roles=EVERYBODY,
    generates=lambda asked: asked.count,
)
async def generate_question(call: Call) -> Reply:
    """One authentic question of any part, or several at once."""
    return _reply(call, await worker.desk.question(call.input_as(QuestionRequest)))


@api.endpoint(
    "generate-test",
    methods=["POST"],
    input=TestRequest,
    output=DeliveredTest,
    roles=EVERYBODY,
    generates=lambda _: 5,  # three Part 1 frames, a long turn and its discussion
)
async def generate_test(call: Call) -> Reply:
    """A whole mock test, step by step, with the examiner's words and timings."""
    return _reply(call, await worker.desk.mock_test(call.input_as(TestRequest)))


@api.endpoint("topics", methods=["GET"], output=Catalogue, roles=EVERYBODY)
async def topics(_: Call) -> Reply:
    """The topic catalogue, by part and category."""
    return Reply(worker.desk.catalogue())


@api.endpoint("health", methods=["GET"], output=Health, public=True)
async def health(_: Call) -> Reply:
    """Whether the service is alive and ready, and what it runs on."""
    if not worker.ready:
        raise Unavailable("The service is alive, but sign-in is not configured.", retry_after=60)
    return Reply(worker.health())


@api.endpoint("manage/status", methods=["GET"], output=WorkerStatus, roles=[Role.ADMIN])
async def manage_status(_: Call) -> Reply:
    """What this worker is up to: circuits, queues, caches, last errors."""
    return Reply(worker.status())


# The Functions host tries routes in the alphabetical order of the functions' names, so the
# catch-all's name must come last.
@api.endpoint("{*path}", public=True)
async def zz_no_such_endpoint(call: Call) -> Reply:
    """Any other address under the prefix."""
    raise api.no_endpoint(call.request.method, call.request.route_params.get("path", ""))


def _reply(call: Call, answer: Answer) -> Reply:
    """The answer as the caller may see it: what it took is for the log line, and for admins."""
    call.facts.update(answer.logged, **answer.effort)
    return Reply(
        answer.data, answer.meta | answer.effort if call.has_role(Role.ADMIN) else answer.meta
    )
