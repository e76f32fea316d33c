"""How addresses, keys and rates are written. No error repeats a wrong value: it may be a secret."""

from __future__ import annotations

import ipaddress
import re
from typing import Annotated
from urllib.parse import urlsplit

from pydantic import AfterValidator, BeforeValidator, SecretStr
from pydantic_core import from_json


def _safe_url(url: str) -> str:
    """An https address, or plain http on a loopback address.

    Raises:
        ValueError: anything else, with a sentence that does not repeat the address.

    """
    refusal = ValueError("must be an https:// address (plain http is for loopback addresses only)")
    if not (url.isascii() and url.isprintable()) or " " in url:
        raise refusal
    try:
        parts = urlsplit(url)
        host, _port = parts.hostname or "", parts.port
    except ValueError:
        raise refusal from None
    if parts.username or parts.password:
        raise ValueError("must not contain a user name or password")
    if host and (parts.scheme == "https" or (parts.scheme == "http" and _is_loopback(host))):
        return url
    raise refusal


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _rate(text: str) -> str:
    """A number of requests per unit of time.

    Raises:
        ValueError: anything else.

    """
    if re.fullmatch(r"[1-9][0-9]{0,8}/(second|minute|hour|day)", text) is None:
        raise ValueError("write it as '60/minute': a number, then second, minute, hour or day")
    return text


def _redis_url(url: SecretStr) -> SecretStr:
    """The address of a Redis server, whose password must not show.

    Raises:
        ValueError: anything else, with a sentence that does not repeat it.

    """
    try:
        parts = urlsplit(url.get_secret_value())
        server = parts.scheme in ("redis", "rediss") and parts.hostname and parts.port
        # The client takes no option that it does not know, and finds out at the first request.
        plain = re.fullmatch(r"/?[0-9]*", parts.path) and not parts.query
    except ValueError:
        server = plain = None
    if not server or not plain:
        raise ValueError(
            "must be rediss://[user:password@]host:port[/number], or redis:// without TLS"
        )
    return url


def _database_url(url: SecretStr) -> SecretStr:
    """The address of a database, whose password must not show.

    Raises:
        ValueError: anything else, with a sentence that does not repeat it.

    """
    text = url.get_secret_value()
    is_file = re.fullmatch(r"sqlite(\+aiosqlite)?:///.*[^/]", text)
    if not is_file and not _is_postgres_database(text):
        raise ValueError("must be postgresql://USER[:PASSWORD]@HOST/NAME or sqlite:///PATH")
    return url


def _is_postgres_database(url: str) -> bool:
    try:
        parts = urlsplit(url)
        host, _port = parts.hostname, parts.port
    except ValueError:
        return False
    known = re.fullmatch(r"postgres(ql(\+asyncpg)?)?", parts.scheme)
    return bool(known and host and parts.path.strip("/"))


def _tcp_url(url: str) -> str:
    """tcp://HOST:PORT.

    Raises:
        ValueError: anything else, with a sentence that does not repeat the address.

    """
    parts = urlsplit(url)
    if parts.scheme != "tcp" or not parts.hostname or not parts.port or parts.path:
        raise ValueError("must be tcp://HOST:PORT")
    return url


def _api_key(key: SecretStr) -> SecretStr:
    """A key as an HTTP header can carry it.

    Raises:
        ValueError: it has other characters.

    """
    text = key.get_secret_value()
    if not (text.isascii() and text.isprintable()):
        raise ValueError("has characters that no header can carry")
    return key


def _from_json(value: object) -> object:
    """What a setting says in JSON.

    Raises:
        ValueError: it is no JSON.

    """
    if not isinstance(value, str):
        return value
    try:
        return from_json(value)
    except ValueError:
        raise ValueError("must be JSON") from None


Url = Annotated[str, AfterValidator(_safe_url)]
ApiKey = Annotated[SecretStr, AfterValidator(_api_key)]
Rate = Annotated[str, AfterValidator(_rate)]
RedisUrl = Annotated[SecretStr, AfterValidator(_redis_url)]
DatabaseUrl = Annotated[SecretStr, AfterValidator(_database_url)]
TcpUrl = Annotated[str, AfterValidator(_tcp_url)]
FromJson = BeforeValidator(_from_json)
