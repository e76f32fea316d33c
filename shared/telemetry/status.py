"""What `GET /manage/status` says of one worker: no secret and no address in it."""

from __future__ import annotations

from datetime import datetime

from pydantic import BaseModel, ConfigDict


class _Status(BaseModel):
    model_config = ConfigDict(defer_build=True)


class DeploymentStatus(_Status):
    """One deployment: its circuit and its queue."""

    name: str
    priority: int
    condition: str
    reason: str | None
    seconds_left: float
    in_flight: int
    waiting: int


class OutboxStatus(_Status):
    """Records on their way to the database."""

    waiting: int
    dropped: int


class ErrorStatus(_Status):
    """One error code that this worker has answered with."""

    code: str
    count: int
    last_at: datetime
    last_request_id: str


class WorkerStatus(_Status):
    """One worker; another answers the next request, perhaps."""

    version: str
    uptime_seconds: float
    deployments: list[DeploymentStatus]
    outbox: OutboxStatus | None
    caches: dict[str, int]
    errors: list[ErrorStatus]
