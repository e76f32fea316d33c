"""Ask a running app, here or deployed, and print what it answers.

    python -m tools.ask --part 2 --topic "a memorable trip"
    python -m tools.ask --test
    BASE_URL=https://APP.azurewebsites.net TOKEN=... python -m tools.ask

Without BASE_URL it asks http://localhost:7071, and without TOKEN it mints a local one.
"""

from __future__ import annotations

import argparse
import os
import re
import sys
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import httpx2

from tools.mint_token import mint
from tools.terminal import Paper

if TYPE_CHECKING:
    from collections.abc import Iterable

LOCAL = "http://localhost:7071"
_LOOPBACK = {"localhost", "127.0.0.1", "::1"}
_TIMEOUT_SECONDS = 60
_OK = 200
_PART_NAMES = {1: "Interview", 2: "Long turn", 3: "Discussion"}


class AskError(Exception):
    """There is no answer to print; the message says why and what to do."""


def main(arguments: list[str] | None = None) -> int:
    """Ask as the command line says, and return the exit status."""
    parser = argparse.ArgumentParser(description="Ask a running app for a question or a test.")
    parser.add_argument("--test", action="store_true", help="a whole mock test")
    parser.add_argument("--part", type=int, choices=(1, 2, 3), default=2)
    parser.add_argument("--topic", default="", help="one of the catalogue where left out")
    options = parser.parse_args(arguments)
    body: dict[str, Any] = {"topic": options.topic} if options.topic else {}
    paper = Paper.for_stream(sys.stdout)
    try:
        if options.test:
            answer = ask("generate-test", body)
            lines = _test_lines(answer["data"], paper)
        else:
            answer = ask("generate-question", {"part": options.part, **body})
            lines = _question_lines(answer["data"], paper)
    except AskError as error:
        print(error, file=sys.stderr)
        return 1
    print("\n".join(["", *lines, "", paper.faint(_origin(answer["meta"])), ""]))
    return 0


def ask(endpoint: str, body: dict[str, Any]) -> dict[str, Any]:
    """POST the body to the endpoint; the answer's envelope.

    Raises:
        AskError: no answer, an error, no token for an app that is not on this machine, or an
            address or a token that is none.

    """
    base_url = _base_url()
    headers = {"Authorization": f"Bearer {_token(base_url)}"}
    try:
        response = httpx2.post(
            f"{base_url}/api/{endpoint}", json=body, headers=headers, timeout=_TIMEOUT_SECONDS
        )
    except httpx2.HTTPError as error:
        start = " Start it with 'make run'." if _is_local(base_url) else ""
        raise AskError(f"Nothing answers at {base_url}.{start}") from error
    try:
        answer = response.json()
    except ValueError:
        answer = None
    if not isinstance(answer, dict) or "status" not in answer:
        raise AskError(f"{base_url} answers, but is not this service.")
    if response.status_code != _OK:
        raise AskError(_sentence(answer))
    return answer


def _base_url() -> str:
    given = os.environ.get("BASE_URL", "").rstrip("/") or LOCAL
    try:
        address = urlsplit(given)
    except ValueError:
        address = urlsplit("")
    if address.scheme not in {"http", "https"} or not address.hostname:
        raise AskError(f"BASE_URL is not an address such as https://APP.azurewebsites.net: {given}")
    return given


def _token(base_url: str) -> str:
    given = os.environ.get("TOKEN", "").strip()
    if given:
        if not re.fullmatch(r"[\x21-\x7e]+", given):
            raise AskError("TOKEN is not an access token: it has characters that none has.")
        return given
    if not _is_local(base_url):
        raise AskError(f"Set TOKEN to an access token of {base_url}.")
    return mint(["candidate"])


def _is_local(base_url: str) -> bool:
    return urlsplit(base_url).hostname in _LOOPBACK


def _sentence(answer: dict[str, Any]) -> str:
    details = answer.get("error", {}).get("details", [])
    sentences = [str(answer.get("message")), *(detail["message"] for detail in details)]
    return "\n".join([*sentences, f"(request {answer.get('request_id')})"])


def _question_lines(data: dict[str, Any], paper: Paper) -> Iterable[str]:
    yield from paper.title(f"Part {data['part']} · {_PART_NAMES[data['part']]}", data["topic"])
    if card := data.get("cue_card"):
        yield from paper.card(card["describe"], card["bullets"], card["closing"])
        yield ""
        yield paper.faint("Afterwards")
        yield from paper.numbered(data["rounding_off"])
    for theme in data.get("themes", ()):
        yield from ("", paper.bold(theme["theme"]))
        yield from paper.numbered(theme["questions"])
    if "questions" in data:
        yield ""
        yield from paper.numbered(data["questions"])


def _test_lines(data: dict[str, Any], paper: Paper) -> Iterable[str]:
    minutes = data["minutes"]
    yield from paper.title("Mock test", f"{minutes['least']} to {minutes['most']} minutes")
    part = None
    for step in data["steps"]:
        if step["part"] != part:
            part = step["part"]
            yield from ("", paper.heading(f"Part {part} · {_PART_NAMES[part]}"))
        yield ""
        yield from paper.said(step["says"], paper.faint(f"[{_seconds(step['seconds'])}]"))
        card = step.get("cue_card")
        if card and step["kind"] == "card":
            yield from paper.card(card["describe"], card["bullets"], card["closing"])
        yield from paper.numbered(step.get("questions") or ())


def _seconds(step: dict[str, int]) -> str:
    least, most = step["least"], step["most"]
    return f"{most} s" if least == most else f"{least} to {most} s"


def _origin(meta: dict[str, Any]) -> str:
    model = f" ({meta['model']})" if meta.get("model") else ""
    missed = " The topic was not to be had." if meta.get("topic_matched") is False else ""
    return f"Source: {meta['source']}{model}.{missed} Request {meta['request_id']}."


if __name__ == "__main__":
    sys.exit(main())
