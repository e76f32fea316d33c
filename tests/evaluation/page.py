"""An HTML page as the tests read it: strictly, so that a page which is not well-formed fails."""

from __future__ import annotations

from html.parser import HTMLParser

from typing_extensions import override

_VOID = {"meta", "br"}


class Page(HTMLParser):
    """A parsed page.

    Attributes:
        text: everything that is read.
        rows: the cells of every table row.
        samples: the text of every sample.
        tags: the names of all elements.
        addresses: what the page would fetch from elsewhere.

    """

    def __init__(self, html: str) -> None:
        super().__init__()
        self.text = ""
        self.rows: list[list[str]] = []
        self.samples: list[str] = []
        self.tags: list[str] = []
        self.addresses: list[str] = []
        self._open: list[str] = []
        self.feed(html)
        self.close()
        assert self._open == []

    @override
    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        if tag not in _VOID:
            self._open.append(tag)
        if tag == "tr":
            self.rows.append([])
        if tag == "td":
            self.rows[-1].append("")
        if tag == "article":
            self.samples.append("")
        self.addresses += [
            value or "" for name, value in attrs
            if name in {"src", "href"} and not (value or "").startswith("#")
        ]  # fmt: skip

    @override
    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)

    @override
    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag

    @override
    def handle_data(self, data: str) -> None:
        self.text += data
        if "td" in self._open:
            self.rows[-1][-1] += data.strip()
        if "article" in self._open:
            self.samples[-1] += data
