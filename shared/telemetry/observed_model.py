"""A question model whose every answer is a span and a few figures.

Attributes: https://opentelemetry.io/docs/specs/semconv/gen-ai/gen-ai-spans/
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

from opentelemetry.trace import StatusCode

from shared.generation.ports import ModelError

if TYPE_CHECKING:
    from opentelemetry.trace import Span

    from shared.deadline import Deadline
    from shared.generation.ports import Effort, ModelAnswer, QuestionModel, Task, Usage
    from shared.telemetry.signals import Signals


class ObservedModel:
    """Implements `QuestionModel` by another one.

    Args:
        model: what answers.
        signals: where it is recorded.
        provider: `gen_ai.provider.name`: "azure.ai.openai" or "openai".

    """

    def __init__(self, model: QuestionModel, signals: Signals, provider: str) -> None:
        self._model = model
        self._signals = signals
        self._common = {
            "gen_ai.operation.name": "chat",
            "gen_ai.provider.name": provider,
        }

    async def answer(self, task: Task, deadline: Deadline) -> ModelAnswer:
        """Answer the task. Raises as the model does."""
        asked = {
            **self._common,
            # The provider's older name, by which Application Insights knows a GenAI call.
            "gen_ai.system": self._common["gen_ai.provider.name"],
            "gen_ai.output.type": "json",
            "gen_ai.request.max_tokens": task.max_output_tokens,
            "ielts.task": task.name,
        }
        started = time.perf_counter()
        with self._signals.model_span(asked) as span:
            try:
                answer = await self._model.answer(task, deadline)
            except ModelError as error:
                self._record(span, started, error.effort, error=error.reason)
                raise
            span.set_attribute("gen_ai.response.model", answer.model)
            self._record(span, started, answer.effort, answer.usage)
            return answer

    def _record(
        self,
        span: Span,
        started: float,
        effort: Effort,
        usage: Usage | None = None,
        error: str | None = None,
    ) -> None:
        deployment = effort.deployment or "none"
        span.update_name(f"chat {deployment}")
        tokens = {}
        if usage is not None:
            tokens = {"input": usage.prompt_tokens, "output": usage.completion_tokens}
        attributes: dict[str, Any] = {**self._common, "gen_ai.request.model": deployment}
        if error is not None:
            attributes["error.type"] = error
            span.set_status(StatusCode.ERROR)
        span.set_attributes(
            {
                **attributes,
                **{f"gen_ai.usage.{kind}_tokens": count for kind, count in tokens.items()},
                "ielts.attempts": effort.attempts,
                "ielts.wait_ms": round(effort.wait_ms, 1),
            }
        )
        seconds = time.perf_counter() - started
        self._signals.instruments.record_answer(seconds, effort.wait_ms, tokens, attributes)
