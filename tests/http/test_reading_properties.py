"""Whatever bytes arrive, reading them gives a model or an error of the tree, nothing else."""

from __future__ import annotations

import json
from contextlib import suppress
from typing import Any

import azure.functions as func
from hypothesis import given
from hypothesis import strategies as st

from shared.contract import QuestionRequest
from shared.errors import ApiError, InvalidRequest
from shared.http.reading import read_body, read_query

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=20,
)
FIELDS = st.sampled_from(["part", "topic", "count", "seed", "avoid", "practice_difficulty", "x"])


def outcome_of_body(
    body: bytes, media_type: str = "application/json"
) -> QuestionRequest | ApiError:
    request = func.HttpRequest(
        "POST", "http://localhost/", headers={"content-type": media_type}, body=body
    )
    try:
        return read_body(request, QuestionRequest)
    except ApiError as error:
        return error


def is_clear(outcome: QuestionRequest | ApiError) -> bool:
    if isinstance(outcome, ApiError):
        return 400 <= outcome.status < 500 and outcome.message.endswith(".")
    return True


@given(st.binary(max_size=300))
def test_any_bytes(body: bytes) -> None:
    assert is_clear(outcome_of_body(body))


@given(JSON)
def test_any_json(value: Any) -> None:
    assert is_clear(outcome_of_body(json.dumps(value).encode("utf-8", "surrogatepass")))


@given(st.dictionaries(FIELDS, JSON))
def test_any_values_of_the_fields(value: dict[str, Any]) -> None:
    outcome = outcome_of_body(json.dumps(value).encode("utf-8", "surrogatepass"))

    assert is_clear(outcome)
    if isinstance(outcome, ApiError):
        json.dumps([[detail.field, detail.message] for detail in outcome.details])


@given(st.text(max_size=60))
def test_any_media_type(media_type: str) -> None:
    assert is_clear(outcome_of_body(b'{"part": 2}', media_type))


@given(st.dictionaries(FIELDS, st.text()))
def test_any_query(params: dict[str, str]) -> None:
    request = func.HttpRequest("GET", "http://localhost/", params=params, body=b"")

    with suppress(InvalidRequest):
        read_query(request, QuestionRequest)


@given(st.text(max_size=100))
def test_a_topic_comes_out_as_one_visible_line_or_not_at_all(topic: str) -> None:
    outcome = outcome_of_body(json.dumps({"topic": topic}).encode("utf-8", "surrogatepass"))

    if isinstance(outcome, QuestionRequest) and outcome.topic is not None:
        assert outcome.topic.isprintable() or not outcome.topic
        assert outcome.topic == " ".join(outcome.topic.split())
        assert len(outcome.topic) <= 100
