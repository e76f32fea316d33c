"""Print a token of the local issuer.

    python -m tools.mint_token --role admin [--role examiner] [--subject alice] [--minutes 480]

The token stands alone on standard output; whatever else there is to say goes to standard error.
"""

from __future__ import annotations

import argparse
import sys
import time
from typing import TYPE_CHECKING

import jwt

from tools.local_issuer import AUDIENCE, ISSUER, public_jwk, signing_key

if TYPE_CHECKING:
    from collections.abc import Sequence

DEFAULT_MINUTES = 480


def mint(
    roles: Sequence[str], *, subject: str = "local-user", minutes: float = DEFAULT_MINUTES
) -> str:
    """Return a token that the local issuer signed, valid from now for so many minutes."""
    key = signing_key()
    now = int(time.time())
    claims = {
        "iss": ISSUER,
        "aud": AUDIENCE,
        "sub": subject,
        "roles": list(roles),
        "iat": now,
        "nbf": now,
        "exp": now + round(minutes * 60),
    }
    return jwt.encode(claims, key, algorithm="RS256", headers={"kid": public_jwk(key)["kid"]})


def main() -> None:
    """Print one token."""
    parser = argparse.ArgumentParser(description="Print a token of the local issuer.")
    parser.add_argument("--role", action="append", required=True, help="may be repeated")
    parser.add_argument("--subject", default="local-user")
    parser.add_argument("--minutes", type=float, default=DEFAULT_MINUTES)
    arguments = parser.parse_args()
    print(mint(arguments.role, subject=arguments.subject, minutes=arguments.minutes))
    print(
        f"roles: {', '.join(arguments.role)}; valid for {arguments.minutes:g} minutes",
        file=sys.stderr,
    )


if __name__ == "__main__":
    main()
