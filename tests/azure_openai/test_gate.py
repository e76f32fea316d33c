"""The gate of one deployment: slots, order, cooldown, pace and quota, in virtual time."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shared.azure_openai.gate import WINDOW, Gate
from tests.azure_openai.virtual_time import run_in_virtual_time


def now() -> float:
    return asyncio.get_running_loop().time()


def make_gate(slots: int = 100) -> Gate:
    return Gate(slots, asyncio.get_running_loop().time)


def test_no_more_than_the_slots_are_in_flight_and_all_get_their_turn_in_order() -> None:
    async def scene() -> None:
        gate, order, most = make_gate(slots=2), [], 0

        async def visit(ticket: int) -> None:
            nonlocal most
            await gate.enter(ticket, 100)
            order.append(ticket)
            most = max(most, gate.in_flight)
            await asyncio.sleep(1)
            gate.leave()

        await asyncio.gather(*(visit(ticket) for ticket in range(7)))
        assert (order, most, now()) == (list(range(7)), 2, 4.0)

    run_in_virtual_time(scene())


def test_a_waiter_whose_time_is_up_leaves_the_queue() -> None:
    async def scene() -> None:
        gate = make_gate(slots=1)
        await gate.enter(0, 1)
        with pytest.raises(TimeoutError):
            await gate.enter(1, 3)
        assert (now(), gate.waiting, gate.in_flight) == (3.0, 0, 1)

    run_in_virtual_time(scene())


def test_a_slot_granted_in_the_moment_of_cancellation_goes_to_the_next() -> None:
    async def scene() -> None:
        gate = make_gate(slots=1)
        await gate.enter(0, 1)
        second = asyncio.create_task(gate.enter(1, 10))
        third = asyncio.create_task(gate.enter(2, 10))
        await asyncio.sleep(0)
        gate.leave()
        second.cancel()
        await third
        assert (gate.in_flight, gate.waiting, second.cancelled()) == (1, 0, True)

    run_in_virtual_time(scene())


def test_a_lower_ticket_goes_before_those_that_came_later() -> None:
    async def scene() -> None:
        gate, order = make_gate(), []
        gate.shut(5)

        async def visit(ticket: int) -> None:
            await gate.enter(ticket, 100)
            order.append(ticket)

        await asyncio.gather(visit(3), visit(7), visit(1))
        assert order == [1, 3, 7]
        assert now() >= 5

    run_in_virtual_time(scene())


def test_the_longer_of_two_cooldowns_holds() -> None:
    async def scene() -> None:
        gate = make_gate()
        gate.shut(5)
        gate.shut(2)
        assert gate.seconds_shut() == 5

    run_in_virtual_time(scene())


def test_the_queue_follows_a_cooldown_at_twice_the_rate_of_before() -> None:
    async def scene() -> None:
        gate, times = make_gate(), []
        for ticket in range(50):
            await gate.enter(ticket, 1)
        gate.shut(3)

        async def visit(ticket: int) -> None:
            await gate.enter(ticket, 100)
            times.append(now())

        await asyncio.gather(*(visit(100 + ticket) for ticket in range(4)))
        assert times == pytest.approx([3, 3.1, 3.198, 3.294], abs=0.001)

    run_in_virtual_time(scene())


def test_a_cooldown_that_follows_another_halves_the_pace_at_most() -> None:
    async def scene() -> None:
        gate, times = make_gate(), []
        for ticket in range(50):
            await gate.enter(ticket, 1)
        gate.shut(12)  # longer than anything is remembered
        await gate.enter(99, 20)
        gate.shut(3)

        async def visit(ticket: int) -> None:
            await gate.enter(ticket, 100)
            times.append(now())

        await asyncio.gather(*(visit(100 + ticket) for ticket in range(3)))
        assert times == pytest.approx([15, 15.2, 15.392], abs=0.001)

    run_in_virtual_time(scene())


def test_what_upstream_says_is_left_quickens_the_pace() -> None:
    async def scene() -> None:
        gate = make_gate()
        gate.shut(1)

        async def visit(ticket: int) -> None:
            await gate.enter(ticket, 100)
            gate.budget(5000, 10)
            gate.leave()

        await asyncio.gather(*(visit(ticket) for ticket in range(200)))
        assert now() < 2
        assert gate.expected_wait(1) == 0

    run_in_virtual_time(scene())


def test_the_expected_wait_follows_the_pace() -> None:
    async def scene() -> None:
        gate = make_gate()
        gate.shut(1)
        queue = [asyncio.create_task(gate.enter(ticket, 100)) for ticket in range(60)]
        await asyncio.sleep(10)
        left = gate.waiting
        expected = gate.expected_wait(1)
        began = now()
        await asyncio.gather(*queue)
        assert left / 2 > expected > now() - began  # twice as long as it takes, and not much more

    run_in_virtual_time(scene())


def test_once_the_queue_is_empty_requests_pass_as_they_come() -> None:
    async def scene() -> None:
        gate = make_gate()
        gate.shut(1)
        await gate.enter(1, 10)
        gate.leave()
        for ticket in range(20):
            await gate.enter(ticket, 10)
        assert now() == 1

    run_in_virtual_time(scene())


def test_the_expected_wait_counts_cooldown_and_queue() -> None:
    async def scene() -> None:
        gate = make_gate()
        for ticket in range(20):
            await gate.enter(ticket, 1)
        assert gate.expected_wait(1) == 0
        gate.shut(4)
        queue = [asyncio.create_task(gate.enter(100 + n, 100)) for n in range(9)]
        await asyncio.sleep(0)
        assert gate.expected_wait(1) == pytest.approx(4 + 9 * WINDOW / 20)
        await asyncio.gather(*queue)

    run_in_virtual_time(scene())


def test_the_expected_wait_for_a_slot_grows_with_the_queue() -> None:
    async def scene() -> None:
        gate = make_gate(slots=2)
        for ticket in range(2):
            await gate.enter(ticket, 1)
        assert gate.expected_wait(3) == pytest.approx(1.5)

    run_in_virtual_time(scene())


@settings(max_examples=60, deadline=None)
@given(
    slots=st.integers(1, 4),
    visits=st.lists(
        st.tuples(
            st.floats(0, 5),  # comes
            st.floats(0.01, 5),  # is ready to wait
            st.floats(0, 2),  # stays
            st.none() | st.floats(0, 5),  # is cancelled after
        ),
        max_size=25,
    ),
    cooldowns=st.lists(st.tuples(st.floats(0, 6), st.floats(0, 3)), max_size=4),
)
def test_whatever_happens_every_slot_is_given_back(
    slots: int,
    visits: list[tuple[float, float, float, float | None]],
    cooldowns: list[tuple[float, float]],
) -> None:
    async def scene() -> None:
        gate = make_gate(slots)

        async def visit(ticket: int, comes: float, ready: float, stays: float) -> None:
            await asyncio.sleep(comes)
            await gate.enter(ticket, ready)
            assert gate.in_flight <= slots
            try:
                await asyncio.sleep(stays)
            finally:
                gate.leave()

        loop = asyncio.get_running_loop()
        for at, seconds in cooldowns:
            loop.call_later(at, gate.refused, seconds)
        tasks = []
        for ticket, (comes, ready, stays, cancelled) in enumerate(visits):
            tasks.append(asyncio.create_task(visit(ticket, comes, ready, stays)))
            if cancelled is not None:
                loop.call_later(cancelled, tasks[-1].cancel)
        await asyncio.wait_for(asyncio.gather(*tasks, return_exceptions=True), 1000)
        assert (gate.in_flight, gate.waiting) == (0, 0)
        await asyncio.sleep(10)
        await asyncio.wait_for(gate.enter(1000, 1), 1)

    run_in_virtual_time(scene())


@dataclass
class Upstream:
    """Counts as Azure does: a sixth of the minute's quota in every window of ten seconds."""

    per_minute: int
    calls: int = 0
    answers: dict[int, int] = field(default_factory=dict)

    def ask(self) -> float | None:
        """Take a request; None where it is granted, else the seconds until the next window."""
        self.calls += 1
        window = int(now() // WINDOW)
        if self.answers.get(window, 0) < self.per_minute / 6:
            self.answers[window] = self.answers.get(window, 0) + 1
            return None
        return (window + 1) * WINDOW - now()


@pytest.mark.parametrize("per_minute", [60, 600, 3000])
def test_twice_the_quota_for_a_minute_uses_it_up_with_few_refusals_and_no_headers_to_help(
    per_minute: int,
) -> None:
    async def scene() -> None:
        gate, upstream, turned_away = make_gate(slots=500), Upstream(per_minute), 0

        async def request(ticket: int) -> None:
            nonlocal turned_away
            while gate.expected_wait(1) < 10:
                await gate.enter(ticket, 25)
                await asyncio.sleep(0.05)
                refused = upstream.ask()
                if refused is None:
                    await asyncio.sleep(1)
                    gate.leave()
                    return
                await asyncio.sleep(0.05)
                gate.refused(refused)
                gate.leave()
            turned_away += 1

        tasks = []
        for ticket in range(2 * per_minute):
            tasks.append(asyncio.create_task(request(ticket)))
            await asyncio.sleep(30 / per_minute)
        await asyncio.gather(*tasks)
        minute = sum(upstream.answers.get(window, 0) for window in range(6))
        assert minute >= 0.95 * per_minute
        assert upstream.calls <= 1.1 * sum(upstream.answers.values())
        assert turned_away > 0

    run_in_virtual_time(scene())
