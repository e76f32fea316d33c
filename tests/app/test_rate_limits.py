"""Rate limits and quotas as a frontend meets them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from shared.ielts.bank.matching import entries
from shared.ielts.models import Part
from tests.support.running_app import HOST_KINDS
from tests.support.stand_in import DEPLOYMENT, KEY, StandIn, behaviours

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from contextlib import AbstractContextManager

    from tests.app.service import Answer, Service
    from tests.support.issuer import Issuer

SETTINGS = {
    "RATE_LIMIT_GENERATION": "8/day",
    "RATE_LIMIT_READING": "3/day",
    "DAILY_QUOTA_CANDIDATE": "10",
    "DAILY_QUOTA_EXAMINER": "12",
}
RATE = r'"{name}";r={left};t=\d+'


@pytest.fixture(scope="module", params=HOST_KINDS)
def limited(
    request: pytest.FixtureRequest, start: Callable[..., AbstractContextManager[Service]]
) -> Iterator[Service]:
    """The app with tight limits; each test is a subject of its own."""
    with start(request.param, **SETTINGS) as service:
        yield service


@pytest.fixture
def token(request: pytest.FixtureRequest, issuer: Issuer) -> Callable[..., str]:
    """A token of this test's subject, or of a named one beside it."""

    def mint(name: str = "", role: str = "candidate") -> str:
        return issuer.mint(sub=f"{request.node.name}{name}", roles=[role])

    return mint


def ask(service: Service, token: str, **body: object) -> Answer:
    return service.post("generate-question", token=token, json={"part": 1, **body})


def refused(answer: Answer, code: str) -> str:
    """The sentence of a 429 in the error envelope that says when to come back."""
    assert answer.status_code == 429
    assert answer.json()["error"]["code"] == code
    assert answer.json()["request_id"] == answer.headers["X-Request-ID"]
    assert 0 < int(answer.headers["Retry-After"]) <= 86_400
    message: str = answer.json()["message"]
    return message


def test_an_answer_says_what_the_limit_is_and_what_remains(
    limited: Service, token: Callable[..., str]
) -> None:
    answer = limited.get("topics", token=token())

    assert answer.headers["RateLimit-Policy"] == '"reading";q=3;w=86400'
    assert re.fullmatch(RATE.format(name="reading", left=2), answer.headers["RateLimit"])


def test_an_answer_with_items_says_what_remains_of_the_quota_too(
    limited: Service, token: Callable[..., str]
) -> None:
    answer = ask(limited, token(), count=3)

    assert answer.headers["RateLimit-Policy"] == (
        '"generation";q=8;w=86400, "daily-items";q=10;w=86400'
    )
    assert re.fullmatch(
        RATE.format(name="generation", left=7) + ", " + RATE.format(name="daily-items", left=7),
        answer.headers["RateLimit"],
    )


def test_a_request_above_the_rate_is_429_rate_limited(
    limited: Service, token: Callable[..., str]
) -> None:
    answers = [limited.get("topics", token=token()) for _ in range(4)]

    assert [answer.status_code for answer in answers] == [200, 200, 200, 429]
    assert "Try again in" in refused(answers[-1], "rate_limited")
    assert '"reading";r=0;' in answers[-1].headers["RateLimit"]


def test_a_refused_input_counts_against_the_rate_and_not_against_the_quota(
    limited: Service, token: Callable[..., str]
) -> None:
    wrong = ask(limited, token(), count=99)
    right = ask(limited, token())

    assert wrong.status_code == 422
    assert '"generation";r=7;' in wrong.headers["RateLimit"]
    assert '"generation";r=6;' in right.headers["RateLimit"]
    assert '"daily-items";r=9;' in right.headers["RateLimit"]


def test_one_subject_s_limit_is_not_another_s(limited: Service, token: Callable[..., str]) -> None:
    for _ in range(4):
        limited.get("topics", token=token())

    assert limited.get("topics", token=token("another")).status_code == 200


def test_a_subject_s_limit_holds_for_all_its_tokens(
    limited: Service, token: Callable[..., str]
) -> None:
    for role in ("candidate", "examiner", "admin"):
        limited.get("topics", token=token(role=role))

    refused(limited.get("topics", token=token()), "rate_limited")


def test_reading_too_often_does_not_stop_generation(
    limited: Service, token: Callable[..., str]
) -> None:
    for _ in range(4):
        limited.get("topics", token=token())

    assert ask(limited, token()).status_code == 200


def test_the_quota_counts_every_item_and_a_mock_test_as_five(
    limited: Service, token: Callable[..., str]
) -> None:
    test = limited.post("generate-test", token=token(), json={})
    three = ask(limited, token(), count=3)
    too_many = ask(limited, token(), count=3)
    two = ask(limited, token(), count=2)
    none_left = ask(limited, token())

    assert [test.status_code, three.status_code, two.status_code] == [200, 200, 200]
    assert "more than the 2 left of today's 10" in refused(too_many, "quota_exceeded")
    assert "used up today's 10 questions" in refused(none_left, "quota_exceeded")
    assert "renews at midnight UTC, in" in none_left.json()["message"]


def test_an_examiner_has_a_quota_of_their_own(limited: Service, token: Callable[..., str]) -> None:
    answer = ask(limited, token(role="examiner"))

    assert '"daily-items";q=12;' in answer.headers["RateLimit-Policy"]


def test_an_admin_has_no_quota(limited: Service, token: Callable[..., str]) -> None:
    answers = [ask(limited, token(role="admin"), count=5) for _ in range(3)]

    assert [answer.status_code for answer in answers] == [200, 200, 200]
    assert "daily-items" not in answers[0].headers["RateLimit"]


def test_health_is_unlimited(limited: Service) -> None:
    answers = [limited.get("health", roles=None) for _ in range(10)]

    assert {answer.status_code for answer in answers} == {200}
    assert "RateLimit" not in answers[0].headers


def test_who_is_not_let_in_uses_nobody_s_limit(limited: Service, token: Callable[..., str]) -> None:
    for _ in range(4):
        assert limited.get("topics", token=token(role="nobody")).status_code == 403

    assert limited.get("topics", token=token()).status_code == 200


def test_the_log_line_of_a_refused_request_has_its_code(
    limited: Service, token: Callable[..., str]
) -> None:
    for _ in range(4):
        limited.get("topics", token=token())

    assert "error=rate_limited" in limited.logs()


def test_a_failure_of_ours_gives_its_share_of_the_quota_back(
    start: Callable[..., AbstractContextManager[Service]], token: Callable[..., str]
) -> None:
    dead_model = {
        "AZURE_OPENAI_ENDPOINT": "http://127.0.0.1:9",
        "AZURE_OPENAI_DEPLOYMENT": "d",
        "AZURE_OPENAI_API_KEY": "k",
        "GENERATION_DEADLINE_SECONDS": "2",
        "FALLBACK": "error",
    }
    with start("local", **SETTINGS, **dead_model) as service:
        answer = ask(service, token(), count=5)

    assert answer.status_code == 503
    assert '"daily-items";r=10;' in answer.headers["RateLimit"]
    assert '"generation";r=7;' in answer.headers["RateLimit"]


@pytest.mark.parametrize("answer", ["wrong_schema", "refusal"])
def test_what_the_model_answered_is_not_given_back_though_the_answer_was_of_no_use(
    start: Callable[..., AbstractContextManager[Service]],
    token: Callable[..., str],
    stand_in: StandIn,
    answer: str,
) -> None:
    useless_model = {
        "AZURE_OPENAI_ENDPOINT": stand_in.url,
        "AZURE_OPENAI_DEPLOYMENT": DEPLOYMENT,
        "AZURE_OPENAI_API_KEY": KEY,
        "FALLBACK": "error",
    }
    stand_in.behaviour = answer
    with start("local", **SETTINGS, **useless_model) as service:
        failed = ask(service, token(), count=5)
    stand_in.behaviour = "ok"

    assert failed.status_code == 503
    assert '"daily-items";r=5;' in failed.headers["RateLimit"]


def test_what_the_model_wrote_twice_is_not_given_back(
    start: Callable[..., AbstractContextManager[Service]],
    token: Callable[..., str],
    stand_in: StandIn,
) -> None:
    monotonous_model = {
        "AZURE_OPENAI_ENDPOINT": stand_in.url,
        "AZURE_OPENAI_DEPLOYMENT": DEPLOYMENT,
        "AZURE_OPENAI_API_KEY": KEY,
        "FALLBACK": "error",
    }
    item = entries(Part.INTERVIEW)[0].item(Part.INTERVIEW)
    stand_in.behaviour = behaviours.says(item.model_dump_json(include={"questions"}))
    with start("local", **SETTINGS, **monotonous_model) as service:
        failed = ask(service, token(), count=2)
    stand_in.behaviour = "ok"

    assert failed.status_code == 503
    assert '"daily-items";r=8;' in failed.headers["RateLimit"]


def test_a_dead_redis_leaves_each_worker_its_own_limit(
    start: Callable[..., AbstractContextManager[Service]], token: Callable[..., str]
) -> None:
    redis = {"RATE_LIMIT_STORAGE_URL": "redis://u:s3cr3t@127.0.0.1:9", "SUBJECT_KEY": "k"}
    with start("local", **SETTINGS, **redis) as service:
        answers = [service.get("topics", token=token()) for _ in range(4)]

        assert [answer.status_code for answer in answers] == [200, 200, 200, 429]
        assert service.logs().count("rate limit storage does not answer") == 1
        assert "s3cr3t" not in service.logs()
