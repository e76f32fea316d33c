"""Bring the database of DATABASE_URL (or this machine's own) to a revision of the schema.

python -m tools.migrate              to the newest
python -m tools.migrate 0001         up to that one
python -m tools.migrate --down base  back down to that one; "base" drops everything remembered
"""

from __future__ import annotations

import argparse
import asyncio
import logging
import sys

from shared import wiring
from shared.settings import SettingsError, load_settings
from shared.storage.migrating import downgrade, upgrade
from shared.storage.schema import HEAD


def main() -> int:
    """Migrate; returns the exit status."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("revision", nargs="?", default=HEAD)
    parser.add_argument("--down", action="store_true")
    asked = parser.parse_args()
    logging.basicConfig(format="%(message)s", level=logging.INFO)
    try:
        database = wiring.database(load_settings())
    except SettingsError as error:
        print(error, file=sys.stderr)
        return 2
    if database is None:
        print("Set DATABASE_URL: in Azure there is no database of its own.", file=sys.stderr)
        return 2
    if database.embedded:
        database.path.parent.mkdir(parents=True, exist_ok=True)
    asyncio.run((downgrade if asked.down else upgrade)(database, asked.revision))
    print(f"The database is at revision {asked.revision}.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
