"""The requests of the load, everyday topics in turn, and whose the answers are."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from bench.harness.apps import App
    from bench.harness.library import Ask
    from bench.harness.rig import Rig

OK = 200
TOPICS = ("a journey", "a park", "cooking at home", "an old photograph", "music", "a neighbour")


def asking(bench: Rig, app: App, part: int = 2) -> Callable[[int], Ask]:
    """Makes the request of that number: signed in, for this part, on a topic."""
    asks = [app.ask({"part": part, "topic": topic}, bench.signed_in) for topic in TOPICS]
    return lambda number: asks[number % len(asks)]


def from_model(status: int, body: bytes) -> bool:
    """Whether the model wrote all of an answer; a peer, which names no source, has no other."""
    return status == OK and body.count(b'"source":') == body.count(b'"source":"model"')
