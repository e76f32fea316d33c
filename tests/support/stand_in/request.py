"""One chat request as the stand-in received it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

CHARACTERS_PER_TOKEN = 4


def tokens_in(text: str) -> int:
    """Rough token count of a text, as published rules of thumb estimate English."""
    return -(-len(text) // CHARACTERS_PER_TOKEN)


@dataclass(frozen=True, slots=True)
class Request:
    """What arrived.

    Attributes:
        number: counts from 1, over all deployments.
        path: without the query string.
        query: the query parameters, the last of each name.
        headers: names in lower case.
        body: the parsed JSON; None where there was none or it could not be parsed.
        arrived_at: time.monotonic() when the last byte was in.

    """

    number: int
    method: str
    path: str
    query: Mapping[str, str]
    headers: Mapping[str, str]
    body: Any
    arrived_at: float

    @property
    def fields(self) -> Mapping[str, Any]:
        """The body where it is a JSON object, otherwise nothing."""
        return self.body if isinstance(self.body, dict) else {}

    @property
    def credential(self) -> str | None:
        """The key or token it came with, from `api-key` or `Authorization: Bearer`."""
        if key := self.headers.get("api-key"):
            return key
        scheme, _, token = self.headers.get("authorization", "").partition(" ")
        return token.strip() if scheme.lower() == "bearer" and token.strip() else None

    @property
    def messages(self) -> list[Mapping[str, Any]]:
        """The conversation; empty where the body has none."""
        messages = self.fields.get("messages")
        return messages if isinstance(messages, list) else []

    @property
    def system_text(self) -> str:
        """The instructions: all system and developer messages."""
        return self._text_of("system", "developer")

    @property
    def user_text(self) -> str:
        """All user messages."""
        return self._text_of("user")

    @property
    def schema(self) -> Mapping[str, Any] | None:
        """The JSON schema asked for, or None."""
        wanted = self.fields.get("response_format")
        if not isinstance(wanted, dict) or wanted.get("type") != "json_schema":
            return None
        schema = (wanted.get("json_schema") or {}).get("schema")
        return schema if isinstance(schema, dict) else None

    @property
    def room(self) -> int | None:
        """The most output tokens that the caller allows, or None."""
        room = self.fields.get("max_completion_tokens", self.fields.get("max_tokens"))
        return room if isinstance(room, int) else None

    @property
    def prompt_tokens(self) -> int:
        """Estimated tokens of the conversation."""
        return sum(tokens_in(str(message.get("content", ""))) + 4 for message in self.messages)

    def _text_of(self, *roles: str) -> str:
        return "\n".join(
            str(message.get("content", ""))
            for message in self.messages
            if message.get("role") in roles
        )
