"""Reading a body: what reaches the app is not always what was sent."""

from __future__ import annotations

import azure.functions as func
import pytest

from shared.contract import QuestionRequest
from shared.errors import InvalidJson
from shared.http.reading import read_body


def request(body: bytes, **headers: str) -> func.HttpRequest:
    return func.HttpRequest("POST", "http://localhost/", headers=headers, body=body)


def test_an_empty_body_asks_for_the_defaults() -> None:
    assert read_body(request(b""), QuestionRequest) == QuestionRequest()


def test_a_body_in_chunks_that_the_host_did_not_hand_on_is_not_taken_for_an_empty_one() -> None:
    sent_in_chunks = request(b"", **{"transfer-encoding": "chunked"})

    with pytest.raises(InvalidJson, match="Content-Length"):
        read_body(sent_in_chunks, QuestionRequest)
