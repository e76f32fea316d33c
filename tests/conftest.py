from __future__ import annotations

from hypothesis import settings

# A slow machine must not fail a test: figures are measured in bench/, never asserted here.
settings.register_profile("project", deadline=None)
settings.load_profile("project")
