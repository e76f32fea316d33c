from __future__ import annotations

import gc

from hypothesis import settings

from shared import GARBAGE_THRESHOLD

# A slow machine must not fail a test: figures are measured in bench/, never asserted here.
settings.register_profile("project", deadline=None)
settings.load_profile("project")

# As in a worker that is warm: what a test leaves behind comes out while it runs.
gc.set_threshold(*GARBAGE_THRESHOLD)
