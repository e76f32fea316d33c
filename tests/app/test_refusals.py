"""Bad input gets a clear error: its status, its code, a sentence, and the field."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from tests.app.service import Answer, Service

pytestmark = pytest.mark.smoke


def refused(answer: Answer, status: int, code: str) -> dict[str, Any]:
    body: dict[str, Any] = answer.json()
    assert (answer.status_code, body["error"]["code"]) == (status, code), body
    assert body["status"] == "error"
    assert body["message"].endswith(".")
    assert body["request_id"] == answer.headers["X-Request-ID"]
    return body


def post_raw(service: Service, body: bytes, media_type: str = "application/json") -> Answer:
    return service.post("generate-question", content=body, headers={"Content-Type": media_type})


NOT_JSON = [
    b"{",
    b"}",
    b"part=2",
    b"<part>2</part>",
    b"'part'",
    b"{'part': 2}",
    b'{"part": 2',
    b'{"part": 2,}',
    b'{"part": 2}}',
    b'{"part": 2} {"part": 3}',
    b"{part: 2}",
    b'{"part" 2}',
    b'{"part": }',
    b'{"part": 02}',
    b'{"part": +2}',
    b'{"part": 0x2}',
    b'{"part": 2 /* two */}',
    b'{"part": undefined}',
    b'{"topic": "a\nline"}',
    b'{"topic": "\\x41"}',
    b'{"topic": "\\ud800"}',
    b'{"topic": "\\uZZZZ"}',
    b'{"topic": "unclosed}',
    b"\xff\xfe{\x00}\x00",
    b'{"topic": "\xff"}',
    b'{"topic": "\xc3\x28"}',
    b"\x00",
    b" ",
    b"nul",
    b"True",
    b"[" * 1000,
    b'{"a":' * 1000 + b"1" + b"}" * 1000,
    b"[" * 30_000 + b"]" * 30_000,
]


@pytest.mark.parametrize("body", NOT_JSON, ids=lambda body: repr(body[:24]))
def test_a_body_that_is_not_json_is_400(service: Service, body: bytes) -> None:
    refused(post_raw(service, body), 400, "invalid_json")


WRONG_BODIES: list[tuple[bytes, str]] = [
    (b"[]", "body"),
    (b"null", "body"),
    (b"2", "body"),
    (b'"part"', "body"),
    (b"true", "body"),
    (b'[{"part": 2}]', "body"),
    (b'{"part": 0}', "part"),
    (b'{"part": 4}', "part"),
    (b'{"part": -1}', "part"),
    (b'{"part": 99999999999999999999999999}', "part"),
    (b'{"part": 2.0}', "part"),
    (b'{"part": 2.5}', "part"),
    (b'{"part": 1e400}', "part"),
    (b'{"part": NaN}', "part"),
    (b'{"part": Infinity}', "part"),
    (b'{"part": "2"}', "part"),
    (b'{"part": "two"}', "part"),
    (b'{"part": ""}', "part"),
    (b'{"part": null}', "part"),
    (b'{"part": true}', "part"),
    (b'{"part": [2]}', "part"),
    (b'{"part": {"number": 2}}', "part"),
    (b'{"topic": 7}', "topic"),
    (b'{"topic": true}', "topic"),
    (b'{"topic": ["a trip"]}', "topic"),
    (b'{"topic": {"name": "a trip"}}', "topic"),
    (b'{"topic": NaN}', "topic"),
    (b'{"topic": "' + b"x" * 101 + b'"}', "topic"),
    (b'{"topic": "' + b"x" * 2000 + b'"}', "topic"),
    (b'{"count": 0}', "count"),
    (b'{"count": 6}', "count"),
    (b'{"count": -3}', "count"),
    (b'{"count": "3"}', "count"),
    (b'{"count": 1.5}', "count"),
    (b'{"count": true}', "count"),
    (b'{"count": null}', "count"),
    (b'{"seed": -1}', "seed"),
    (b'{"seed": 1.5}', "seed"),
    (b'{"seed": "x"}', "seed"),
    (b'{"seed": 99999999999999999999}', "seed"),
    (b'{"practice_difficulty": "hard"}', "practice_difficulty"),
    (b'{"practice_difficulty": "EASIER"}', "practice_difficulty"),
    (b'{"practice_difficulty": 1}', "practice_difficulty"),
    (b'{"practice_difficulty": "band 7"}', "practice_difficulty"),
    (b'{"avoid": "cooking"}', "avoid"),
    (b'{"avoid": {"topic": "cooking"}}', "avoid"),
    (b'{"avoid": null}', "avoid"),
    (b'{"avoid": ["cooking", 7]}', "avoid[1]"),
    (b'{"avoid": [null]}', "avoid[0]"),
    (b'{"avoid": [["cooking"]]}', "avoid[0]"),
    (b'{"avoid": ["' + b"x" * 1001 + b'"]}', "avoid[0]"),
    (b'{"avoid": [' + b'"x",' * 50 + b'"x"]}', "avoid"),
    (b'{"avoid": [' + (b'"' + b"x" * 100 + b'", ') * 30 + b'"x"]}', "avoid"),
    # one character that is eighteen letters when composed
    (('{"avoid": [' + ", ".join(['"' + "\ufdfa" * 20 + '"'] * 9) + "]}").encode(), "avoid"),
    (('{"avoid": ["' + "\ufdfa" * 60 + '"]}').encode(), "avoid[0]"),
    (('{"topic": "' + "\ufdfa" * 6 + '"}').encode(), "topic"),
    (b'{"Part": 2}', "Part"),
    (b'{"parts": [1, 2]}', "parts"),
    (b'{"part": 2, "level": 7}', "level"),
    (b'{"part": 2, "band": 7.5}', "band"),
    (b'{"__proto__": {"part": 2}}', "__proto__"),
    (b'{"": 1}', "body"),
]


@pytest.mark.parametrize(("body", "field"), WRONG_BODIES, ids=lambda part: repr(part)[:40])
def test_a_wrong_field_in_the_body_is_422_and_named(
    service: Service, body: bytes, field: str
) -> None:
    answer = refused(post_raw(service, body), 422, "invalid_request")

    assert [detail["field"] for detail in answer["error"]["details"]] == [field]
    assert answer["error"]["details"][0]["message"].endswith(".")


WRONG_QUERIES: list[tuple[str, str]] = [
    ("part=0", "part"),
    ("part=4", "part"),
    ("part=two", "part"),
    ("part=2.0", "part"),
    ("part=%00", "part"),
    ("part=2&part=3", "part"),
    ("topic=" + "x" * 101, "topic"),
    ("count=0", "count"),
    ("count=6", "count"),
    ("count=many", "count"),
    ("seed=-1", "seed"),
    ("seed=1.5", "seed"),
    ("practice_difficulty=band7", "practice_difficulty"),
    ("avoid=cooking", "avoid"),
    ("parts=1", "parts"),
    ("part=2&unknown=1", "unknown"),
]


@pytest.mark.parametrize(("query", "field"), WRONG_QUERIES)
def test_a_wrong_parameter_in_the_query_is_422_and_named(
    service: Service, query: str, field: str
) -> None:
    answer = refused(service.get(f"generate-question?{query}"), 422, "invalid_request")

    assert [detail["field"] for detail in answer["error"]["details"]] == [field]


def test_every_wrong_field_has_its_own_detail(service: Service) -> None:
    answer = refused(
        post_raw(service, b'{"part": 9, "topic": 1, "colour": "red"}'), 422, "invalid_request"
    )

    assert {detail["field"] for detail in answer["error"]["details"]} == {
        "part",
        "topic",
        "colour",
    }


def test_input_in_the_query_of_a_post_is_422_rather_than_ignored(service: Service) -> None:
    answer = refused(service.post("generate-question?part=1", json={}), 422, "invalid_request")

    assert answer["error"]["details"] == [
        {"field": "part", "message": "Send this in the JSON body."}
    ]


def test_the_answer_to_thousands_of_unknown_fields_stays_small(service: Service) -> None:
    body = "{" + ",".join(f'"field{number}": 1' for number in range(4000)) + "}"

    answer = post_raw(service, body.encode())

    refused(answer, 422, "invalid_request")
    assert len(answer.content) < 5_000


def test_a_body_over_64_kib_is_413(service: Service) -> None:
    body = b'{"topic": "' + b"x" * (64 * 1024) + b'"}'

    answer = refused(post_raw(service, body), 413, "body_too_large")

    assert "64 KiB" in answer["message"]


def test_a_body_of_64_kib_is_still_read(service: Service) -> None:
    start, end = b'{"part": 1, "seed": 1', b"}"
    body = start + b" " * (64 * 1024 - len(start) - len(end)) + end

    assert post_raw(service, body).status_code == 200


@pytest.mark.parametrize(
    "media_type",
    [
        "text/plain",
        "application/x-www-form-urlencoded",
        "multipart/form-data; boundary=x",
        "application/xml",
        "application/json-patch+json",
        "application/jsonp",
        "text/json",
        "application/json; charset=latin-1",
        "application/json; charset=utf-16",
        "*/*",
        "json",
        "",
    ],
)
def test_a_body_that_is_not_declared_as_json_is_415(service: Service, media_type: str) -> None:
    answer = refused(post_raw(service, b'{"part": 2}', media_type), 415, "unsupported_media_type")

    assert "application/json" in answer["message"] or "UTF-8" in answer["message"]


def test_a_topic_that_the_exam_avoids_is_422_with_suggestions(service: Service) -> None:
    answer = refused(service.ask(part=2, topic="the best way to die"), 422, "unsuitable_topic")

    [detail] = answer["error"]["details"]
    assert detail["field"] == "topic"
    assert "Try one of these:" in detail["message"]


def test_an_address_that_does_not_exist_is_404(service: Service) -> None:
    refused(service.get("no-such-thing"), 404, "not_found")


def test_the_bare_prefix_is_404(service: Service) -> None:
    refused(service.get(""), 404, "not_found")


@pytest.mark.parametrize(
    ("method", "path", "allow"),
    [
        ("DELETE", "generate-question", "GET, POST"),
        ("PUT", "generate-question", "GET, POST"),
        ("PATCH", "generate-question", "GET, POST"),
        ("GET", "generate-test", "POST"),
        ("POST", "topics", "GET"),
        ("POST", "health", "GET"),
        ("POST", "HEALTH", "GET"),
    ],
)
def test_a_method_that_an_address_does_not_take_is_405_with_allow(
    service: Service, method: str, path: str, allow: str
) -> None:
    answer = service.request(method, path)

    refused(answer, 405, "method_not_allowed")
    assert answer.headers["Allow"] == allow
