"""The rooms behind function_app.py."""

__version__ = "0.1.0"
