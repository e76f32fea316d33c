"""Rules on the order of words: English words that make no sentence."""

# ruff: noqa: PLR2004
# The figures in these rules are the rules: each was set on real questions, as the comments say.

from __future__ import annotations

from typing import TYPE_CHECKING

from shared.ielts.rulebook.grammar import AUX, DANGLING, WH, starts_like_a_question
from shared.ielts.rulebook.lexicon import words_of
from shared.ielts.rulebook.patterns import pattern
from shared.ielts.rulebook.registry import (
    EVERYWHERE,
    QUESTIONS,
    Severity,
    text_rule,
    wording_rule,
)
from shared.ielts.rulebook.word_order import disorder, starts_astray

if TYPE_CHECKING:
    from shared.ielts.rulebook.reading import Reading

REJECT, WARN = Severity.REJECT, Severity.WARN

_FUNCTION_WORDS = words_of("function_words")


# "helps away Do really think", "school? did you"
_QUESTION_INSIDE = pattern(r"[a-z] (?:Do|Does|Did|Is|Are|Has|Would|Can|Should) [a-z]")
_STRAY_HEAD = pattern(r"(?!(?:really|why|how|so|what|ok|and)\b)[a-z]+\? \w")
_CAPITAL_INSIDE = pattern(
    r"[a-z,] (?:What|Who|Where|When|Why|How|Which|Do|Does|Did|Is|Are|Have|Has|Would|Can|Should|In"
    r"|The|A)\b"
)


@text_rule("word-salad", REJECT, EVERYWHERE)
def word_salad(text: Reading) -> str | None:
    """English words that make no sentence."""
    words, capitals = text.words, not text.has_small_letters_only
    odd, (unlikely, impossible) = text.odd_pairs, disorder(text.classes)
    if (
        max(odd, unlikely, odd + unlikely - 1) >= 2  # the two may count the same pair
        or impossible
        or (odd and words and (words[-1] in DANGLING or _has_no_order(text)))
        or (capitals and text.plain[:1].islower() and _CAPITAL_INSIDE.search(text.body))
        or (odd and _BROKEN.search(text.lower_body))
        or _MISPLACED.match(text.lower_body)
        or (capitals and _QUESTION_INSIDE.search(text.body))
        or ("? " in text.body and _STRAY_HEAD.match(text.body))
        or (len(words) >= 5 and _FUNCTION_WORDS.isdisjoint(words))
    ):
        return "The words make no sentence. Write the text again."
    return None


# "phone are you", yet "nowadays do you" and "in summer do you"
_MISPLACED = pattern(
    r"(?!(?:and|but|so|or|then|now\w*|today|these|at|in|on|for|from|with|to|as|if|when|after|before|during|since"
    rf"|besides|apart|ok|okay|well|also|next|first|while|once|because|by|\w+ly|{WH}|{AUX})\b)"
    rf"(?:(?!{WH}\b|{AUX}\b)[\w'/-]+ ){{1,3}}{AUX} (?:you|they|we|he|she|it)\b"
)
# "your you", "the is": after these words there is no mending it
_BROKEN = pattern(
    r"\b(?:the|an?|your|my|their|our|every) (?:you|we|they|he|she|it|i|is|are|do|does|did|have"
    r"|has|was|were|why|how|where|when|what|who|should|could|would)(?![\w'-])(?! \w+ (?:of|list)\b)"
)


def _has_no_order(text: Reading) -> bool:
    return "?" in text.body and not any(map(starts_like_a_question, text.sentences))


_ALWAYS_FIRST = frozenset({"what", "why", "how", "do", "does", "is", "are", "have", "would", "did"})
_PARTED = frozenset(",:;-\u2013\u2014/\"'(")


@text_rule("odd-start", REJECT, QUESTIONS)
def odd_start(text: Reading) -> str | None:
    """A question that begins with a word with which none begins."""
    if (
        len(text.words) > 4
        and text.words[0] not in _ALWAYS_FIRST
        and text.body.endswith("?")
        and len(text.sentences) == 1
        and _PARTED.isdisjoint(text.body)
        and starts_astray(text.words, text.classes)
    ):
        return f"No question begins with {text.words[0]!r} like that. Write the sentence again."
    return None


@text_rule("runs-on", REJECT, QUESTIONS, unless="has_one_sentence")
def runs_on(text: Reading) -> str | None:
    """Words after the question mark that belong to no sentence."""
    *before, last = text.sentences or [""]
    if (
        any(sentence.endswith("?") for sentence in before)
        and last[-1:] not in "?.!)]\"'"
        and len(last.split()) > 3
        and not starts_like_a_question(last)
    ):
        return "Words follow the question mark. End with the question."
    return None


wording_rule(
    "half-sentences",
    REJECT,
    QUESTIONS,
    "The beginning of one sentence with the end of another.",
    reason="{found!r}: two half sentences stand here. Write one whole question.",
)


@text_rule("odd-grammar", WARN, EVERYWHERE)
def odd_grammar(text: Reading) -> str | None:
    """Two words together that hardly ever stand together."""
    if text.odd_pairs == 1:
        return "The grammar looks wrong. Read the sentence again."
    return None
