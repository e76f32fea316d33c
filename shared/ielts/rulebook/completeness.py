"""Rules on whole sentences: nothing cut off, and words in an order that makes sense."""

# ruff: noqa: PLR2004
# The figures in these rules are the rules: each was set on real questions, as the comments say.

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from shared.ielts.rulebook.grammar import (
    DANGLING,
    WH,
    has_inversion,
    starts_like_a_question,
)
from shared.ielts.rulebook.lexicon import words_of
from shared.ielts.rulebook.registry import (
    EVERYWHERE,
    QUESTIONS,
    Severity,
    text_rule,
)

if TYPE_CHECKING:
    from shared.ielts.rulebook.reading import Reading

REJECT, WARN = Severity.REJECT, Severity.WARN

_ASKING = r"(?:do|does|did|have|has|would|can|could|will|should)"
_OBJECTLESS = "like|enjoy|prefer|want|have|use|need|get|make|take"
# "what kind of music do you", "would you usually"
_BARE_INVERSION_END = re.compile(
    rf"\b{_ASKING} (?:you|(?:most |some )?people|we)"
    r"(?: (?:usually|often|like to|want to|prefer to))?$"
)
# "do you like", "why do people"
_BARE_QUESTION = re.compile(
    rf"\W*(?:{WH}(?: \w+){{0,3}}? )?{_ASKING} (?:you|people|they|we)"
    rf"(?: (?:usually|often|ever|really|{_OBJECTLESS}))?\W*"
)
# "what do you like", in which "what" is the object
_COMPLETE = re.compile(
    rf"\b(?:what|who|which|where|how) (?:\w+ )?{_ASKING} (?:you|people|they|we)"
    rf" (?:usually |often |really )?(?:{_OBJECTLESS})\b"
)


_STRANDED = frozenset({"do", "does", "did", "would", "should", "could", "will", "has"})
# "why do work?"
_NO_SUBJECT = re.compile(r"\W*(?:what|why|how|when|where|who) (?:do|does|did) \w+\W*")


@text_rule("incomplete-question", REJECT, QUESTIONS)
def incomplete_question(text: Reading) -> str | None:
    """A question that lacks its subject, verb or object."""
    body = text.body.lower()
    bare = _BARE_QUESTION.fullmatch(body) and len(text.words) < 5 and not _COMPLETE.search(body)
    ends_early = "?" not in body and _BARE_INVERSION_END.search(body.rstrip("\"') ."))
    stranded = (
        text.words[-1:]
        and text.words[-1] in _STRANDED
        and starts_like_a_question(body)
        and not has_inversion(body)
    )
    if bare or ends_early or stranded or _NO_SUBJECT.fullmatch(body):
        return "The question lacks a part. Finish the sentence."
    return None


@text_rule("cut-off", REJECT, EVERYWHERE)
def cut_off(text: Reading) -> str | None:
    """A text that stops in the middle of a sentence."""
    end = text.body.rstrip("\"') ")
    if end.endswith((",", ";", ":", "-")) and not re.search(r"you should say\W*$", text.lower):
        return "The text breaks off. Finish the sentence."
    return _dangling(text)


def _dangling(text: Reading) -> str | None:
    if text.words and text.words[-1] in DANGLING and text.words[-2:] != ["a", "while"]:
        return f"The text breaks off after {text.words[-1]!r}. Finish the sentence."
    return None


_FUNCTION_WORDS = words_of("function_words")


_CAPITAL_INSIDE = re.compile(
    r"[a-z,] (?:What|Who|Where|When|Why|How|Which|Do|Does|Did|Is|Are|Have|Has|Would|Can|Should|In"
    r"|The|A)\b"
)


@text_rule("word-salad", REJECT, EVERYWHERE)
def word_salad(text: Reading) -> str | None:
    """English words that make no sentence."""
    words = text.words
    odd = text.odd_pairs
    if (
        odd >= 2
        or (odd and words and (words[-1] in DANGLING or _has_no_order(text)))
        or (text.plain[:1].islower() and _CAPITAL_INSIDE.search(text.body))
        or (len(words) >= 5 and _FUNCTION_WORDS.isdisjoint(words))
    ):
        return "The words make no sentence. Write the text again."
    return None


def _has_no_order(text: Reading) -> bool:
    return "?" in text.body and not any(map(starts_like_a_question, text.sentences))


@text_rule("runs-on", REJECT, QUESTIONS)
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


@text_rule("odd-grammar", WARN, EVERYWHERE)
def odd_grammar(text: Reading) -> str | None:
    """Two words together that hardly ever stand together."""
    if text.odd_pairs == 1:
        return "The grammar looks wrong. Read the sentence again."
    return None
