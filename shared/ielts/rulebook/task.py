"""Rules against other kinds of task: essays, tests of knowledge, choices, role play, hints."""

# ruff: noqa: PLR2004
# The figures in these rules are the rules: each was set on real questions, as the comments say.

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from shared.ielts.rulebook.grammar import starts_like_a_question
from shared.ielts.rulebook.lexicon import lines_of
from shared.ielts.rulebook.patterns import pattern
from shared.ielts.rulebook.registry import (
    EVERYWHERE,
    QUESTIONS,
    Severity,
    text_rule,
    wording_rule,
)
from shared.ielts.rulebook.wordings import Wordings

if TYPE_CHECKING:
    from shared.ielts.rulebook.reading import Reading

REJECT, WARN = Severity.REJECT, Severity.WARN

wording_rule(
    "essay-rubric",
    REJECT,
    EVERYWHERE,
    "The instruction of a written essay.",
    reason="{found!r} belongs to a writing task. Ask one question to be answered by speaking.",
)
_ESSAY_START = Wordings(lines_of("wordings/essay-start"))


@text_rule("essay-imperative", REJECT, QUESTIONS)
def essay_imperative(text: Reading) -> str | None:
    """A sentence that orders an essay: discuss, evaluate, write."""
    if found := _ESSAY_START.find(text):
        return f"Examiners ask; they do not say {found!r}. Put it as a question."
    return None


_ESSAY_TAIL = Wordings(lines_of("wordings/essay-tail"))
_ESSAY_QUESTION = Wordings(lines_of("wordings/essay-question"))


# "Some people say ... Do you agree or disagree? Why?": no essay ends by asking like this
_SPOKEN_END = pattern(
    r"why(?: is that| not| or why not)?\?"
    r"|do you agree or disagree(?: with (?:this|that)(?: statement| idea)?)?\?"
    r"|do you think (?:this|that|it) is (?:an? )?(?:good|bad|positive|negative)"
    r"(?: or (?:an? )?(?:bad|good|negative|positive))?(?: thing| idea)?\?"
)
_WHO_SAYS = pattern(r"some (?:\w+ )?(?:think|say|believe|feel|claim)\b")
_TWO_VIEWS = pattern(
    r"some (?:people )?(?:think|say|believe|feel)\b[^.?]+\."
    r" others (?:think|say|believe|feel)\b[^.?]+\. what (?:is your opinion|do you think)\?"
)


@text_rule("essay-prompt", REJECT, QUESTIONS)
def essay_prompt(text: Reading) -> str | None:
    """A paragraph of statements before the question, as essay tasks have it."""
    statements = [
        sentence
        for sentence in text.sentences
        if not sentence.endswith("?") and not starts_like_a_question(sentence)
    ]
    said = sum(len(sentence.split()) for sentence in statements)
    spoken = len(statements) == 1 and said <= 24 and _SPOKEN_END.fullmatch(text.sentences[-1])
    if spoken and ("agree" not in spoken[0] or _WHO_SAYS.match(statements[0])):
        return None
    if said <= 24 and _TWO_VIEWS.fullmatch(" ".join(text.sentences)):
        return None
    if said > 24 or (len(statements) > 1 and said > 16):
        return "Statements take up most of this. Keep at most one short claim, then ask."
    long = len(text.words) > 21 or len(statements) > 1
    if (said > 5 and _ESSAY_TAIL.find(text)) or (said > 9 and long and _ESSAY_QUESTION.find(text)):
        return "This is built like an essay task. Keep at most one short claim, then ask."
    return None


_LETTERED = pattern(
    r"(?<![\w'])\(?a\s?[).:]\s*\S.*?(?<![\w'])\(?b\s?[).:]\s*\S|(?<![\w'])\(?1\s?[).:]\s*\S.*?(?<![\w'])\(?2\s?[).:]\s*\S"
    r"|(?<![\w'])\(?i\s?[).]\s.*?(?<![\w'])\(?ii\s?[).]|(?<!\w)a\s?[-/=]\s?\w+.{0,40}(?<!\w)b\s?[-/=]\s?\w+"
    r"|(?-i:(?<=[a-z:,] )A (?:that )?\w[^?]*\bor B\b)|\((?!e\.?\s?g\b)[^()]+/[^()]+/[^()]+\)"
    r"|(?-i:(?<!\w)A, \S.*?(?<!\w)B, \S)|(?<!\w)1\s?[=-]\s?\w.*?(?<!\w)2\s?[=-]\s?\w",
    re.IGNORECASE | re.DOTALL,
)
# "( ) good ( ) bad", and boxes to tick drawn in other ways
_BOXED = pattern(
    r"(?:\([\s_.*]*\)|\[[\s_.*]*\]|<\s*>|\b_{1,4}\b)\s*\w.*(?:\([\s_.*]*\)|\[[\s_.*]*\]|<\s*>)\s*\w"
)
_SLASHED = pattern(r"(?:[\w' -]+\s?[/|;]\s?){3,}[\w' -]+")
# "he/she" leaves nothing to choose, nor does a list that goes on
_PAIRS = pattern(
    r"\b(?:s?he/s?he|his/hers?|hers?/his|him/her|her/him|when/where|where/when)\b"
    r"|(?:/[\w' -]+)*/etc\b"
)
# "? Never, once a week, every day?": answers to choose from, after the question
_ANSWERS_LISTED = pattern(r"\?\W+([^?,.;]+(?:[,.;][^?,.;]+){2,})[?.]?\W*$")
_MOST_WORDS_OF_AN_ANSWER = 4
_MARK = pattern(r"[,.;]")


@text_rule("multiple-choice", REJECT, EVERYWHERE)
def multiple_choice(text: Reading) -> str | None:
    """Lettered or listed options to choose from."""
    plain = text.is_simple and text.has_small_letters_only
    if plain and text.has_one_sentence and "/" not in text.body:
        return None
    marks = sum(map(text.body.count, "/|;"))
    if (not plain and (_LETTERED.search(text.plain) or _BOXED.search(text.plain))) or (
        marks > 2 and _SLASHED.search(_PAIRS.sub("", text.lower_body))
    ):
        return "These are options to tick. Ask an open question instead."
    if not text.has_one_sentence and _lists_answers(text):
        return "These are answers to choose from. Let the candidate find one."
    return None


def _lists_answers(text: Reading) -> bool:
    match = _ANSWERS_LISTED.search(text.lower_body)
    return (
        match is not None
        and not match[1].startswith("e.g")
        and not starts_like_a_question(match[1])
        and all(len(one.split()) <= _MOST_WORDS_OF_AN_ANSWER for one in _MARK.split(match[1]))
    )


wording_rule(
    "quiz-instruction",
    REJECT,
    EVERYWHERE,
    "An instruction of a quiz or questionnaire: choose, rate, rank, fill in.",
    reason="{found!r} belongs to a quiz. Ask an open question instead.",
)
wording_rule(
    "addressed-to-reader",
    REJECT,
    EVERYWHERE,
    "Words to the candidate about the task.",
    reason="{found!r} speaks to the candidate about the task. Ask about the subject only.",
)
wording_rule(
    "hint-or-answer",
    REJECT,
    EVERYWHERE,
    "A hint, a sample answer or a note for the teacher.",
    reason="{found!r} is a hint or an answer. Leave it out: the candidate answers.",
)
_FOR_EXAMPLE = r"(?:e\.?\s?g\b|such as\b|for (?:example|instance)\b)"
_EXAMPLE_ALONE = pattern(rf"[?.!]\W*{_FOR_EXAMPLE}[^?]*\w[^?]*$", re.IGNORECASE)
_EXAMPLE = pattern(r"[(\[,]\s*e\.?\s?g\b|[(\[]\s*(?:such as|for example)\b", re.IGNORECASE)


@text_rule("example-after-question", REJECT, QUESTIONS, unless="has_one_sentence")
def example_after_question(text: Reading) -> str | None:
    """Examples after the question: they answer it."""
    if _EXAMPLE_ALONE.search(text.plain):
        return "Leave the examples out: the candidate finds their own."
    return None


@text_rule("example-inside", WARN, EVERYWHERE, unless="is_simple")
def example_inside(text: Reading) -> str | None:
    """Examples inside a question, which few published ones have."""
    if _EXAMPLE.search(text.plain):
        return "Leave the examples out: the candidate finds their own."
    return None


wording_rule(
    "knowledge-quiz",
    REJECT,
    QUESTIONS,
    "A test of knowledge: the exam asks for experience and opinion, never for facts.",
    reason="{found!r} tests knowledge. Ask about the candidate's life or views.",
)
wording_rule(
    "giveaway-phrase",
    WARN,
    QUESTIONS,
    "A phrase that machine-written questions use far more often than examiners do.",
    reason="{found!r} sounds machine-written. Say it in plainer words.",
)
