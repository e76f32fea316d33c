"""Secrets, tokens, topics and addresses are put in everywhere, and must come out nowhere.

The app is driven down every error path with all its outputs switched on: the standard streams, as
text and as JSON, a log file, Logstash, and Application Insights.
"""

from __future__ import annotations

from collections import defaultdict
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, NamedTuple

import pytest

from shared.errors import ApiError
from tests.support.running_app import HOST_KINDS, HostKind
from tests.support.stand_in import Behaviour, StandIn, behaviours, protocol
from tests.telemetry.outputs import every_output

if TYPE_CHECKING:
    from tests.app.service import Answer, Service
    from tests.support.issuer import Issuer
    from tests.telemetry.starting import Start

API_KEY = "canary-api-key-5a1f"
SUBJECT_KEY = "canary-subject-key-77c2"
PASSWORD = "canary-password-41d9"
PERSON = "canary.person@mail.example"
TOPIC = "zeppelins of the canary coast"
UNSUITABLE = "suicide in a zeppelin"
IDEMPOTENCY_KEY = "canary-idempotency-key"
AGENT = "QBot (+mailto:canary-bot@mail.example) canary_bots_token_0123456789abcdef"
ROLE = "canary.role@mail.example status=200"
UPSTREAM_ERROR = "canary: an upstream detail"
INSTRUCTIONS = "You write"
"""As the instructions to the model begin."""
CANARIES = (
    API_KEY,
    SUBJECT_KEY,
    PASSWORD,
    PERSON,
    "zeppelin",
    IDEMPOTENCY_KEY,
    "canary-bot",
    "canary_bots_token",
    "canary.role",
    UPSTREAM_ERROR,
    INSTRUCTIONS,
)
NOWHERE = "127.0.0.1:9"
DEPLOYMENT = "behind-the-scenes"
INSIDE = ("traceback", "site-packages", "function_app.py", "127.0.0.1", DEPLOYMENT, "openai")


def failing(status: int) -> Behaviour:
    """An error whose every word quotes the caller."""
    said = f"{UPSTREAM_ERROR} on {TOPIC}"
    return Behaviour("failing", lambda *_: protocol.azure_error(status, said, said))


class App(NamedTuple):
    """One app: how it is set up, and what its model does, one after the other."""

    settings: dict[str, str]
    model: tuple[str | Behaviour, ...] = ("ok",)


ANSWERING = App(
    {},
    (
        "ok",
        "content_filter_prompt",
        "content_filter_completion",
        "refusal",
        "wrong_schema",
        "garbage",
        "obedient",
        failing(400),
    ),
)
AS_JSON = App({"LOG_FORMAT": "json"}, ("ok", "content_filter_prompt", failing(400)))
FAULTS = (
    App({}, ("html", failing(500))),
    App({"FALLBACK": "error"}, ("truncated_json", "reset")),
    App({"LOG_FORMAT": "json"}, ("rate_limited",)),
    App({"FALLBACK": "error", "LOG_FORMAT": "json"}, ("unauthorized",)),
    App({}, ("forbidden",)),
    App({}, ("not_found",)),
)
"""Each in an app of its own: these open the circuit, or set the deployment aside."""
LIMITED = App({"RATE_LIMIT_GENERATION": "5/day", "DAILY_QUOTA_CANDIDATE": "3"})
FORGETFUL = App(
    {
        "DATABASE_URL": f"postgresql://app:{PASSWORD}@{NOWHERE}/none",
        "RATE_LIMIT_STORAGE_URL": f"redis://app:{PASSWORD}@{NOWHERE}",
    }
)
WITHOUT_KEYS = App({"AUTH_JWKS_URL": f"http://{NOWHERE}/keys"})
APPS: dict[HostKind, tuple[App, ...]] = {
    "local": (ANSWERING, AS_JSON, *FAULTS, LIMITED, FORGETFUL, WITHOUT_KEYS),
    "worker": (ANSWERING, LIMITED),
}
LEFT_OUT: dict[HostKind, set[str]] = {
    "local": set(),
    "worker": {"unavailable", "store_unavailable"},
}
"""Error codes that the host's apps have no occasion for."""


class Driven:
    """A service that has been driven down every error path, and what it said."""

    def __init__(self, host: HostKind) -> None:
        self.host = host
        self.answers: list[Answer] = []
        self.tokens: list[str] = []
        self.written: defaultdict[str, str] = defaultdict(str)

    @property
    def generated(self) -> list[Answer]:
        """Those that hold questions."""
        return [answer for answer in self.answers if "source" in answer.json().get("meta", {})]

    @property
    def bodies(self) -> list[str]:
        """A topic that was asked for belongs into its own answer; an address into nobody's."""
        return [answer.text.replace(TOPIC, "") for answer in self.answers]


@pytest.fixture(scope="module", params=HOST_KINDS)
def driven(
    request: pytest.FixtureRequest,
    start: Start,
    issuer: Issuer,
    tmp_path_factory: pytest.TempPathFactory,
) -> Driven:
    driven = Driven(request.param)
    with StandIn((DEPLOYMENT,), keys=(API_KEY,)) as stand_in:
        for app in APPS[driven.host]:
            folder = tmp_path_factory.mktemp("outputs")
            with every_output(folder) as outputs:
                settings = {
                    "AZURE_OPENAI_ENDPOINT": stand_in.url,
                    "AZURE_OPENAI_DEPLOYMENT": DEPLOYMENT,
                    "AZURE_OPENAI_API_KEY": API_KEY,
                    "SUBJECT_KEY": SUBJECT_KEY,
                    "GENERATION_DEADLINE_SECONDS": "3",
                    "RATE_LIMIT_GENERATION": "1000/minute",
                    **outputs.settings,
                    **app.settings,
                }
                with start(request.param, **settings) as service:
                    for behaviour in app.model:
                        stand_in.behaviour = behaviour
                        drive(service, issuer, driven)
                    if app is ANSWERING:
                        stand_in.behaviour = behaviours.latency(0.5)
                        drive_into_another(service, issuer, driven)
                    driven.written[f"stdout {app.settings.get('LOG_FORMAT')}"] += service.logs()
                for output, text in outputs.written().items():
                    driven.written[output] += text
    return driven


def drive(service: Service, issuer: Issuer, driven: Driven) -> None:
    good = issuer.mint(sub=PERSON)
    bad = [issuer.mint(sub=PERSON, exp=1), issuer.mint(sub=PERSON, aud="x"), f"{good}x", "x.y.z"]
    roleless = issuer.mint(sub=PERSON, roles=[])
    of_another_role = issuer.mint(sub=PERSON, roles=["candidate", ROLE])
    driven.tokens += [good, *bad, roleless, of_another_role]
    key = {"Idempotency-Key": IDEMPOTENCY_KEY}
    driven.answers += [
        service.post("generate-question", json={"topic": TOPIC}, token=good),
        service.post("generate-question", json={"topic": TOPIC}, token=good, headers=key),
        service.post("generate-question", json={"avoid": [TOPIC]}, token=good, headers=key),
        service.post("generate-question", json={"topic": TOPIC, "count": 5}, token=good),
        service.post("generate-question", json={"topic": TOPIC, "x": TOPIC}, token=good),
        service.post("generate-question", json={"topic": UNSUITABLE}, token=good),
        service.post(
            "generate-question",
            content=f'{{"topic": "{TOPIC}'.encode(),
            token=good,
            headers={"Content-Type": "application/json"},
        ),
        service.post("generate-question", content=TOPIC.encode() * 4000, token=good),
        service.post(
            "generate-question",
            content=TOPIC.encode(),
            token=good,
            headers={"Content-Type": f"text/{TOPIC}"},
        ),
        service.post("generate-test", json={"topic": TOPIC}, token=good),
        service.get("generate-question", params={"topic": TOPIC}, token=good),
        service.get(f"generate-question?part={TOPIC}", token=good),
        service.get(TOPIC, token=good),
        service.get(f"tests/{TOPIC}", token=good),
        service.get("history", token=good),
        service.request("PUT", "topics", content=TOPIC.encode(), token=good),
        service.get("topics", token=roleless),
        service.get("topics", token=of_another_role, headers={"User-Agent": AGENT}),
        service.get("topics", roles=None, headers={"X-Request-ID": TOPIC}),
        service.get("boom", roles=None, headers={"X-Words": f"{TOPIC} {PASSWORD}"}),
        *(service.get("topics", token=token) for token in bad),
    ]


def drive_into_another(service: Service, issuer: Issuer, driven: Driven) -> None:
    """Send a request while the first with its key is under way."""
    token = issuer.mint(sub=PERSON)
    driven.tokens.append(token)

    def ask(_: int) -> Answer:
        key = {"Idempotency-Key": f"{IDEMPOTENCY_KEY}-of-two"}
        return service.post("generate-question", json={"topic": TOPIC}, token=token, headers=key)

    with ThreadPoolExecutor(4) as several:
        driven.answers += several.map(ask, range(4))


def codes_of(error: type[ApiError]) -> set[str]:
    """The codes of the error and of all that are made of it."""
    own = {error.code} if "code" in vars(error) else set()
    return own.union(*map(codes_of, error.__subclasses__()))


def test_every_error_of_the_tree_was_driven_into(driven: Driven) -> None:
    answered = {answer.json()["error"]["code"] for answer in driven.answers if answer.is_error}

    assert answered | LEFT_OUT[driven.host] == codes_of(ApiError)


def test_every_output_has_got_the_requests(driven: Driven) -> None:
    assert driven.written
    for output, text in driven.written.items():
        for code in ("unauthorized", "invalid_request", "internal_error"):
            assert code in text, output


def test_the_topic_has_reached_the_model(driven: Driven) -> None:
    assert any(answer.json()["meta"]["source"] == "model" for answer in driven.generated)


def test_no_canary_is_in_any_output(driven: Driven) -> None:
    assert not [
        (canary, output)
        for canary in CANARIES
        for output, text in driven.written.items()
        if canary in text
    ]


def test_no_token_is_in_any_output(driven: Driven) -> None:
    assert not [
        (token, output)
        for token in driven.tokens
        for output, text in driven.written.items()
        if token in text
    ]


def test_no_canary_is_in_an_answer(driven: Driven) -> None:
    assert not [(canary, body) for canary in CANARIES for body in driven.bodies if canary in body]


def test_no_answer_tells_of_the_inside(driven: Driven) -> None:
    assert not [(word, body) for word in INSIDE for body in driven.bodies if word in body.lower()]
