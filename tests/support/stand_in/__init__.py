"""A stand-in for Azure OpenAI: a real HTTP server that can answer, refuse and misbehave.

For tests: `StandIn`. For people and benches: `python -m tests.support.stand_in --help`.
"""

from . import behaviours
from .behaviour import BEHAVIOURS, Behaviour
from .deployment import Deployment
from .garbage import GARBAGE
from .quota import Quota
from .request import Request
from .stand_in import DEPLOYMENT, KEY, StandIn

__all__ = [
    "BEHAVIOURS",
    "DEPLOYMENT",
    "GARBAGE",
    "KEY",
    "Behaviour",
    "Deployment",
    "Quota",
    "Request",
    "StandIn",
    "behaviours",
]
