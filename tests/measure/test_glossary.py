"""The glossary explains the words on the screen, each in a sentence of its own."""

from __future__ import annotations

import pytest

from planner.measure.glossary import GLOSSARY, define, explained
from planner.measure.metrics import METRICS


@pytest.mark.parametrize("word", list(GLOSSARY))
def test_a_word_is_explained_in_one_sentence(word: str) -> None:
    meaning = GLOSSARY[word]
    assert meaning[0].isupper()
    assert meaning.endswith(".")
    assert ". " not in meaning
    assert len(meaning) <= 160
    assert define(word.upper()) == meaning


def test_every_ratio_of_the_key_figures_is_in_it() -> None:
    money = ("cac", "roi", "romi", "revenue_to_cost", "clv", "clv_to_cac", "payback_months")
    assert all(define(METRICS[key].label) for key in (*money, "conversion", "utilisation"))
    assert define("luck") == ""


def test_what_is_left_of_a_label_with_several_words_says_which_word_it_explains() -> None:
    deals, cost = GLOSSARY["Deals"], GLOSSARY["Cost per appointment"]
    assert explained("Deals and cost per appointment") == f"Deals: {deals} Cost per appointment: {cost}"
    assert explained("Deals and cost per appointment", {"Deals"}) == f"Cost per appointment: {cost}"
    assert explained("Deals", {"Deals"}) == ""
