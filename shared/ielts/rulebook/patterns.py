"""Regular expressions that are compiled when they are first used.

To compile all of the rules' takes as long as to check a hundred questions, and most need few.
"""

from __future__ import annotations

import re
from typing import Any, cast


def pattern(source: str, flags: int = 0) -> re.Pattern[str]:
    """What `re.compile` gives, compiled on first use."""
    return cast("re.Pattern[str]", _Uncompiled(source, flags))


class _Uncompiled:
    def __init__(self, source: str, flags: int) -> None:
        self._source, self._flags = source, flags

    def __getattr__(self, name: str) -> Any:
        """Find a method on the compiled pattern, and keep it for the next time."""
        method = getattr(re.compile(self._source, self._flags), name)
        setattr(self, name, method)
        return method
