"""A worker of its own that claims keys when told to, and prints those that it got.

`python -m tests.storage.claiming DATABASE_URL KEYS`
"""

from __future__ import annotations

import asyncio
import sys

from shared.errors import StillRunning
from shared.storage.database import Database
from shared.storage.records import Claim
from shared.storage.storage import Storage
from tests.storage.conftest import SUBJECT_KEY
from tests.storage.records import ANNA


async def main(url: str, keys: int) -> None:
    storage = Storage(Database(url, timeout=10), SUBJECT_KEY)
    store = await storage.open()
    await store.ping()
    print("ready", flush=True)  # noqa: T201 - this is how it says so
    await asyncio.to_thread(sys.stdin.readline)
    for number in range(keys):
        key = f"key-{number}"
        try:
            if isinstance(await store.idempotency.claim(ANNA, "route", key, b"{}", 30), Claim):
                print(key)  # noqa: T201 - the outcome
        except StillRunning:
            pass
    await storage.aclose()


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], int(sys.argv[2])))
