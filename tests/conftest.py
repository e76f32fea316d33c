from __future__ import annotations

import gc

from hypothesis import settings

import shared  # noqa: F401 - while it is imported it sets a threshold of its own

# A slow machine must not fail a test: figures are measured in bench/, never asserted here.
settings.register_profile("project", deadline=None)
settings.load_profile("project")

# A worker seldom looks for garbage: here what a test leaves behind comes out while it runs.
gc.set_threshold(2_000)
