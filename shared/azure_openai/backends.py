"""What a deployment is, and the settings of this room; built by the composition root."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from pydantic import SecretStr


class Kind(StrEnum):
    """The dialect of HTTP that a backend speaks."""

    AZURE = "azure"
    OPENAI = "openai"


@dataclass(frozen=True, slots=True)
class Backend:
    """One deployment of a model, and where and how it is reached.

    Attributes:
        name: what logs and states call it; unique.
        kind: AZURE, or OPENAI for any OpenAI-compatible server.
        endpoint: AZURE: the resource, "https://RES.openai.azure.com"; OPENAI: the base URL.
        deployment: the Azure deployment, or the model's name.
        api_key: None means managed identity on Azure, and a server without keys elsewhere.
        api_version: present, an Azure backend is asked at its classic `/deployments/` path.
        priority: lower ones are asked first; a higher one takes over when none of them can answer.
        weight: share of the requests among backends of one priority.
        max_concurrency: requests in flight at once; more wait their turn.

    Raises:
        ValueError: something makes no sense; the message names the backend and no value.

    """

    name: str
    kind: Kind
    endpoint: str
    deployment: str
    api_key: SecretStr | None = None
    api_version: str | None = None
    priority: int = 0
    weight: int = 1
    max_concurrency: int = 256

    def __post_init__(self) -> None:
        if not self.endpoint.startswith(("https://", "http://")):
            raise ValueError(f"backend {self.name}: the endpoint must be an http(s) address")
        if not self.deployment:
            raise ValueError(f"backend {self.name}: a deployment is needed")
        if self.weight < 1 or self.max_concurrency < 1:
            raise ValueError(f"backend {self.name}: weight and max_concurrency must be at least 1")
        key = self.api_key.get_secret_value() if self.api_key else ""
        if not (key.isascii() and key.isprintable()):
            raise ValueError(f"backend {self.name}: the API key has characters no header can carry")

    @property
    def uses_identity(self) -> bool:
        """Whether requests carry a managed identity's token instead of a key."""
        return self.kind is Kind.AZURE and not self.api_key


class PressureSettings(NamedTuple):
    """How hard to try, in seconds where nothing else is said.

    Attributes:
        max_attempts: upstream requests for one answer at most.
        attempt_seconds: one attempt at most, so that a hanging deployment leaves time for another.
        connect_seconds: opening a connection at most.
        useful_seconds: with less than this left no attempt is begun.
        max_wait_seconds: a longer wait for quota or a slot, as it is estimated, is not begun; Azure
            counts quota in windows of ten seconds.
        backoff_seconds: base of the exponential backoff between attempts on one deployment.
        max_backoff_seconds: its ceiling.
        failures_to_open: failures in a row after which a deployment is skipped, ...
        failing_seconds: ... if they went on for so long, and twice as long as answers take.
        probe_seconds: after so long a skipped deployment is asked again, by one request.
        token_scope: what a managed identity's token is for.

    """

    max_attempts: int = 6
    attempt_seconds: float = 15.0
    connect_seconds: float = 5.0
    useful_seconds: float = 1.0
    max_wait_seconds: float = 10.0
    backoff_seconds: float = 0.25
    max_backoff_seconds: float = 4.0
    failures_to_open: int = 10
    failing_seconds: float = 1.0
    probe_seconds: float = 10.0
    token_scope: str = "https://cognitiveservices.azure.com/.default"  # noqa: S105 -- an address, not a secret
