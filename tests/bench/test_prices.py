"""The benches' price lists."""

from __future__ import annotations

from bench.tokens import PRICES, price_lists
from shared.settings import Settings


def test_the_price_lists_have_the_form_of_the_setting() -> None:
    assert Settings(MODEL_PRICES=PRICES.read_text("utf-8")).model_prices == price_lists()
