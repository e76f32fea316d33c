from __future__ import annotations

import hashlib
import json
from itertools import product

from shared.generation.choosing import Choice
from shared.generation.prompts import PROMPT_VERSION, ask, ask_to_mend
from shared.generation.spec import Spec
from shared.ielts.bank.matching import entries
from shared.ielts.models import Part, PracticeDifficulty

TOLD = ("2026-11-2", "b5823300d2c04f1a")
"""The version of the prompts, and the digest of all that the model is told under that name."""


def digest() -> str:
    entry = entries(Part.LONG_TURN)[0]
    first = [
        ask(
            Spec(part, "a lamp", ("candles",), difficulty),
            Choice("a lamp", entry, variation=variation),
        )
        for part, difficulty, variation in product(Part, PracticeDifficulty, range(5))
    ]
    tasks = [*first, ask_to_mend(first[0], "a draft", ["Mend this."])]
    told = [
        task._asdict() | {"messages": [message._asdict() for message in task.messages]}
        for task in tasks
    ]
    words = json.dumps(told, sort_keys=True)
    return hashlib.sha256(words.encode()).hexdigest()[:16]


def test_other_words_to_the_model_have_another_version() -> None:
    assert (PROMPT_VERSION, digest()) == TOLD
