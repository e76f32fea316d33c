"""The body of a chat completion request, in the dialect that a deployment accepts."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, NamedTuple

from pydantic_core import to_json

if TYPE_CHECKING:
    from collections.abc import Mapping

    from shared.generation.ports import Task

ADAPTABLE = ("temperature", "max_completion_tokens", "max_tokens", "response_format")
"""Parameters that a request can do without, or say in another way."""


class Dialect(NamedTuple):
    """What a deployment was found not to accept; a new one accepts everything.

    Reasoning models refuse `temperature`; old API versions know `max_tokens` only; some servers
    and models offer JSON mode without schemas.
    """

    temperature: bool = True
    max_completion_tokens: bool = True
    json_schema: bool = True

    def without(self, parameter: str) -> Dialect | None:
        """Return the dialect that does without a refused parameter; None where there is none."""
        if parameter == "temperature" and self.temperature:
            return self._replace(temperature=False)
        if parameter == "max_completion_tokens" and self.max_completion_tokens:
            return self._replace(max_completion_tokens=False)
        if parameter == "response_format" and self.json_schema:
            return self._replace(json_schema=False)
        return None

    def body(self, model: str, task: Task, max_tokens: int) -> bytes:
        """Return the request body as JSON."""
        messages = [{"role": m.role, "content": m.content} for m in task.messages]
        body: dict[str, Any] = {"model": model, "messages": messages}
        if self.json_schema:
            body["response_format"] = {
                "type": "json_schema",
                "json_schema": {"name": task.name, "strict": True, "schema": task.schema},
            }
        else:
            body["response_format"] = {"type": "json_object"}
            messages.append({"role": "system", "content": _in_words(task.schema)})
        body["max_completion_tokens" if self.max_completion_tokens else "max_tokens"] = max_tokens
        if self.temperature and task.temperature is not None:
            body["temperature"] = task.temperature
        return to_json(body)


def _in_words(schema: Mapping[str, Any]) -> str:
    return f"Answer with one JSON object that fits this JSON schema: {json.dumps(schema)}"
