"""Every bench can be started."""

from __future__ import annotations

import sys
from importlib import import_module
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).resolve().parents[2]
BENCH = REPOSITORY / "bench"
MODULES = [
    ".".join(file.relative_to(REPOSITORY).with_suffix("").parts)
    for file in sorted([*BENCH.glob("*.py"), *BENCH.glob("harness/[!_]*.py")])
]


@pytest.mark.skipif(
    sys.version_info < (3, 13), reason="Microsoft's worker library exists from Python 3.13 on"
)
@pytest.mark.parametrize("module", MODULES)
def test_every_module_of_the_benches_can_be_imported(module: str) -> None:
    import_module(module)
