"""Which database the store is in, and how patiently it is asked."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

Password = Callable[[], Awaitable[str]]

_DRIVERS = {
    "sqlite": "sqlite+aiosqlite",
    "sqlite+aiosqlite": "sqlite+aiosqlite",
    "postgres": "postgresql+asyncpg",
    "postgresql": "postgresql+asyncpg",
    "postgresql+asyncpg": "postgresql+asyncpg",
}


@dataclass(frozen=True, slots=True)
class Database:
    """Where the store is.

    Attributes:
        url: "sqlite:///PATH" or "postgresql://USER[:PASSWORD]@HOST/NAME"; never printed. `sslmode`
            of the query is libpq's: "disable", "require" or "verify-full", which is the default
            for any host but this machine.
        timeout: the most that one call may take, in seconds.
        pool_size: connections of one worker.
        password: gives the password each time a connection is made (an Entra ID token, which
            expires); None to use the one in the URL.

    Raises:
        ValueError: neither SQLite nor PostgreSQL.

    """

    url: str = field(repr=False)
    timeout: float = 0.5
    pool_size: int = 5
    password: Password | None = field(default=None, repr=False)

    def __post_init__(self) -> None:
        """Name the driver, whatever way the URL was written."""
        scheme, separator, rest = self.url.partition("://")
        if not separator or scheme not in _DRIVERS or not rest.strip("/"):
            raise ValueError("must be sqlite:///PATH or postgresql://USER[:PASSWORD]@HOST/NAME")
        object.__setattr__(self, "url", f"{_DRIVERS[scheme]}://{rest}")

    @property
    def embedded(self) -> bool:
        """Whether it is a file of this machine, which the app itself creates and migrates."""
        return self.url.startswith("sqlite")

    @property
    def path(self) -> Path:
        """The embedded database's file."""
        return Path(self.url.partition(":///")[2])

    @property
    def sslmode(self) -> str:
        """How the connection is secured."""
        parts = urlsplit(self.url)
        local = parts.hostname in {None, "localhost", "127.0.0.1", "::1"}
        return dict(parse_qsl(parts.query)).get("sslmode", "disable" if local else "verify-full")

    @property
    def address(self) -> str:
        """The URL as the driver takes it: without `sslmode`, which is libpq's."""
        parts = urlsplit(self.url)
        if self.embedded:
            return self.url
        query = [(name, value) for name, value in parse_qsl(parts.query) if name != "sslmode"]
        return urlunsplit(parts._replace(query=urlencode(query)))
