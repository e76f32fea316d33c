"""A fault of ours is a bare 500, and its cause is in the log under the request id."""

from __future__ import annotations

import asyncio
import json
import logging
from typing import TYPE_CHECKING, Any, NoReturn

import azure.functions as func
import pytest
from pydantic import BaseModel

from shared.http.api import Api, Reply
from shared.identity.principal import Principal
from tests.http.limits import generous

if TYPE_CHECKING:
    from shared.http.call import Call
    from shared.http.usage import GetUsageLog


class Nothing(BaseModel):
    pass


class Context:
    """As much of an invocation's context as the wrapper reads."""

    invocation_id = "invocation-1"
    trace_context = None


async def an_admin(_: str) -> Principal:
    return Principal("somebody", frozenset({"admin"}))


def function_of(handler: Any, usage: GetUsageLog = lambda: None, **declaration: Any) -> Any:
    api = Api(an_admin, generous, usage=usage)
    api.endpoint("things", **declaration)(handler)
    [function] = api.app.get_functions()
    return function.get_user_function()


def request(token: str | None = "t") -> func.HttpRequest:
    headers = {"x-request-id": "r-1"} | ({"authorization": f"Bearer {token}"} if token else {})
    return func.HttpRequest("GET", "http://localhost/api/things", headers=headers, body=b"")


async def fails(_: Call) -> Reply:
    """Fail."""
    raise RuntimeError("/secret/path: the cause")


async def test_an_exception_is_500_with_nothing_of_it(caplog: pytest.LogCaptureFixture) -> None:
    response = await function_of(fails, public=True)(request(), Context())

    body = json.loads(response.get_body())
    assert response.status_code == 500
    assert body["error"]["code"] == "internal_error"
    assert "cause" not in json.dumps(body)
    assert "the cause" in caplog.text


async def test_the_log_line_is_written_even_so(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)

    await function_of(fails, roles=["admin"])(request(), Context())

    [line] = [record for record in caplog.records if record.name == "shared.request"]
    assert "status=500" in line.getMessage()
    assert "request_id=r-1" in line.getMessage()
    assert "error=internal_error" in line.getMessage()


async def test_a_usage_record_that_cannot_be_written_does_not_cost_the_answer(
    caplog: pytest.LogCaptureFixture,
) -> None:
    async def answers(_: Call) -> Reply:
        return Reply(Nothing())

    def no_log() -> NoReturn:
        raise ValueError("postgresql://app:s3cr3t@")

    function = function_of(answers, usage=no_log, roles=["admin"])
    response = await function(request(), Context())

    assert response.status_code == 200
    assert "usage_not_recorded request_id=r-1 error=ValueError" in caplog.text
    assert "s3cr3t" not in caplog.text


async def test_a_cancelled_invocation_leaves_a_line_and_stays_cancelled(
    caplog: pytest.LogCaptureFixture,
) -> None:
    async def waits(_: Call) -> Reply:
        await asyncio.sleep(60)
        return Reply(Nothing())

    caplog.set_level(logging.INFO)
    invocation = asyncio.ensure_future(function_of(waits, public=True)(request(), Context()))
    await asyncio.sleep(0)

    invocation.cancel()

    with pytest.raises(asyncio.CancelledError):
        await invocation
    assert "status=499" in caplog.text
