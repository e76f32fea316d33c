"""Rules on how a question is put: one question, whole, asked of a person, in its own part."""

# ruff: noqa: PLR2004
# The figures in these rules are the rules: each was set on real questions, as the comments say.

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from shared.ielts.rulebook.grammar import (
    DANGLING,
    WH,
    has_inversion,
    is_request,
    question_clauses,
    starts_like_a_question,
)
from shared.ielts.rulebook.lexicon import lines_of, words_of
from shared.ielts.rulebook.registry import (
    EVERYWHERE,
    PERSONAL,
    QUESTIONS,
    Severity,
    Slot,
    text_rule,
)

if TYPE_CHECKING:
    from shared.ielts.rulebook.reading import Reading

REJECT, WARN = Severity.REJECT, Severity.WARN

_WH_START = re.compile(r"\W*(?:\w+\s+)?(?:what|who|whom|whose|where|when|why|how|which)\b")


# "Any plans for the weekend?", "And in winter, why?", "In your town what is popular?"
_ELLIPTICAL = re.compile(
    r"\W*(?:(?:any|favou?rite)\b"
    r"|(?:and|as|at|besides|but|first|for|from|if|in|now|nowadays|ok|on|so|then|these|today|when)\b"
    r".*\b(?:what|who|whom|whose|where|when|why|how|which)\b)"
)


@text_rule("not-a-question", REJECT, QUESTIONS)
def not_a_question(text: Reading) -> str | None:
    """A statement, a heading or an order where a question should stand."""
    if text.lower.rstrip("\"') ]").endswith("?") or "?" in text.body:
        if any(map(starts_like_a_question, text.sentences)) or has_inversion(text.lower):
            return None
        if any(map(starts_like_a_question, text.body.lower().split(", "))):
            return None
        if len(text.words) <= 8 and _ELLIPTICAL.match(text.lower):
            return None
        return "This only looks like a question. Begin with a question word or do, is, have, would."
    if any(_asks(sentence) for sentence in text.sentences):
        return None
    return "This asks nothing. Put it as a question that ends in a question mark."


def _asks(sentence: str) -> bool:
    asks_who_or_what = bool(_WH_START.match(sentence)) and len(sentence.split()) > 2
    return is_request(sentence) or question_clauses(sentence) > 0 or asks_who_or_what


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


_PROBE = re.compile(rf"(?:and |but |or )?(?:{'|'.join(lines_of('wordings/probe'))})")
_WHY = re.compile(r"(?:and |but |so )?(?:why|how come)\b")
_LINK = re.compile(r"^\W*(?:(?:if (?:so|not|yes|no)|and|or|but|so|then)\W+)*")
_POINTING = frozenset(["so", "that", "it", "this", "not", "they", "them"])
_SECOND_SUBJECT = re.compile(
    r"(?:,| and| but|;)\s(?:also )?(?:who|what|which \w+|how many \w+|how much)\s"
    r"(?:makes?|made|taught|teaches|gives?|gave|helps?|helped|happens|happened|cooks?|does|usually"
    r"|lives|interests|attracts?|attracted|inspired|comes|goes|kinds?|sorts?|types?|is|are|was|were"
    r"|would|can|should|encouraged|introduced)\b"
)
_AFTER_COMMA = re.compile(r"[,;] (?:and |also )*(?:what|how|why)\b(?: (?!about\b)[\w'-]+){3,}\W*$")
_AND_INVERSION = re.compile(
    r"\b(?:and|but|plus) (?:also )?(?:do|does|did|have|has|are|were|can|could|would|will|is|was)"
    r" (?:you|your|they|it|he|she|there|people)\b"
)
_EMBEDDING = re.compile(
    r"\b(?:know|remember|tell me|sure|explain|find out|care|understand|forget|decide|say|matter"
    r"|think about)\b"
)
_SECOND_EMBEDDED = re.compile(
    r"\b(?:and|plus|as well as)\s(?:also )?(?:what|where|when|how|which|who)"
    r"\s(?:\w+\s){0,2}?(?:you|your|it|they|people)\s\w+"
)


@text_rule("double-question", REJECT, PERSONAL)
def double_question(text: Reading) -> str | None:
    """Two questions in one, where the exam asks one at a time."""
    body = text.body.lower()
    questions = [sentence for sentence in text.sentences if _is_full_question(sentence)]
    if (
        len(questions) > 1
        or question_clauses(body) > 1
        or _AND_INVERSION.search(body)
        or ((second := _AFTER_COMMA.search(body)) and question_clauses(body[: second.start()]))
        or (questions and _SECOND_SUBJECT.search(body) and question_clauses(body))
        or (questions and _SECOND_EMBEDDED.search(body) and not _EMBEDDING.search(body))
    ):
        return "These are two questions. Keep one; a short probe such as [Why?] may follow."
    return None


def _is_full_question(sentence: str) -> bool:
    bare = _LINK.sub("", sentence).strip(" ?!.,\"')]")
    if not bare or _PROBE.fullmatch(bare):
        return False
    words = bare.split()
    if _WHY.match(bare) and (len(words) <= 3 or (len(words) <= 5 and words[-1] in _POINTING)):
        return False
    if words[:2] in (["what", "about"], ["how", "about"]):
        return False
    return len(words) > 2 and starts_like_a_question(sentence)


@text_rule("question-list", REJECT, {Slot.DISCUSSION})
def question_list(text: Reading) -> str | None:
    """Three questions or more at once; a second one follows 7 % of published Part 3 questions."""
    if sum(map(_is_full_question, text.sentences)) > 2:
        return "Ask one question; a short second one may follow."
    return None


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


# "why do work?"
_NO_SUBJECT = re.compile(r"\W*(?:what|why|how|when|where|who) (?:do|does|did) \w+\W*")


@text_rule("cut-off", REJECT, EVERYWHERE)
def cut_off(text: Reading) -> str | None:
    """A text that stops in the middle of a sentence."""
    end = text.body.rstrip("\"') ")
    if (
        _BARE_QUESTION.fullmatch(text.body.lower())
        and len(text.words) < 5
        and not _COMPLETE.search(text.lower)
    ):
        return "The text breaks off. Finish the sentence."
    if _NO_SUBJECT.fullmatch(text.lower):
        return "The question lacks a part. Finish the sentence."
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


_FRAME = re.compile(
    r"\W*(?:(?:now|ok|okay|so),? )?"
    r"(?:let's|let us|we're going to|i'd like to|i would like to|we've been)\b"
)


@text_rule("examiner-frame", WARN, QUESTIONS)
def examiner_frame(text: Reading) -> str | None:
    """The examiner's introduction of a topic before the question itself."""
    if _FRAME.match(text.lower):
        return "Leave the examiner's introduction out: frames are added elsewhere."
    return None


_LABEL = re.compile(r"[^:?!.]{3,60}:\W*(?=\w)")


@text_rule("label", REJECT, QUESTIONS)
def label(text: Reading) -> str | None:
    """A heading or a key before the question."""
    match = _LABEL.match(text.lower)
    if match and not starts_like_a_question(text.lower):
        rest = text.lower[match.end() :]
        if starts_like_a_question(rest) and has_inversion(rest):
            return f"Leave out {match[0].strip()!r}: give the question alone."
    return None


@text_rule("scene-setting", REJECT, PERSONAL)
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
