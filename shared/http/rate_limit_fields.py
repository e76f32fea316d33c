"""The `RateLimit-Policy` and `RateLimit` response fields.

As draft-ietf-httpapi-ratelimit-headers-11 (May 2026) has them: lists of structured-field strings,
with the quota `q` and window `w` in seconds, and with what remains `r` for the next `t` seconds.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection

    from shared.rate_limiting.policy import Standing


def rate_limit_fields(standings: Collection[Standing]) -> dict[str, str]:
    """Both fields, an item for each policy that applied; none where none did."""
    if not standings:
        return {}
    policies, limits = [], []
    for policy, _, remaining, renews_in, *_ in standings:
        policies.append(f'"{policy.name}";q={policy.quota};w={policy.window}')
        limits.append(f'"{policy.name}";r={remaining};t={math.ceil(renews_in)}')
    return {"RateLimit-Policy": ", ".join(policies), "RateLimit": ", ".join(limits)}
