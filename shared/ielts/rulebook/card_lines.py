"""Rules on the lines of a cue card below the first: noun clauses, then "and explain ..."."""

# ruff: noqa: PLR2004
# The figures in these rules are the rules: each was set on real questions, as the comments say.

from __future__ import annotations

from typing import TYPE_CHECKING

from shared.ielts.rulebook.grammar import AUX, WH
from shared.ielts.rulebook.lexicon import words_of
from shared.ielts.rulebook.patterns import pattern
from shared.ielts.rulebook.registry import Finding, Severity, Slot, declare, text_rule

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from shared.ielts.rulebook.reading import Reading

REJECT, WARN = Severity.REJECT, Severity.WARN

_BULLET_START = pattern(
    r"\W*the reasons? "
    rf"|\W*(?:(?:and|also|or)\s+)?(?:(?:at|by|for|from|in|of|on|to|with|about|until|since)\s+)?(?:{WH}|if|whether|whom)\b"
)
_THING = r"(?:it|he|she|this|that|they|the|your|there|these)"
# "what did you do", "how long have you had it"
_ASKED = pattern(
    rf"\W*{WH}(?:\s+(?!(?:{_THING}|you|people)\b)[\w/-]+){{0,3}}"
    rf"\s+(?:do|does|did|have|has|had|can|could|will|would|should)\s+(?:{_THING}|you|we|people)\b"
)
# "what is it", as some remember the card's "what it is"
_TURNED = pattern(rf"\W*{WH}(?:'s|\s+(?:is|was|are|were))\s+{_THING}\b")
# "What it was?": a noun clause all the same
_BETWEEN = rf"(?:\s+(?!(?:{_THING}|you|people)\b)[\w/-]+)"
_CLAUSE_WITH_MARK = pattern(
    rf"\W*(?={WH}\b)(?!{WH}{_BETWEEN}{{0,4}}\s+(?:(?:is|are|was|were)\s+(?:{_THING}|you|people)"
    rf"|(?!(?:is|are|was|were)\b){AUX})\b)[^?]+\?"
)
_STATEMENT = pattern(r"\W*(?:you|i|he|she|they|we|it|this|there|my|people)\b")


# "do people plan less than they did": a question of Part 3
_ASKED_OF_ALL = pattern(
    rf"\W*{AUX} (?:most |many |some |all |more |young )*(?:people|children|teenagers|parents"
    r"|students|adults|governments?|schools|companies|society|families|men|women|cities|we)\b"
)


@text_rule("bullet-question", REJECT, {Slot.BULLET})
def bullet_question(text: Reading) -> str | None:
    """A bullet put as a question."""
    if _ASKED_OF_ALL.match(text.lower):
        return "Ask what the candidate can say of the thing, not what people do or think."
    if "?" in text.plain and not _is_clause_with_mark(text.lower):
        return "Write a noun clause, not a question: 'where it was', 'what you did there'."
    return None


def _is_clause_with_mark(line: str) -> bool:
    return _CLAUSE_WITH_MARK.fullmatch(line) is not None and not _TURNED.match(line)


@text_rule("bullet-mark", WARN, {Slot.BULLET})
def bullet_mark(text: Reading) -> str | None:
    """A noun clause that ends in a question mark, as in some remembered cards."""
    if "?" in text.plain and _is_clause_with_mark(text.lower):
        return "Leave out the question mark."
    return None


@text_rule("bullet-inversion", WARN, {Slot.BULLET})
def bullet_inversion(text: Reading) -> str | None:
    """A bullet with the word order of a question, as in some remembered cards."""
    if (_ASKED.match(text.lower) or _TURNED.match(text.lower)) and "?" not in text.plain:
        return "Turn the words: 'what it is', not 'what is it'."
    return None


_PUBLISHED_CLOSING = pattern(r"\W*and (?:explain|say)\b")


@text_rule("bullet-closing", REJECT, {Slot.BULLET})
def bullet_closing(text: Reading) -> str | None:
    """A closing line among the bullets."""
    if _PUBLISHED_CLOSING.match(text.lower):
        return "Keep 'and explain ...' for the closing line."
    return None


@text_rule("bullet-sentences", REJECT, {Slot.BULLET}, unless="has_one_sentence")
def bullet_sentences(text: Reading) -> str | None:
    """A bullet of more than one sentence."""
    if len(text.sentences) > 1:
        return "Write one noun clause and nothing after it."
    return None


@text_rule("bullet-start", WARN, {Slot.BULLET})
def bullet_start(text: Reading) -> str | None:
    """A bullet that does not begin by what, who, where, when, why, how, if or whether."""
    if _BULLET_START.match(text.lower):
        return None
    return "Begin the bullet with what, who, where, when, why or how."


@text_rule("bullet-capital", WARN, {Slot.BULLET})
def bullet_capital(text: Reading) -> str | None:
    """A bullet that begins with a capital letter."""
    return "Begin the bullet with a small letter." if text.plain[:1].isupper() else None


@text_rule("bullet-end", WARN, {Slot.BULLET})
def bullet_end(text: Reading) -> str | None:
    """A bullet with punctuation at its end."""
    if text.plain[-1:] in ".,;:!":
        return "End the bullet without punctuation."
    return None


_CLOSING_START = pattern(
    r"\W*(?:and|also|then|finally|lastly)?\W*(?:also |then |please |finally )?"
    r"(?:explain|say|describe|tell|talk about|give|mention|share|if|whether"
    r"|(?:in\s)?(?:what|how|why))\b"
)


_BULLET_LIKE = pattern(
    r"\W*(?:and )?(?:how (?:big|difficult|easy|far|hard|long|many|much|often|old)"
    r"|what (?:time|kind|colour|size|sort)|(?:who|when|where|which) (?:it|he|she|they|the|this))\b"
    # "how you know this dentist": only "how you felt" and its like are heard without "and"
    r"|\W*how (?!.*\b(?:affect|chang|feel|felt|found out|help|import|influenc|is|success|think"
    r"|us(?:e|ing)ful|was|were))"
    r"|\W*(?:and )?what (?!.*\b(?:advi[cs]|effect|impact|happened|learn|outcome|others|people"
    r"|ma(?:de|kes?) (?:it|you|him|her|them|this)|result|you (?!did|had|need)))"
)
_DESCRIBES_ANOTHER = pattern(r"\W*describe an? ")
_ALSO = pattern(r"\W*you should also (?=(?:explain|say)\b)")


@text_rule("closing-start", REJECT, {Slot.CLOSING})
def closing_start(text: Reading) -> str | None:
    """A closing line that does not go on from the bullets."""
    line = _ALSO.sub("", text.lower)
    if ". describe" in line or _DESCRIBES_ANOTHER.match(line):
        return "End the card with the closing line. Describe nothing else."
    if _CLOSING_START.match(line) and not _BULLET_LIKE.match(line):
        return None
    return "Begin the closing line with 'and explain why', 'how', 'what' or 'whether'."


_UNFINISHED_CLOSING = pattern(rf"\W*(?:and )?(?:explain|say|describe)(?: {WH}(?: you)?)?\W*")
_TWICE = pattern(r"\b(?:explain|say)\W+(?:\w+ )?(?:and\W+)?(?:explain|say)\b|;")


@text_rule("closing-unfinished", REJECT, {Slot.CLOSING})
def closing_unfinished(text: Reading) -> str | None:
    """A closing line that stops after "why" or "how"."""
    if _UNFINISHED_CLOSING.fullmatch(text.lower):
        return "Finish the closing line: 'and explain why you liked it'."
    if ("and" in text.words or ";" in text.lower) and _TWICE.search(text.lower):
        return "Say 'and explain' once, then why, how or what."
    return None


_BODY = r"(?:you|he|she|it|they|we|this|that|people)"
_TRANSITIVE = words_of("transitive")
_CANNOT_END = _TRANSITIVE | words_of("line_cannot_end")
# "where it", "why you would", "why you liked", "what you want to", "how you would enjoy be"
_LINE_STOPS = pattern(
    rf"\b(?:{WH}|whether|if) (?:often |long |much |many |well |far |old |big )?{_BODY}"
    r"(?: (?:would|will|can|could|should|must|might|may))?$"
    rf"|\bhow {_BODY} (?:has|have|had)$|\bhow the \w+$"
    r"|\b(?:explain|say) (?:how|why|whether|if) \w+$"
    rf"|\b(?:why|whether|if) {_BODY} (?:is|are|was|were|has|have|had|do|does|did|so|very|really"
    r"|always|still|never|often|usually|also)$"
    rf"|\b(?:why|whether|when) {_BODY} (?:(?:would|will|really|also|still|always|do|did|most) )*"
    rf"(?:{'|'.join(sorted(_TRANSITIVE))})$"
    rf"|\b{_BODY} (?:want|wanted|have|had|need|needed|decide|decided|try|tried|hope|hoped"
    r"|are able|were able|would like|would love|plan|planned|started|began) to$"
    r"|\b(?:avoid|enjoy|finish|without|for|about|of) be$"
    rf"|\b(?:why|whether|how) {_BODY} \w+ (?:of|with|from|at|to)$"
    r"|\b(?:is|was|are|were|felt|feel|became) (?:so|very|too|really|quite|more|such|such an?)$"
)


@text_rule("line-unfinished", REJECT, {Slot.BULLET, Slot.CLOSING})
def line_unfinished(text: Reading) -> str | None:
    """A line of a card that stops before its verb or object."""
    may_stop = text.words and (text.words[-1] in _CANNOT_END or len(text.words) < 6)
    if may_stop and _LINE_STOPS.search(text.lower.rstrip(" .?!,;")):
        return "The line breaks off. Finish it: 'why you liked it', 'how often you go there'."
    return None


@text_rule("closing-wording", WARN, {Slot.CLOSING})
def closing_wording(text: Reading) -> str | None:
    """A closing line that does not begin by "and explain" or "and say"."""
    if _PUBLISHED_CLOSING.match(text.lower):
        return None
    return "Begin the closing line with 'and explain' or 'and say'."


_AND = pattern(r"^\W*and\s+")


@text_rule("closing-question", REJECT, {Slot.CLOSING})
def closing_question(text: Reading) -> str | None:
    """A closing line put as a question."""
    line = _AND.sub("", text.lower)
    explains = _PUBLISHED_CLOSING.match(text.lower) or _is_clause_with_mark(line)
    marked = "?" in text.plain and not (explains and text.plain.find("?") == len(text.plain) - 1)
    if marked or (_ASKED.match(line) and not _AND_WHAT_YOU_THINK.match(text.lower)):
        return "Write 'and explain why ...', not a question."
    return None


_AND_WHAT_YOU_THINK = pattern(r"\W*and (?:what|how) (?:do|did) you (?:feel|think)\b")


@text_rule("closing-inversion", WARN, {Slot.CLOSING})
def closing_inversion(text: Reading) -> str | None:
    """A closing line with the order or the mark of a question, as in some remembered cards."""
    if "?" in text.plain or _AND_WHAT_YOU_THINK.match(text.lower):
        return "Write 'and explain what you think', without a question mark."
    return None


CARD_BULLET_FORM = declare("card-bullet-form", REJECT, "Bullets that are no noun clauses.")


def broken_bullets(readings: Sequence[Reading]) -> Iterator[Finding]:
    """Bullets that one by one might be a slip, and together are not the exam's."""
    texts = [reading.lower for reading in readings]
    loose = sum(not _BULLET_START.match(text) for text in texts)
    asked = sum(bool(_ASKED.match(text)) for text in texts)
    turned = sum(bool(_TURNED.match(text)) for text in texts)
    states = any(_STATEMENT.match(text) for text in texts)
    if loose >= 2 or states:
        yield CARD_BULLET_FORM.finding(
            "Write noun clauses as bullets: 'what it was', 'where you went'.", "bullets"
        )
    elif asked >= 2 or (asked and turned) or 0 < len(texts) == turned:
        yield CARD_BULLET_FORM.finding("Turn the words: 'what it is', not 'what is it'.", "bullets")
