"""What arrives at Application Insights, in each set-up that exports."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pytest

from tests.support.ingestion import Arrived, Ingestion, properties_of
from tests.support.stand_in import DEPLOYMENT, KEY, behaviours
from tests.telemetry.starting import EXPORTING, GOOD_ANSWER

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.support.issuer import Issuer
    from tests.support.stand_in import StandIn
    from tests.telemetry.starting import Start

TRACE = "0af7651916cd43dd8448eb211c80319c"
FAILED_TRACE = "1bf7651916cd43dd8448eb211c80319d"
TOPIC = "a zebra crossing"

LINE_FIELDS = {
    "event": "request",
    "method": "POST",
    "route": "generate-question",
    "status": "200",
    "roles": "candidate",
    "user_agent": "frontend/1",
    "source": "model",
    "deployment": DEPLOYMENT,
    "attempts": "2",
    "repairs": "0",
    "trace_id": TRACE,
    "logger_name": "shared.request",
}


@dataclass
class Exported:
    """One run of the app: a question at the second attempt, a refused token, an accident."""

    arrived: Arrived
    secrets: list[str]
    upstream_trace_parents: list[str]
    logs: str

    def line(self, request_id: str) -> dict[str, Any]:
        [line] = self.arrived.lines(request_id=request_id)
        return line

    def span(self, name: str) -> dict[str, Any]:
        [span] = [s for s in self.spans() if s["data"]["baseData"]["name"] == name]
        return span

    def spans(self) -> list[dict[str, Any]]:
        return self.arrived.spans(TRACE)

    def attempts(self) -> list[dict[str, Any]]:
        name = "POST /openai/v1/chat/completions"
        return [s for s in self.spans() if s["data"]["baseData"]["name"] == name]


@pytest.fixture(scope="module", params=EXPORTING, ids=lambda param: param[1].name)
def exported(
    request: pytest.FixtureRequest, start: Start, stand_in: StandIn, issuer: Issuer
) -> Iterator[Exported]:
    kind, set_up = request.param
    stand_in.clear()
    stand_in.script([behaviours.status(503), behaviours.says(GOOD_ANSWER)])
    forged = issuer.mint(aud="api://somebody-else")
    with Ingestion() as ingestion:
        with start(kind, **set_up.settings(ingestion.connection_string)) as service:
            token = service.token_for("candidate")
            service.post(
                "generate-question",
                json={"part": 1, "topic": TOPIC},
                token=token,
                headers={
                    "X-Request-ID": "question",
                    "User-Agent": "frontend/1",
                    "traceparent": f"00-{TRACE}-b7ad6b7169203331-01",
                },
            )
            service.get("topics", token=forged, headers={"X-Request-ID": "refused"})
            service.get(
                "boom",
                headers={
                    "X-Request-ID": "accident",
                    "X-Words": "s3cr3t-words",
                    "traceparent": f"00-{FAILED_TRACE}-b7ad6b7169203331-01",
                },
            )
            ingestion.wait_for(
                lambda got: (
                    got.lines(request_id="accident")
                    and len(got.of("RequestData")) >= 3
                    and got.lines("unhandled_error")
                    and "ielts.request.duration" in got.metrics()
                )
            )
            logs = service.logs()
        # What was under way when the process was told to stop has arrived, too.
        yield Exported(
            Arrived(ingestion.items),
            [token, forged, KEY, TOPIC, stand_in.url, issuer.url],
            [sent.headers.get("traceparent", "") for sent in stand_in.requests],
            logs,
        )


def test_the_canonical_line_has_every_field(exported: Exported) -> None:
    fields = properties_of(exported.line("question"))

    assert LINE_FIELDS.items() <= fields.items()
    assert len(fields["subject"]) == 16
    assert float(fields["duration_ms"]) > 0
    assert float(fields["wait_ms"]) >= 0
    assert int(fields["tokens"]) > 0
    assert fields["invocation_id"]


def test_a_refused_request_leaves_a_line_with_its_error_code(exported: Exported) -> None:
    fields = properties_of(exported.line("refused"))

    assert fields["status"] == "401"
    assert fields["error"] == "unauthorized"
    assert fields["token"] == "wrong_audience"


def test_nothing_arrives_twice(exported: Exported) -> None:
    requests = Counter(properties_of(line)["request_id"] for line in exported.arrived.lines())
    spans = Counter(span["data"]["baseData"]["id"] for span in exported.spans())

    assert requests == Counter(["question", "refused", "accident"])
    assert set(spans.values()) == {1}


def test_every_line_of_the_log_has_arrived(exported: Exported) -> None:
    written = [line for line in exported.logs.splitlines() if " shared." in line]
    ours = exported.arrived.of("MessageData") + exported.arrived.of("ExceptionData")

    assert len(ours) == len(written)


def test_every_attempt_leaves_a_model_call_record(exported: Exported) -> None:
    calls = exported.arrived.lines("model_call")
    first, second = (properties_of(call) for call in calls)

    assert (first["outcome"], first["status"], first["attempt"]) == ("server_error", "503", "1")
    assert (second["outcome"], second["status"], second["attempt"]) == ("answer", "200", "2")
    assert second["finish_reason"] == "stop"
    assert second["request_id"] == "question"
    assert second["task"] == "interview"
    assert second["prompt_version"]
    assert int(second["input_tokens"]) > 0
    assert int(second["output_tokens"]) > 0


def test_request_line_and_dependencies_share_the_callers_operation_id(exported: Exported) -> None:
    kinds = Counter(span["data"]["baseType"] for span in exported.spans())
    lines = [exported.line("question"), *exported.arrived.lines("model_call")]

    assert kinds["RequestData"] == 1
    assert len(exported.attempts()) == 2
    assert {line["tags"]["ai.operation.id"] for line in lines} == {TRACE}


def test_each_span_has_the_right_parent(exported: Exported) -> None:
    request = exported.span("POST generate-question")
    chat = exported.span(f"chat {DEPLOYMENT}")

    assert chat["tags"]["ai.operation.parentId"] == request["data"]["baseData"]["id"]
    for attempt in exported.attempts():
        assert attempt["tags"]["ai.operation.parentId"] == chat["data"]["baseData"]["id"]


def test_the_trace_reaches_the_model(exported: Exported) -> None:
    ids = [attempt["data"]["baseData"]["id"] for attempt in exported.attempts()]

    assert exported.upstream_trace_parents == [f"00-{TRACE}-{id_}-01" for id_ in ids]


def test_an_attempts_span_has_its_own_status(exported: Exported) -> None:
    results = [attempt["data"]["baseData"]["resultCode"] for attempt in exported.attempts()]

    assert sorted(results) == ["200", "503"]


def test_the_models_span_follows_the_genai_conventions(exported: Exported) -> None:
    chat = exported.span(f"chat {DEPLOYMENT}")["data"]["baseData"]

    assert chat["type"] == "GenAI | azure.ai.openai"
    assert {
        "gen_ai.operation.name": "chat",
        "gen_ai.provider.name": "azure.ai.openai",
        "gen_ai.request.model": DEPLOYMENT,
        "gen_ai.output.type": "json",
        "ielts.attempts": "2",
    }.items() <= chat["properties"].items()
    assert chat["properties"]["gen_ai.response.model"]
    assert int(chat["properties"]["gen_ai.usage.input_tokens"]) > 0
    assert int(chat["properties"]["gen_ai.usage.output_tokens"]) > 0


def test_an_unforeseen_error_is_an_exception_of_the_same_operation(exported: Exported) -> None:
    [accident] = exported.arrived.of("ExceptionData")
    [details] = accident["data"]["baseData"]["exceptions"]

    assert accident["tags"]["ai.operation.id"] == FAILED_TRACE
    assert details["typeName"] == "RuntimeError"
    assert "in boom" in details["stack"]
    assert properties_of(accident)["request_id"] == "accident"


def test_a_request_that_failed_is_marked_as_failed(exported: Exported) -> None:
    [request] = [s for s in exported.arrived.spans(FAILED_TRACE) if "Request" in s["name"]]

    assert request["data"]["baseData"]["responseCode"] == "500"
    assert request["data"]["baseData"]["success"] is False


def test_no_secret_token_topic_or_address_arrives(exported: Exported) -> None:
    everything = exported.arrived.text()

    for secret in (*exported.secrets, "s3cr3t", "127.0.0.1", "You are", "someone"):
        assert secret not in everything


def test_nor_is_any_of_them_logged(exported: Exported) -> None:
    ours = "\n".join(line for line in exported.logs.splitlines() if " shared." in line)

    for secret in (*exported.secrets, "someone"):
        assert secret not in ours
    assert "s3cr3t" not in exported.logs


def test_the_sdks_own_lines_stay_out(exported: Exported) -> None:
    lines = exported.arrived.of("MessageData")

    assert {properties_of(line)["logger_name"].split(".")[0] for line in lines} == {"shared"}


@pytest.mark.parametrize(
    ("name", "attributes"),
    [
        ("ielts.request.duration", {"http.route": "topics", "http.response.status_code": "401"}),
        ("ielts.generation.duration", {"http.route": "generate-question", "source": "model"}),
        ("ielts.questions", {"source": "model"}),
        ("ielts.upstream.attempts", {"outcome": "server_error", "status": "503"}),
        ("ielts.upstream.attempts", {"outcome": "answer", "status": "200"}),
        ("ielts.upstream.wait", {"deployment": DEPLOYMENT}),
        ("ielts.upstream.in_flight", {"deployment": DEPLOYMENT}),
        ("ielts.upstream.waiting", {"deployment": DEPLOYMENT}),
        ("ielts.circuit.open", {"deployment": DEPLOYMENT}),
        ("gen_ai.client.operation.duration", {"gen_ai.request.model": DEPLOYMENT}),
        ("gen_ai.client.token.usage", {"gen_ai.token.type": "input"}),
        ("gen_ai.client.token.usage", {"gen_ai.token.type": "output"}),
    ],
)
def test_metrics_arrive_by_name_and_attributes(
    exported: Exported, name: str, attributes: dict[str, str]
) -> None:
    points = exported.arrived.metrics().get(name, [])

    assert any(attributes.items() <= point.items() for point in points)
