"""What the service remembers: histories, frozen tests, kept answers, the library, usage.

The only room that imports sqlalchemy, and nothing of it does so while the app is indexed: `Storage`
is the door, and what is behind it (`Store`) is imported in a thread at first use.
"""
