"""The rooms behind function_app.py."""

import gc
import os

__version__ = "0.1.0"

# Else pydantic searches every installed package for plugins before it builds its first model.
os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")

# What is imported stays. Looking for garbage among it, every 2,000 objects, slows the start down:
# that begins after the warm-up (shared/warming.py).
gc.set_threshold(500_000)
