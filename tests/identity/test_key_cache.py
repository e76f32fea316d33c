"""How often the issuer is asked: rotation, floods and crowds."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from typing import TYPE_CHECKING, Any

import pytest

from shared.identity.errors import Reason, TokenRejected
from shared.identity.key_cache import UNKNOWN_KEY_COOLDOWN, UNKNOWN_KEY_FETCHES
from shared.identity.verifier import TokenVerifier
from tests.support.keys import public_jwk, rsa_key
from tests.support.verdicts import accepts, reason_of

if TYPE_CHECKING:
    from shared.identity.settings import IdentitySettings
    from tests.support.issuer import Clock, Issuer

HOUR = 3600.0
DAY = 24 * HOUR


async def test_keys_are_fetched_once_for_many_tokens(
    issuer: Issuer, verifier: TokenVerifier
) -> None:
    for subject in ("a", "b", "c"):
        await verifier.verify(issuer.mint(sub=subject))
    assert issuer.fetches == 1


async def test_nothing_is_fetched_before_the_first_token(
    issuer: Issuer, verifier: TokenVerifier
) -> None:
    del verifier
    assert issuer.fetches == 0


async def test_a_crowd_shares_one_fetch(issuer: Issuer, verifier: TokenVerifier) -> None:
    issuer.held.clear()
    crowd = [asyncio.create_task(verifier.verify(issuer.mint(sub=f"s{n}"))) for n in range(100)]
    await asyncio.sleep(0.02)
    issuer.held.set()
    principals = await asyncio.gather(*crowd)
    assert len({p.subject for p in principals}) == 100
    assert issuer.fetches == 1


async def test_a_caller_who_gives_up_does_not_stop_the_fetch_for_the_others(
    issuer: Issuer, verifier: TokenVerifier
) -> None:
    issuer.held.clear()
    impatient = asyncio.create_task(verifier.verify(issuer.mint(sub="impatient")))
    patient = asyncio.create_task(verifier.verify(issuer.mint(sub="patient")))
    await asyncio.sleep(0.02)
    impatient.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await impatient
    issuer.held.set()
    assert (await patient).subject == "patient"
    assert issuer.fetches == 1


async def test_a_rotation_is_picked_up_at_once(issuer: Issuer, verifier: TokenVerifier) -> None:
    await verifier.verify(issuer.mint("first"))
    issuer.rotate("second")
    assert await accepts(verifier, issuer.mint("second"))
    assert issuer.fetches == 2


async def test_a_crowd_with_a_rotated_key_shares_one_fetch(
    issuer: Issuer, verifier: TokenVerifier
) -> None:
    await verifier.verify(issuer.mint("first"))
    issuer.rotate("second")
    tokens = [issuer.mint("second", sub=f"s{n}") for n in range(50)]
    await asyncio.gather(*(verifier.verify(token) for token in tokens))
    assert issuer.fetches == 2


async def test_a_token_of_a_withdrawn_key_is_refused_once_the_withdrawal_is_known(
    issuer: Issuer, verifier: TokenVerifier
) -> None:
    token = issuer.mint("first")
    await verifier.verify(token)
    issuer.rotate("second")
    await verifier.verify(issuer.mint("second"))
    assert verifier.remembered(token) is None
    assert await reason_of(verifier, token) is Reason.UNKNOWN_KEY


async def test_a_withdrawal_is_known_after_an_hour_at_the_latest(
    issuer: Issuer, verifier: TokenVerifier, clock: Clock
) -> None:
    exp = clock.now + DAY
    await verifier.verify(issuer.mint("first", exp=exp))
    issuer.rotate("second")
    clock.now += HOUR
    assert await reason_of(verifier, issuer.mint("first", exp=exp)) is Reason.UNKNOWN_KEY


@pytest.mark.parametrize(
    "left", [[], [public_jwk(rsa_key("first"), "first", use="enc")]], ids=["nothing", "no such use"]
)
async def test_keys_withdrawn_without_a_successor_are_withdrawn_like_any_others(
    left: list[dict[str, Any]], issuer: Issuer, verifier: TokenVerifier, clock: Clock
) -> None:
    token = issuer.mint(exp=clock.now + DAY)
    await verifier.verify(token)
    issuer.keys = left
    clock.now += HOUR
    assert await reason_of(verifier, token) is Reason.UNKNOWN_KEY


async def test_an_issuer_that_has_no_key_left_is_told_of_in_the_log(
    issuer: Issuer, verifier: TokenVerifier, caplog: pytest.LogCaptureFixture
) -> None:
    issuer.keys = []
    await reason_of(verifier, issuer.mint())
    assert [(r.levelname, r.getMessage()) for r in caplog.records] == [
        ("WARNING", "signing keys fetched keys=0")
    ]


async def test_a_key_replaced_under_its_name_is_forgotten_with_its_tokens(
    issuer: Issuer, verifier: TokenVerifier, clock: Clock
) -> None:
    token = issuer.mint("first", exp=clock.now + DAY)
    await verifier.verify(token)
    issuer.keys = [public_jwk(rsa_key("other"), "first")]
    clock.now += HOUR
    assert await reason_of(verifier, token) is Reason.INVALID_SIGNATURE


async def test_a_rotation_right_after_a_made_up_kid_is_picked_up_at_once(
    issuer: Issuer, verifier: TokenVerifier
) -> None:
    await verifier.verify(issuer.mint())
    await reason_of(verifier, issuer.mint_headed(issuer.header(kid="made-up")))
    issuer.rotate("second")
    assert await accepts(verifier, issuer.mint("second"))


async def test_a_flood_of_made_up_kids_costs_a_handful_of_fetches(
    issuer: Issuer, verifier: TokenVerifier
) -> None:
    await verifier.verify(issuer.mint())
    for n in range(200):
        token = issuer.mint_headed(issuer.header(kid=f"made-up-{n}"))
        assert await reason_of(verifier, token) is Reason.UNKNOWN_KEY
    assert issuer.fetches == 1 + UNKNOWN_KEY_FETCHES


async def test_a_flood_of_made_up_kids_at_the_start_costs_no_more(
    issuer: Issuer, verifier: TokenVerifier
) -> None:
    tokens = [issuer.mint_headed(issuer.header(kid=f"made-up-{n}")) for n in range(100)]
    results = await asyncio.gather(*map(verifier.verify, tokens), return_exceptions=True)
    assert all(isinstance(result, TokenRejected) for result in results)
    for token in tokens:
        await reason_of(verifier, token)
    assert issuer.fetches == 1 + UNKNOWN_KEY_FETCHES


async def test_a_long_flood_costs_a_handful_of_fetches_a_cooldown(
    issuer: Issuer, verifier: TokenVerifier, clock: Clock
) -> None:
    await verifier.verify(issuer.mint())
    for n in range(100):
        clock.now += 1
        await reason_of(verifier, issuer.mint_headed(issuer.header(kid=f"made-up-{n}")))
    assert issuer.fetches <= 1 + UNKNOWN_KEY_FETCHES * (1 + 100 / UNKNOWN_KEY_COOLDOWN)


async def test_a_rotation_during_a_flood_is_picked_up_after_the_cooldown(
    issuer: Issuer, verifier: TokenVerifier, clock: Clock
) -> None:
    await verifier.verify(issuer.mint())
    for n in range(UNKNOWN_KEY_FETCHES):
        await reason_of(verifier, issuer.mint_headed(issuer.header(kid=f"made-up-{n}")))
    issuer.rotate("second")
    assert await reason_of(verifier, issuer.mint("second")) is Reason.UNKNOWN_KEY
    clock.now += UNKNOWN_KEY_COOLDOWN
    assert await accepts(verifier, issuer.mint("second"))


async def test_a_log_says_nothing_of_a_token(
    issuer: Issuer, verifier: TokenVerifier, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG, logger="shared")
    token = issuer.mint(sub="canary", roles=["canary"])
    await verifier.verify(token)
    await reason_of(verifier, issuer.mint_headed(issuer.header(kid="canary")))
    assert "canary" not in caplog.text
    assert token not in caplog.text


async def test_keys_fetched_a_moment_ago_are_not_fetched_again_for_an_unknown_kid(
    issuer: Issuer, verifier: TokenVerifier
) -> None:
    await reason_of(verifier, issuer.mint_headed(issuer.header(kid="made-up")))
    assert issuer.fetches == 1


async def test_tokens_stay_remembered_when_the_same_keys_are_fetched_again(
    issuer: Issuer, verifier: TokenVerifier
) -> None:
    token = issuer.mint()
    await verifier.verify(token)
    await reason_of(verifier, issuer.mint_headed(issuer.header(kid="made-up")))
    assert issuer.fetches == 2
    assert verifier.remembered(token) is not None


def test_a_verifier_goes_on_in_another_event_loop(
    issuer: Issuer, settings: IdentitySettings, clock: Clock
) -> None:
    verifier = TokenVerifier(settings, clock=clock)
    issuer.held.clear()

    async def give_up() -> None:
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(0.05):
                await verifier.verify(issuer.mint())

    asyncio.run(give_up())  # leaves a fetch behind that this loop will never finish
    issuer.held.set()
    assert asyncio.run(verifier.verify(issuer.mint())).subject == "someone"
    issuer.rotate("second")
    assert asyncio.run(verifier.verify(issuer.mint("second"))).subject == "someone"


def test_a_fetch_of_another_event_loop_is_not_waited_for(
    issuer: Issuer, verifier: TokenVerifier
) -> None:
    issuer.held.clear()
    other = asyncio.new_event_loop()
    left = other.create_task(verifier.verify(issuer.mint(sub="left")))
    other.run_until_complete(asyncio.sleep(0.02))  # the other loop stands still in mid-fetch
    issuer.held.set()
    assert asyncio.run(verifier.verify(issuer.mint(sub="right"))).subject == "right"
    assert other.run_until_complete(left).subject == "left"
    other.close()
