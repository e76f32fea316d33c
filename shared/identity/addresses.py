"""Which addresses keys may come from."""

from __future__ import annotations

from ipaddress import ip_address
from urllib.parse import urlsplit


def is_loopback(url: str) -> bool:
    """Whether the host of the URL is this machine: localhost, 127.0.0.0/8 or ::1."""
    host = urlsplit(url).hostname or ""
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False


def fault_of_address(url: str) -> str | None:
    """Say what keeps an address from being trusted, or None.

    Keys are only as trustworthy as the way they come: https, or plain http on this machine.
    """
    if not (url.isascii() and url.isprintable()) or any(c in url for c in ' \\"<>'):
        return "contains characters that do not belong in a URL"
    try:
        parts = urlsplit(url)
        _ = parts.port  # parsed, and refused, on access
    except ValueError:
        return "is not a URL"
    faults = {
        "must be an https URL": parts.scheme not in {"https", "http"} or not parts.hostname,
        "must not contain credentials": "@" in parts.netloc,
        "must not contain a fragment": "#" in url,
        "must use https; plain http is accepted for loopback addresses only": (
            parts.scheme == "http" and not is_loopback(url)
        ),
    }
    return next((fault for fault, found in faults.items() if found), None)


def may_refer(source: str, target: str) -> bool:
    """Whether keys may be asked for at `target` because a document at `source` says so.

    A distant issuer must not be able to point the service at the machine it runs on.
    """
    return fault_of_address(target) is None and (is_loopback(source) or not is_loopback(target))
