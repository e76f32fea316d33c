"""What a verifier makes of a token, in one word."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from shared.identity.errors import Reason, TokenRejected

if TYPE_CHECKING:
    from shared.identity.verifier import TokenVerifier


async def accepts(verifier: TokenVerifier, token: str) -> bool:
    """Whether the token is accepted."""
    try:
        await verifier.verify(token)
    except TokenRejected:
        return False
    return True


async def reason_of(verifier: TokenVerifier, token: str) -> Reason:
    """Why the token is refused; fails if it is not."""
    with pytest.raises(TokenRejected) as caught:
        await verifier.verify(token)
    return caught.value.reason
