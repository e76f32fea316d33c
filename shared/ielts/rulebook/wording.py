"""Rules on how a question is put: as a question, and nothing around it."""

# ruff: noqa: PLR2004
# The figures in these rules are the rules: each was set on real questions, as the comments say.

from __future__ import annotations

from typing import TYPE_CHECKING

from shared.ielts.rulebook.grammar import (
    WH,
    has_inversion,
    is_request,
    question_clauses,
    starts_like_a_question,
)
from shared.ielts.rulebook.lexicon import is_everyday
from shared.ielts.rulebook.patterns import pattern
from shared.ielts.rulebook.registry import (
    PERSONAL,
    QUESTIONS,
    Severity,
    Slot,
    text_rule,
    wording_rule,
)

if TYPE_CHECKING:
    from shared.ielts.rulebook.reading import Reading

REJECT, WARN = Severity.REJECT, Severity.WARN

_WH_START = pattern(r"\W*(?:\w+\s+)?(?:what|who|whom|whose|where|when|why|how|which)\b")


# "Any plans for the weekend?", "And in winter, why?", "In your town what is popular?"
_ELLIPTICAL = pattern(
    r"\W*(?:(?:any|favou?rite|ever|and (?:in|on|at) (?:the|your|spring|summer|autumn|winter))\b"
    r"|(?:and|as|at|besides|but|first|for|from|if|in|now|nowadays|ok|on|so|then|these|today|when)\b"
    r".*\b(?:what|who|whom|whose|where|when|why|how|which)\b)"
)


# "where the school is"
_NOUN_CLAUSE = pattern(rf"{WH}(?: \w+)? (?:you|the|it|they|he|she|this|that|your)\b")


# "is saving money hard", "do shops close early", "should exams be easier"
_YES_OR_NO = pattern(
    r"\W*(?:(?:is|are|was|were|does|did|has|should|would|could)(?:n't)? (?!be\b|been\b|not\b|of\b)"
    r"|do (?!not\b)(?:\w+ )?\w+s )\w+ \w"
)


@text_rule("not-a-question", REJECT, QUESTIONS)
def not_a_question(text: Reading) -> str | None:
    """A statement, a heading or an order where a question should stand."""
    if len(text.sentences) > 1 and all(len(sentence.split()) < 3 for sentence in text.sentences):
        return "These are scraps of questions. Ask one whole question."
    if "?" in text.body:
        if _asks_with_mark(text):
            return None
        return "This only looks like a question. Begin with a question word or do, is, have, would."
    if _NOUN_CLAUSE.match(text.plain) and len(text.words) < 7 and not has_inversion(text.lower):
        return "This is a noun clause, as on a card. Put it as a question."
    if any(_asks_without_mark(sentence) for sentence in text.sentences):
        return None
    return "This asks nothing. Put it as a question that ends in a question mark."


def _asks_with_mark(text: Reading) -> bool:
    return (
        any(map(starts_like_a_question, text.sentences))
        or has_inversion(text.lower)
        or any(map(starts_like_a_question, text.lower_body.split(", ")))
        or (len(text.words) <= 8 and _ELLIPTICAL.match(text.lower) is not None)
    )


def _asks_without_mark(sentence: str) -> bool:
    asks_in_full = bool(_WH_START.match(sentence) or _YES_OR_NO.match(sentence))
    return (
        is_request(sentence)
        or question_clauses(sentence) > 0
        or (asks_in_full and len(sentence.split()) > 2)
    )


wording_rule(
    "card-as-question",
    REJECT,
    QUESTIONS,
    "A cue card's line in the place of a question.",
    reason="{found!r} belongs on a cue card. Ask a question instead.",
)


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


_FRAME = pattern(
    r"\W*(?:(?:now|ok|okay|so),? )?"
    r"(?:let's|let us|we're going to|i'd like to|i would like to|we've been)\b"
)


@text_rule("examiner-frame", WARN, QUESTIONS)
def examiner_frame(text: Reading) -> str | None:
    """The examiner's introduction of a topic before the question itself."""
    if _FRAME.match(text.lower):
        return "Leave the examiner's introduction out: frames are added elsewhere."
    return None


_LABEL = pattern(r"[^:?!.]{3,60}:\W*(?=\w)")


# "let's turn to your school: ..." is the examiner speaking
_TURN = pattern(r"\W*(?:now,? |so,? |ok(?:ay)?,? )*(?:let's|let us|i'd like|i would like|we'll) ")


@text_rule("label", REJECT, QUESTIONS, unless="is_simple")
def label(text: Reading) -> str | None:
    """A heading or a key before the question."""
    match = _LABEL.match(text.lower)
    if match and not starts_like_a_question(text.lower) and not _TURN.match(text.lower):
        rest = text.lower[match.end() :]
        if starts_like_a_question(rest) and has_inversion(rest):
            return f"Leave out {match[0].strip()!r}: give the question alone."
    return None


_CAST = pattern(
    r"\W*(?:you(?:'re| are| have| work| live| want| see| meet)"
    r"|(?:your|a|one of your) (?:boss|brother|colleague|company|friend|manager|neighbour|parent"
    r"|sister|teacher)s?)\b"
)


@text_rule("role-play", REJECT, {Slot.DISCUSSION}, unless="has_one_sentence")
def role_play(text: Reading) -> str | None:
    """A situation with the candidate or a named person in it before a Part 3 question."""
    for sentence, written in zip(text.sentences[:-1], text.body.split(". "), strict=False):
        name = written.partition(" ")[0]
        acts = _ACTS.match(sentence) and name.isalpha() and not is_everyday(name.lower())
        if not sentence.endswith("?") and (_CAST.match(sentence) or acts):
            return "Ask about people in general, without a situation to play."
    return None


_ACTS = pattern(
    r"\w+ (?:and \w+ )?(?:is|are|was|has|have|had|wants?|lives?|works?|thinks?|says?|goes|went"
    r"|plays?|likes?|buys|bought|studies|makes?|needs?|takes?)\b"
)


@text_rule("scene-setting", REJECT, PERSONAL, unless="has_one_sentence")
def scene_setting(text: Reading) -> str | None:
    """A statement before a Part 1 question."""
    for sentence in text.sentences[:-1]:
        if (
            not sentence.endswith("?")
            and len(sentence.split()) >= 5
            and not (starts_like_a_question(sentence) or examiner_frame(text))
        ):
            return "Ask straight away, without setting a scene."
    return None
