"""The requests of the load: everyday topics in turn."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from bench.harness.apps import App
    from bench.harness.library import Ask
    from bench.harness.rig import Rig

TOPICS = ("a journey", "a park", "cooking at home", "an old photograph", "music", "a neighbour")


def asking(bench: Rig, app: App, part: int = 2) -> Callable[[int], Ask]:
    """Makes the request of that number: signed in, for this part, on a topic."""
    asks = [app.ask({"part": part, "topic": topic}, bench.signed_in) for topic in TOPICS]
    return lambda number: asks[number % len(asks)]
