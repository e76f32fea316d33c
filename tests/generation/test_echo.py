"""A model that says what it was told, in words of its own, has written no question."""

from __future__ import annotations

import json

import pytest

from shared.generation.drafts import read_draft
from shared.generation.echo import echoes
from shared.generation.spec import Spec
from shared.ielts.bank.matching import entries
from shared.ielts.models import Part

SPEC = Spec(part=Part.INTERVIEW, topic="films")


@pytest.mark.parametrize(
    "question",
    [
        "Do you write exactly four questions, of six to fifteen words each? [Why?]",
        "Have you been told to do without lists of options, hints and numbering?",
        "Would you begin them differently, and end most in a bracketed probe? [Why/Why not?]",
    ],
)
def test_an_answer_that_turns_its_instructions_into_a_question_is_not_acceptable(
    question: str,
) -> None:
    questions = ["Do you like films?", "Where do you see films?", "Who do you see films with?"]
    draft = read_draft(json.dumps({"questions": [question, *questions]}), "films", SPEC)

    assert "echoed-instructions" in {finding.rule for finding in draft.findings}
    assert draft.acceptable is None


@pytest.mark.parametrize("part", Part)
def test_nothing_in_the_bank_sounds_like_the_instructions(part: Part) -> None:
    assert [found for entry in entries(part) for found in echoes(entry.item(part))] == []
