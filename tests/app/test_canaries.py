"""Secrets, tokens, topics and addresses are put in everywhere, and must come out nowhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.support.running_app import HOST_KINDS
from tests.support.stand_in import DEPLOYMENT, Behaviour, StandIn, behaviours

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager

    from tests.app.service import Service
    from tests.support.issuer import Issuer

API_KEY = "canary-api-key-5a1f"
SUBJECT_KEY = "canary-subject-key-77c2"
PERSON = "canary.person@mail.example"
TOPIC = "zeppelins of the canary coast"
UPSTREAM_ERROR = "canary-upstream-detail"
CANARIES = (API_KEY, SUBJECT_KEY, PERSON, "zeppelin", UPSTREAM_ERROR)

ANSWERS: list[str | Behaviour] = [
    "ok",
    "content_filter_prompt",
    "content_filter_completion",
    "refusal",
    "wrong_schema",
    "garbage",
    "obedient",
    behaviours.status(400, UPSTREAM_ERROR),
]
FAULTS: list[list[str | Behaviour]] = [
    ["html", behaviours.status(500, UPSTREAM_ERROR)],
    ["truncated_json", "reset"],
    ["rate_limited"],
    ["unauthorized"],
    ["forbidden"],
    ["not_found"],
]
"""Each list in an app of its own: these open the circuit, or set the deployment aside."""


class Driven:
    """A service that has been driven down every error path, and what it said."""

    def __init__(self) -> None:
        self.bodies: list[str] = []
        self.tokens: list[str] = []
        self.logs = ""


@pytest.fixture(scope="module", params=HOST_KINDS)
def driven(
    request: pytest.FixtureRequest,
    start: Callable[..., AbstractContextManager[Service]],
    issuer: Issuer,
) -> Driven:
    driven = Driven()
    apps = [ANSWERS, *FAULTS] if request.param == "local" else [ANSWERS]
    with StandIn(keys=(API_KEY,)) as stand_in:
        for behaviours_of_app in apps:
            with start(
                request.param,
                AZURE_OPENAI_ENDPOINT=stand_in.url,
                AZURE_OPENAI_DEPLOYMENT=DEPLOYMENT,
                AZURE_OPENAI_API_KEY=API_KEY,
                SUBJECT_KEY=SUBJECT_KEY,
                GENERATION_DEADLINE_SECONDS="1",
            ) as service:
                for behaviour in behaviours_of_app:
                    stand_in.behaviour = behaviour
                    drive(service, issuer, driven)
                driven.logs += service.logs()
    return driven


def drive(service: Service, issuer: Issuer, driven: Driven) -> None:
    good = issuer.mint(sub=PERSON)
    bad = [issuer.mint(sub=PERSON, exp=1), issuer.mint(sub=PERSON, aud="x"), f"{good}x", "x.y.z"]
    driven.tokens += [good, *bad]
    answers = [
        service.post("generate-question", json={"topic": TOPIC}, token=good),
        service.post("generate-question", json={"topic": TOPIC, "x": TOPIC}, token=good),
        service.post("generate-question", content=f'{{"topic": "{TOPIC}'.encode(), token=good),
        service.post("generate-question", json={"avoid": [TOPIC]}, token=good),
        service.post("generate-test", json={"topic": TOPIC}, token=good),
        service.get("generate-question", params={"topic": TOPIC}, token=good),
        service.get(f"generate-question?part={TOPIC}", token=good),
        service.get(TOPIC, token=good),
        service.get("health", headers={"User-Agent": "probe"}, roles=None),
        *(service.get("topics", token=token) for token in bad),
    ]
    # A topic that was asked for belongs into its own answer, and an address into nobody's.
    driven.bodies += [answer.text.replace(TOPIC, "") for answer in answers]


def test_no_canary_is_in_the_logs(driven: Driven) -> None:
    assert "shared.request" in driven.logs or "request method=" in driven.logs
    assert not [canary for canary in CANARIES if canary in driven.logs]


def test_no_token_is_in_the_logs(driven: Driven) -> None:
    assert not [token for token in driven.tokens if token in driven.logs]


def test_no_canary_is_in_an_answer(driven: Driven) -> None:
    assert not [(canary, body) for canary in CANARIES for body in driven.bodies if canary in body]


def test_no_answer_tells_of_the_inside(driven: Driven) -> None:
    inside = ("Traceback", "site-packages", "function_app.py", "127.0.0.1", DEPLOYMENT, "openai")

    assert not [(word, body) for word in inside for body in driven.bodies if word in body.lower()]
