"""Rules on how a question is put: one question, whole, asked of a person, in its own part."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from shared.ielts.rulebook.grammar import (
    DANGLING,
    has_inversion,
    is_request,
    odd_pairs,
    question_clauses,
    starts_like_a_question,
)
from shared.ielts.rulebook.lexicon import words_of
from shared.ielts.rulebook.registry import (
    EVERYWHERE,
    PERSONAL,
    QUESTIONS,
    Severity,
    Slot,
    any_of,
    text_rule,
)

if TYPE_CHECKING:
    from shared.ielts.rulebook.reading import Reading

REJECT, WARN = Severity.REJECT, Severity.WARN

_WH_START = re.compile(r"\W*(?:\w+\s+)?(?:what|who|whom|whose|where|when|why|how|which)\b")


# "And in winter, what then?", "Any plans for the weekend?", "Favourite colour?"
_ELLIPTICAL = re.compile(
    r"\b(?:what|who|whom|whose|where|when|why|how|which|agree|right)\b|^\W*(?:any|favou?rite)\b"
)


@text_rule("not-a-question", REJECT, QUESTIONS)
def not_a_question(text: Reading) -> str | None:
    """A statement, a heading or an order where a question should stand."""
    if text.lower.rstrip("\"') ]").endswith("?") or "?" in text.body:
        if any(map(starts_like_a_question, text.sentences)) or has_inversion(text.lower):
            return None
        if any(map(starts_like_a_question, text.body.lower().split(", "))):
            return None
        if _ELLIPTICAL.search(text.lower):
            return None
        return "This only looks like a question. Begin with a question word or do, is, have, would."
    if any(_asks(sentence) for sentence in text.sentences):
        return None
    return "This asks nothing. Put it as a question that ends in a question mark."


def _asks(sentence: str) -> bool:
    return is_request(sentence) or question_clauses(sentence) > 0 or bool(_WH_START.match(sentence))


@text_rule("card-as-question", REJECT, QUESTIONS)
def card_as_question(text: Reading) -> str | None:
    """A cue card's line in the place of a question."""
    if re.match(
        r"\W*(?:please )?describe (?:an?|one|some|something|someone|somebody|the|your|any|two)\b",
        text.lower,
    ):
        return "'Describe ...' belongs on a cue card. Ask a question instead."
    if re.search(r"\byou should say\b|^\W*and (?:explain|say)\b", text.lower):
        return "This is part of a cue card. Ask a question instead."
    return None


_PROBE = any_of(
    [r"(?:and |but |or )?(?:why|why not|why or why not|why/why not|how so|how come|when|where|how often|how many|how much|how long|which ones?"
     r"|what kinds?|what sorts?|what types?|who with|with whom|who|what|how|what for|in what ways?|for example|such as|what about (?:now|you|others)"
     r"|(?:or not|is it|is that so|really|if so|if not|if any|do you|did you|would you|are you|have you|were you))"]
)  # fmt: skip
_WHY = re.compile(r"(?:and |but |so )?(?:why|how come)\b")
_POINTING = frozenset("so that it this not they them".split())
_SECOND_SUBJECT = re.compile(
    r"(?:,| and| but|;)\s(?:also )?(?:who|what|which \w+|how many \w+|how much)\s"
    r"(?:makes?|made|taught|teaches|gives?|gave|helps?|helped|happens|happened|cooks?|does|usually|lives|interests"
    r"|attracts?|attracted|inspired|comes|goes|kinds?|sorts?|types?|is|are|was|were|would|can|should|encouraged|introduced)\b"
)
_EMBEDDING = re.compile(
    r"\b(?:know|remember|tell me|sure|explain|find out|care|understand|forget|decide|imagine|say|think about|matter)\b"
)
_SECOND_EMBEDDED = re.compile(
    r"\b(?:and|plus|as well as)\s(?:also )?(?:what|where|when|how|which|who)\s(?:\w+\s){0,2}?(?:you|your|it|they|people)\s\w+"
)


@text_rule("double-question", REJECT, PERSONAL)
def double_question(text: Reading) -> str | None:
    """Two questions in one, where the exam asks one at a time."""
    body = text.body.lower()
    questions = [sentence for sentence in text.sentences if _is_full_question(sentence)]
    if (
        len(questions) > 1
        or question_clauses(body) > 1
        or (questions and _SECOND_SUBJECT.search(body) and question_clauses(body))
        or (questions and _SECOND_EMBEDDED.search(body) and not _EMBEDDING.search(body))
    ):
        return "These are two questions. Keep one; a short probe such as [Why?] may follow."
    return None


def _is_full_question(sentence: str) -> bool:
    bare = re.sub(r"^\W*(?:(?:if (?:so|not|yes|no)|and|or|but|so|then)\W+)*", "", sentence).strip(
        " ?!.,\"')]"
    )
    if not bare or _PROBE.fullmatch(bare):
        return False
    words = bare.split()
    if _WHY.match(bare) and (len(words) <= 3 or (len(words) <= 5 and words[-1] in _POINTING)):  # noqa: PLR2004
        return False
    if words[:2] in (["what", "about"], ["how", "about"]):
        return False
    return len(words) > 2 and starts_like_a_question(sentence)  # noqa: PLR2004 - "which one?" is a probe


@text_rule("unbracketed-probe", WARN, PERSONAL)
def unbracketed_probe(text: Reading) -> str | None:
    """A probe after a Part 1 question that is not bracketed."""
    if len(text.sentences) > 1 and not double_question(text):
        return "Put the probe in brackets, [Why?] or [Why/Why not?], or leave it out."
    return None


@text_rule("question-mark", WARN, QUESTIONS)
def question_mark(text: Reading) -> str | None:
    """A question without its question mark, or a request with one."""
    asks = text.body.rstrip("\"') ").endswith("?")
    if not asks and not is_request(text.lower):
        return "End the question with a question mark."
    return None


@text_rule("small-start", WARN, QUESTIONS | {Slot.DESCRIBE})
def small_start(text: Reading) -> str | None:
    """A sentence that begins with a small letter."""
    return "Begin with a capital letter." if text.plain[:1].islower() else None


_BARE_INVERSION_END = re.compile(
    r"\b(?:do|does|did|have|has|would|can|could|will|should) (?:you|people|we|most people|some people)(?: (?:usually|often|like to|want to|prefer to))?$"
)


@text_rule("cut-off", REJECT, EVERYWHERE)
def cut_off(text: Reading) -> str | None:
    """A text that stops in the middle of a sentence."""
    end = text.body.rstrip("\"') ")
    if end.endswith(("?", "!")) or not text.words:
        return _dangling(text) if end.endswith("?") else None
    if end.endswith((",", ";", ":", "-")) and not re.search(r"you should say\W*$", text.lower):
        return "The text breaks off. Finish the sentence."
    if _BARE_INVERSION_END.search(end.lower().rstrip(".")) and "what about" not in text.lower:
        return "The text breaks off. Finish the sentence."
    return _dangling(text)


def _dangling(text: Reading) -> str | None:
    if text.words and text.words[-1] in DANGLING and text.words[-2:] != ["a", "while"]:
        return f"The text breaks off after {text.words[-1]!r}. Finish the sentence."
    return None


_FUNCTION_WORDS = words_of("function_words")


@text_rule("word-salad", REJECT, EVERYWHERE)
def word_salad(text: Reading) -> str | None:
    """English words that make no sentence."""
    words = text.words
    odd = odd_pairs(words)
    if odd >= 2 or (odd and words and words[-1] in DANGLING):  # noqa: PLR2004 - one may be a slip
        return "The words make no sentence. Write the text again."
    if len(words) >= 5 and not any(word in _FUNCTION_WORDS for word in words):  # noqa: PLR2004
        return "The words make no sentence. Write the text again."
    return None


@text_rule("odd-grammar", WARN, EVERYWHERE)
def odd_grammar(text: Reading) -> str | None:
    """Two words together that hardly ever stand together."""
    if odd_pairs(text.words) == 1:
        return "The grammar looks wrong. Read the sentence again."
    return None


@text_rule("examiner-frame", WARN, QUESTIONS)
def examiner_frame(text: Reading) -> str | None:
    """The examiner's introduction of a topic before the question itself."""
    if re.match(
        r"\W*(?:now,? |ok,? |okay,? |so,? )?(?:let's|let us|we're going to|i'd like to|i would like to|we've been)\b",
        text.lower,
    ):
        return "Leave the examiner's introduction out: frames are added elsewhere."
    return None


@text_rule("scene-setting", REJECT, PERSONAL)
def scene_setting(text: Reading) -> str | None:
    """A statement before a Part 1 question."""
    for sentence in text.sentences[:-1]:
        if (
            not sentence.endswith("?")
            and len(sentence.split()) >= 5
            and not (  # noqa: PLR2004
                starts_like_a_question(sentence) or examiner_frame(text)
            )
        ):
            return "Ask straight away, without setting a scene."
    return None
