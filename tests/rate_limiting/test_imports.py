from __future__ import annotations

import subprocess
import sys

import pytest

from tests.support.running_app import REPOSITORY


@pytest.mark.parametrize(
    ("code", "absent"),
    [
        ("import function_app", ("limits", "redis")),
        ("from shared.rate_limiting.limiter import counters; counters(None)", ("redis",)),
    ],
    ids=["indexing", "limits in memory"],
)
def test_nothing_is_imported_before_it_is_needed(code: str, absent: tuple[str, ...]) -> None:
    report = f"import sys; {code}; print([name for name in {absent} if name in sys.modules])"

    outcome = subprocess.run(
        [sys.executable, "-c", report], cwd=REPOSITORY, capture_output=True, text=True, check=True
    )

    assert outcome.stdout.strip().splitlines()[-1] == "[]"
