"""One record an upstream request: what was asked of which deployment, and what came of it."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from shared.telemetry.active import ACTIVE, REQUEST_ID, TRACE_ID
from shared.telemetry.request_line import Line

if TYPE_CHECKING:
    from shared.azure_openai.observing import Attempt

logger = logging.getLogger("shared.model_call")

LONGEST_CONTENT = 2000
"""Characters of a prompt or an answer that a record holds at most."""


class ModelCallLog:
    """Records attempts; implements the model room's `AttemptObserver`.

    Args:
        prompt_version: of the prompts that are sent.
        with_content: whether records hold prompt and answer; they are somebody's words.

    """

    def __init__(self, prompt_version: str, *, with_content: bool) -> None:
        self._prompt_version = prompt_version
        self._with_content = with_content

    def __call__(self, attempt: Attempt) -> None:
        """Record one attempt. Never raises."""
        try:
            self._line(attempt).log(logger, logging.INFO)
            if ACTIVE.signals is not None:
                ACTIVE.signals.instruments.record_attempt(attempt)
        except Exception:
            logger.exception("telemetry_failed deployment=%s", attempt.deployment)

    def _line(self, attempt: Attempt) -> Line:
        result, usage = attempt.result, attempt.result.usage
        line = Line(
            event="model_call",
            message=f"chat {attempt.deployment} {result.outcome.name}",
            request_id=REQUEST_ID.get(),
            trace_id=TRACE_ID.get(),
            task=attempt.task.name,
            prompt_version=self._prompt_version,
            deployment=attempt.deployment,
            model=result.model or None,
            attempt=attempt.number,
            duration_ms=round(attempt.seconds * 1000, 1),
            outcome=result.outcome.name,
            status=result.status,
            finish_reason=result.finish_reason,
            input_tokens=usage.prompt_tokens if usage else None,
            output_tokens=usage.completion_tokens if usage else None,
        )
        if self._with_content:
            prompt = "\n".join(message.content for message in attempt.task.messages)
            line["prompt"] = prompt[:LONGEST_CONTENT]
            line["answer"] = result.text[:LONGEST_CONTENT]
        return line
