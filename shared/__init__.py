"""The rooms behind function_app.py."""

import os

__version__ = "0.1.0"

# Else pydantic searches every installed package for plugins before it builds its first model.
os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
