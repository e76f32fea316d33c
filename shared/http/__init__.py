"""The middleware-style wrapper around every endpoint.

It knows HTTP, Azure Functions and identity; it knows nothing about IELTS.
"""
