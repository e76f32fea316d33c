from __future__ import annotations

import pytest

from tools.write_docs import DOCS, pages


@pytest.mark.parametrize("name", pages())
def test_the_page_says_what_the_code_says(name: str) -> None:
    assert (DOCS / name).read_text("utf-8") == pages()[name], "run `make docs`"


def test_no_page_is_without_a_description_of_each_setting() -> None:
    rows = pages()["configuration.md"].splitlines()

    assert not [row for row in rows if row.startswith("| `") and row.endswith("|  |")]
