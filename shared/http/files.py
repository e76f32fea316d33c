"""Answers that are files: pages and documents, revalidated by their ETag."""

from __future__ import annotations

import asyncio
import mimetypes
from dataclasses import dataclass, field
from functools import cached_property
from hashlib import sha256
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import azure.functions as func

from shared.errors import NotFound

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from shared.http.call import Call

_MEDIA_TYPES = {".js": "text/javascript", ".json": "application/json"}
_HERE = b'<base href="./">'


@dataclass(frozen=True)
class File:
    """What a handler answers with instead of a Reply.

    Attributes:
        content: the bytes as they are sent.
        media_type: without a charset: the worker adds UTF-8 to text.
        headers: beside those that every file carries.

    """

    content: bytes = field(repr=False)
    media_type: str
    headers: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def etag(self) -> str:
        """A strong validator of these bytes."""
        return f'"{sha256(self.content).hexdigest()[:32]}"'


class Folder:
    """The files of one page, with its index.html for the page's own address.

    Every file is read once, off the event loop, and kept: they are part of the deployed package.

    Args:
        root: where they are; nothing outside of it is ever served.
        headers: for each of them, as the page's Content-Security-Policy.

    """

    def __init__(self, root: Path, headers: Mapping[str, str]) -> None:
        self._root = root
        self._headers = headers
        self._read: dict[str, File] = {}

    async def file(self, call: Call) -> File:
        """The file that a route ending in `{*file}` asks for.

        Raises:
            NotFound: there is none of that name.

        """
        name = call.request.route_params.get("file", "")
        if name:
            return await self._file(name)
        index = await self._file("index.html")
        path = urlsplit(call.request.url).path
        if path.endswith("/"):
            return index
        # Without a slash at the address's end, relative links would start one level too high.
        base = f'<base href="{path.rpartition("/")[2]}/">'.encode()
        return File(index.content.replace(_HERE, base, 1), index.media_type, index.headers)

    async def _file(self, name: str) -> File:
        if name not in self._names:
            raise NotFound
        if name not in self._read:
            content = await asyncio.to_thread((self._root / name).read_bytes)
            self._read[name] = File(content, _media_type(name), self._headers)
        return self._read[name]

    @cached_property
    def _names(self) -> frozenset[str]:
        """What there is; a name is looked up here and never joined to a path unseen."""
        return frozenset(
            path.relative_to(self._root).as_posix()
            for path in self._root.rglob("*")
            if path.is_file()
        )


def file_response(file: File, call: Call) -> func.HttpResponse:
    """200 with the bytes, or 304 where the caller has them already."""
    known = {tag.strip() for tag in call.request.headers.get("If-None-Match", "").split(",")}
    headers = {
        "ETag": file.etag,
        "Cache-Control": "no-cache",  # kept, and asked after each time
        "X-Content-Type-Options": "nosniff",
        "X-Request-ID": call.request_id,
        **file.headers,
    }
    if {file.etag, f"W/{file.etag}", "*"} & known:
        return func.HttpResponse(status_code=304, headers=headers, mimetype=file.media_type)
    return func.HttpResponse(file.content, headers=headers, mimetype=file.media_type)


def _media_type(name: str) -> str:
    suffix = name[name.rfind(".") :]
    guessed = _MEDIA_TYPES.get(suffix) or mimetypes.guess_type(name)[0]
    return guessed or "application/octet-stream"
