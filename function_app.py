"""What the service offers: one short async function per endpoint."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shared.contract import (
    AnswerMeta,
    Catalogue,
    Delivered,
    DeliveredTest,
    Health,
    QuestionRequest,
    TestRequest,
)
from shared.description import Description
from shared.errors import (
    ContentFiltered,
    NotFound,
    StoreUnavailable,
    Unavailable,
    UnsuitableTopic,
)
from shared.http.api import Api, Reply
from shared.roles import EVERYBODY, Role
from shared.settings import load_settings
from shared.site import PracticePage, ReferencePage
from shared.stored_contract import (
    Erased,
    HistoryPage,
    HistoryQuery,
    LibraryPage,
    LibraryQuery,
    Retired,
    UsageQuery,
    UsageReport,
)
from shared.telemetry.status import WorkerStatus
from shared.usage_report import csv_file
from shared.warming import add_warmup_trigger, warm_up_after_indexing
from shared.worker import Worker

if TYPE_CHECKING:
    from shared.http.call import Call
    from shared.http.files import File
    from shared.question_desk import Answer

settings = load_settings()
worker = Worker(settings)
api = Api(
    worker.authenticate,
    lambda: worker.rate_limiter,
    kept_answers=lambda: worker.kept_answers,
    usage=lambda: worker.usage_log,
)
app = api.app
description = Description(api.declarations)
practice_page, reference_page = PracticePage(settings), ReferencePage()
warm_up_after_indexing(worker)
if settings.plan_warms_up:
    add_warmup_trigger(app, worker)


@api.endpoint(
    "generate-question",
    methods=["GET", "POST"],
    input=QuestionRequest,
    output=Delivered,
    roles=EVERYBODY,
    generates=lambda asked: asked.count,
    meta=AnswerMeta,
    raises=[UnsuitableTopic, ContentFiltered],
)
async def generate_question(call: Call) -> Reply:
    """One authentic question of any part, or several at once."""
    asked = call.input_as(QuestionRequest)
    return _reply(call, await (await worker.desk()).question(asked, call.subject))


@api.endpoint(
    "generate-test",
    methods=["POST"],
    input=TestRequest,
    output=DeliveredTest,
    roles=EVERYBODY,
    generates=lambda _: 5,  # three Part 1 frames, a long turn and its discussion
    meta=AnswerMeta,
    raises=[UnsuitableTopic, ContentFiltered],
)
async def generate_test(call: Call) -> Reply:
    """A whole mock test, step by step, with the examiner's words and timings."""
    asked = call.input_as(TestRequest)
    return _reply(call, await (await worker.desk()).mock_test(asked, call.subject))


@api.endpoint(
    "tests/{id}",
    methods=["GET"],
    output=DeliveredTest,
    roles=EVERYBODY,
    meta=AnswerMeta,
    raises=[NotFound, StoreUnavailable],
)
async def frozen_test(call: Call) -> Reply:
    """A mock test exactly as it was generated, for its owner, an examiner or an admin."""
    sees_all = call.has_role(Role.EXAMINER) or call.has_role(Role.ADMIN)
    owner = None if sees_all else call.subject
    test = await worker.records.frozen_test(call.request.route_params["id"], owner)
    return Reply(test.data, test.meta)


@api.endpoint(
    "history",
    methods=["GET"],
    input=HistoryQuery,
    output=HistoryPage,
    roles=EVERYBODY,
    raises=[StoreUnavailable],
)
async def history(call: Call) -> Reply:
    """What you were given, the newest first."""
    return Reply(await worker.records.history(call.subject, call.input_as(HistoryQuery)))


@api.endpoint(
    "history", methods=["DELETE"], output=Erased, roles=EVERYBODY, raises=[StoreUnavailable]
)
async def history_erasure(call: Call) -> Reply:
    """Delete everything that is kept of you: history, tests and kept answers."""
    return Reply(await worker.records.erase(call.subject))


@api.endpoint(
    "library",
    methods=["GET"],
    input=LibraryQuery,
    output=LibraryPage,
    roles=[Role.EXAMINER, Role.ADMIN],
    raises=[StoreUnavailable],
)
async def library(call: Call) -> Reply:
    """The model's questions that were accepted and may be asked again."""
    return Reply(await worker.records.library(call.input_as(LibraryQuery)))


@api.endpoint(
    "library/{id}",
    methods=["DELETE"],
    output=Retired,
    roles=[Role.EXAMINER, Role.ADMIN],
    raises=[NotFound, StoreUnavailable],
)
async def library_retirement(call: Call) -> Reply:
    """Never ask this question again."""
    return Reply(await worker.records.retire(call.request.route_params["id"]))


@api.endpoint("topics", methods=["GET"], output=Catalogue, roles=EVERYBODY)
async def topics(_: Call) -> Reply:
    """The topic catalogue, by part and category."""
    return Reply((await worker.desk()).catalogue())


@api.endpoint("health", methods=["GET"], output=Health, public=True, raises=[Unavailable])
async def health(_: Call) -> Reply:
    """Whether the service is alive and ready, and what it runs on."""
    if not worker.ready:
        raise Unavailable("The service is alive, but sign-in is not configured.", retry_after=60)
    return Reply(await worker.health())


@api.endpoint("manage/status", methods=["GET"], output=WorkerStatus, roles=[Role.ADMIN])
async def manage_status(_: Call) -> Reply:
    """What this worker is up to: circuits, queues, caches, last errors."""
    return Reply(worker.status())


@api.endpoint(
    "manage/usage",
    methods=["GET"],
    input=UsageQuery,
    output=UsageReport,
    roles=[Role.ADMIN],
    raises=[StoreUnavailable],
    csv=True,
)
async def manage_usage(call: Call) -> Reply | File:
    """What the service did and cost, by day, route or model; as CSV with `Accept: text/csv`."""
    report = await worker.records.usage(call.input_as(UsageQuery))
    if call.accepts("text/csv"):
        return csv_file(report)
    return Reply(report)


@api.endpoint("openapi.json", methods=["GET"], public=True)
async def openapi(_: Call) -> File:
    """The description of this API, OpenAPI 3.1."""
    return description.file


@api.endpoint("docs/{*file}", methods=["GET"], public=True)
async def docs(call: Call) -> File:
    """The API reference, to try requests in."""
    return await reference_page.file(call)


@api.endpoint("practice/{*file}", methods=["GET"], public=True)
async def practice(call: Call) -> File:
    """The practice page."""
    return await practice_page.file(call)


# The Functions host tries routes in the alphabetical order of the functions' names, so the
# catch-all's name must come last.
@api.endpoint("{*path}", public=True)
async def zz_no_such_endpoint(call: Call) -> Reply:
    """Any other address under the prefix."""
    raise api.no_endpoint(call.request.method, call.request.route_params.get("path", ""))


def _reply(call: Call, answer: Answer) -> Reply:
    """The answer as the caller may see it: what it took is for the log line, and for admins."""
    call.facts.update(answer.logged, **answer.effort)
    call.spent = answer.spent
    return Reply(
        answer.data, answer.meta | answer.effort if call.has_role(Role.ADMIN) else answer.meta
    )
