"""`GET /openapi.json`: the API's description, built when it is first asked for, then kept."""

from __future__ import annotations

import json
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from shared import __version__
from shared.http.files import File

if TYPE_CHECKING:
    from collections.abc import Sequence

    from shared.http.declaration import Declaration

_EXAMPLES = Path(__file__).with_name("api_examples.json")
_INFO = {
    "title": "IELTS Speaking questions",
    "version": __version__,
    "summary": "Authentic questions for all three parts, and whole mock tests.",
    "description": (
        "Send `Authorization: Bearer <token>` with every request but the public ones. Every "
        "answer is JSON: `status` is `success` with `data` and `meta`, or `error` with a sentence "
        "and a code. `docs/frontend.md` shows how to handle each code."
    ),
}


class Description:
    """The OpenAPI document of the declared endpoints.

    Args:
        declarations: of all endpoints; read at first use, when all are declared.

    """

    def __init__(self, declarations: Sequence[Declaration]) -> None:
        self._declarations = declarations

    @cached_property
    def file(self) -> File:
        """The document as it is served, and as it is kept in docs/openapi.json."""
        from shared.http.openapi import Example, describe  # noqa: PLC0415 - not while indexing

        examples = [Example(**given) for given in json.loads(_EXAMPLES.read_bytes())]
        document = describe(self._declarations, examples, info=_INFO, server="/api")
        content = json.dumps(document, indent=2, ensure_ascii=False) + "\n"
        return File(content.encode(), "application/json")
