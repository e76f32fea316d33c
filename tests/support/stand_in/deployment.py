"""One deployment of the stand-in: its quota, its pace, and how it behaves."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from .quota import Quota

if TYPE_CHECKING:
    from .behaviour import Behaviour, Chooser


@dataclass(slots=True)
class Deployment:
    """Settings may be changed while the server runs; the next request sees them.

    Attributes:
        latency: seconds that every answer takes, refusals by quota excepted.
        unsupported: request parameters answered with 400, as reasoning models do.
        model: the model name in the answers.
        behaviour: how it answers when no script is left; None: as the server does.
        script: behaviours for the next requests to this deployment, one each.

    """

    name: str
    latency: float = 0.0
    quota: Quota = field(default_factory=Quota)
    unsupported: frozenset[str] = frozenset()
    model: str = "gpt-stand-in-2026-01-01"
    behaviour: Chooser | None = None
    script: deque[Behaviour] = field(default_factory=deque)
