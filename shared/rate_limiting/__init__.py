"""How often a subject may call, and how many items it may have a day.

It knows subjects, roles and endpoint classes by name only; nothing of HTTP, routes or Azure. The
counts are kept by the `limits` library: in the worker's memory, or in Redis for all workers.
"""
