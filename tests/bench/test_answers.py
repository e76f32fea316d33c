"""How the benches tell an answer of the model from any other."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bench.harness.questions import from_model
from shared.contract import AnswerMeta

if TYPE_CHECKING:
    from typing import Literal


def answer(source: Literal["model", "library", "bank", "mixed"]) -> bytes:
    return AnswerMeta(source=source).model_dump_json(exclude_none=True).encode()


def test_an_answer_whose_source_is_the_model_is_the_models() -> None:
    assert from_model(200, answer("model"))


@pytest.mark.parametrize("source", ["library", "bank", "mixed"])
def test_an_answer_of_any_other_source_is_not(
    source: Literal["library", "bank", "mixed"],
) -> None:
    assert not from_model(200, answer(source))


def test_a_peer_which_names_no_source_has_nothing_but_the_model() -> None:
    assert from_model(200, b'{"cue_card": {}}')


def test_a_failure_is_nobodys_answer() -> None:
    assert not from_model(503, b"")
