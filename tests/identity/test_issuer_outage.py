"""What happens while the issuer is down, and when it comes back."""

from __future__ import annotations

import asyncio
import logging
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from shared.identity.errors import KeysUnavailable, Reason
from shared.identity.key_cache import RETRY_SECONDS
from shared.identity.verifier import TokenVerifier
from tests.support.verdicts import accepts, reason_of

if TYPE_CHECKING:
    from shared.identity.settings import IdentitySettings
    from tests.support.issuer import Clock, Issuer

HOUR = 3600.0
DAY = 24 * HOUR


async def background_work() -> None:
    """Wait until whatever was started in the background is done."""
    await asyncio.gather(*(asyncio.all_tasks() - {asyncio.current_task()}))


async def test_known_keys_go_on_while_the_issuer_is_down(
    issuer: Issuer, verifier: TokenVerifier, clock: Clock
) -> None:
    await verifier.verify(issuer.mint())
    issuer.fail()
    clock.now += HOUR
    assert await accepts(verifier, issuer.mint(sub="later"))
    clock.now += DAY - HOUR - 1
    assert await accepts(verifier, issuer.mint(sub="much later"))


async def test_known_keys_are_dropped_after_a_day_of_outage(
    issuer: Issuer, verifier: TokenVerifier, clock: Clock
) -> None:
    await verifier.verify(issuer.mint())
    issuer.fail()
    clock.now += DAY
    with pytest.raises(KeysUnavailable):
        await verifier.verify(issuer.mint())


async def test_the_time_that_known_keys_go_on_is_a_setting(
    issuer: Issuer, settings: IdentitySettings, clock: Clock
) -> None:
    short = replace(settings, keys_max_age=60, stale_keys_for=120)
    verifier = TokenVerifier(short, clock=clock)
    await verifier.verify(issuer.mint())
    issuer.fail()
    clock.now += 119
    assert await accepts(verifier, issuer.mint(sub="in time"))
    clock.now += 1
    with pytest.raises(KeysUnavailable):
        await verifier.verify(issuer.mint(sub="too late"))


async def test_nobody_waits_for_an_issuer_that_is_known_to_be_down(
    issuer: Issuer, verifier: TokenVerifier, clock: Clock
) -> None:
    await verifier.verify(issuer.mint())
    issuer.fail()
    clock.now += HOUR
    await verifier.verify(issuer.mint(sub="learns of it"))
    clock.now += RETRY_SECONDS
    issuer.held.clear()
    assert await accepts(verifier, issuer.mint(sub="does not wait"))
    issuer.held.set()
    await background_work()
    assert issuer.fetches == 3


async def test_an_issuer_that_is_down_is_asked_again_only_now_and_then(
    issuer: Issuer, verifier: TokenVerifier, clock: Clock
) -> None:
    issuer.fail()
    for _ in range(20):
        with pytest.raises(KeysUnavailable) as caught:
            await verifier.verify(issuer.mint())
        assert caught.value.retry_after <= RETRY_SECONDS
    assert issuer.fetches == 1
    clock.now += RETRY_SECONDS
    issuer.recover()
    assert await accepts(verifier, issuer.mint())


async def test_a_recovered_issuer_is_noticed_in_the_background(
    issuer: Issuer, verifier: TokenVerifier, clock: Clock
) -> None:
    await verifier.verify(issuer.mint())
    issuer.fail()
    clock.now += HOUR
    await verifier.verify(issuer.mint(sub="learns of it"))
    issuer.recover()
    issuer.rotate("second")
    clock.now += RETRY_SECONDS
    assert await accepts(verifier, issuer.mint("first", sub="starts a fetch"))
    await background_work()
    assert issuer.fetches == 3
    assert await reason_of(verifier, issuer.mint("first", sub="new")) is Reason.UNKNOWN_KEY


async def test_an_unknown_kid_during_an_outage_is_not_the_tokens_fault(
    issuer: Issuer, verifier: TokenVerifier
) -> None:
    await verifier.verify(issuer.mint())
    issuer.rotate("second")
    issuer.fail()
    with pytest.raises(KeysUnavailable):
        await verifier.verify(issuer.mint("second"))


async def test_a_key_is_found_at_once_when_the_issuer_is_back(
    issuer: Issuer, verifier: TokenVerifier, clock: Clock
) -> None:
    await verifier.verify(issuer.mint())
    issuer.rotate("second")
    issuer.fail()
    for _ in range(3):
        with pytest.raises(KeysUnavailable):
            await verifier.verify(issuer.mint("second"))
    issuer.recover()
    clock.now += RETRY_SECONDS
    assert await accepts(verifier, issuer.mint("second"))


async def test_an_outage_is_logged_once_and_so_is_its_end(
    issuer: Issuer, verifier: TokenVerifier, clock: Clock, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, logger="shared.identity")
    await verifier.verify(issuer.mint())
    issuer.fail()
    for n in range(5):
        clock.now += HOUR
        await verifier.verify(issuer.mint(sub=f"s{n}"))
        await background_work()
    issuer.recover()
    clock.now += HOUR
    await verifier.verify(issuer.mint(sub="after"))
    await background_work()
    assert [(r.levelname, r.getMessage()) for r in caplog.records] == [
        ("INFO", "signing keys fetched keys=1"),
        ("WARNING", "issuer unreachable: using known keys cause=status_503"),
        ("INFO", "signing keys fetched keys=1"),
    ]
