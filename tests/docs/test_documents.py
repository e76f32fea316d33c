"""What the documents point at is there."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from tests.support.running_app import REPOSITORY

if TYPE_CHECKING:
    from pathlib import Path

DOCUMENTS = [*sorted(REPOSITORY.glob("*.md")), *sorted((REPOSITORY / "docs").glob("*.md"))]
MAKEFILES = [REPOSITORY / "Makefile", *REPOSITORY.glob("bench/*.mk")]

each_document = pytest.mark.parametrize("document", DOCUMENTS, ids=lambda file: file.name)


@each_document
def test_every_link_leads_somewhere(document: Path) -> None:
    text = document.read_text("utf-8")
    links = re.findall(r'\]\(([^)\s]+)\)|src="([^"]+)"', text)

    for link in filter(None, (link or source for link, source in links)):
        if re.match(r"[a-z]+:", link):
            continue  # another site
        name, _, section = link.partition("#")
        target = document.parent / name if name else document
        assert target.exists(), link
        if section:
            assert section in headings(target), link


def test_the_readme_leads_to_every_page() -> None:
    readme = (REPOSITORY / "README.md").read_text("utf-8")

    for page in DOCUMENTS:
        name = page.relative_to(REPOSITORY).as_posix()
        assert name == "README.md" or f"]({name})" in readme


@each_document
def test_every_file_that_is_named_exists(document: Path) -> None:
    named = re.findall(
        r"`((?:shared|tests|tools|infra|web|bench|docs|\.github)/[\w./-]*)`",
        document.read_text("utf-8"),
    )

    assert [name for name in named if not (REPOSITORY / name).exists()] == []


@each_document
def test_every_make_target_that_is_named_exists(document: Path) -> None:
    targets = {
        target
        for makefile in MAKEFILES
        for target in re.findall(r"^([a-z-]+):", makefile.read_text("utf-8"), re.MULTILINE)
    }
    text = document.read_text("utf-8")
    named = re.findall(r"(?:^|`|=entra )make (?:-s )?([a-z-]+)", text, re.MULTILINE)

    assert set(named) - targets == set()


def headings(document: Path) -> set[str]:
    """The names under which a document's headings are linked to."""
    found = re.findall(r"^#+ (.*)$", document.read_text("utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w -]", "", heading).lower().replace(" ", "-") for heading in found}
