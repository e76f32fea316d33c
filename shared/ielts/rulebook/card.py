"""Rules on a cue card: "Describe ...", three noun clauses, "and explain ..."."""

# ruff: noqa: PLR2004
# The figures in these rules are the rules: each was set on real questions, as the comments say.

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from shared.ielts.rulebook.grammar import AUX, WH
from shared.ielts.rulebook.lexicon import words_of
from shared.ielts.rulebook.patterns import pattern
from shared.ielts.rulebook.registry import CARD, Finding, Severity, Slot, declare, text_rule
from shared.ielts.rulebook.same_question import asks_twice

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from shared.ielts.rulebook.reading import Reading

REJECT, WARN = Severity.REJECT, Severity.WARN

_YOU_SHOULD_SAY = pattern(
    r"[\s.:;,-]*\b(?:and )?(?:you should (?:say|talk about|include)|(?:please )?say)\b"
    r"[\s:.\u2026]*$",
    re.IGNORECASE,
)


def task_of(describe: str) -> str:
    """The describe line without "You should say:" at its end."""
    return _YOU_SHOULD_SAY.sub("", describe) if len(describe) > 20 else describe


# recalled cards have other verbs as well
_TASK = pattern(
    r"\W*(?:please )?(?:describe|(?:talk|tell (?:me|us)|speak) about|think of"
    r"|i'd like you to describe) \w"
)


@text_rule("describe-line", REJECT, {Slot.DESCRIBE})
def describe_line(text: Reading) -> str | None:
    """A card that does not begin by "Describe ..."."""
    if _TASK.match(text.lower):
        return None
    return "Begin the card with 'Describe a ...' or 'Describe something ...'."


@text_rule("describe-wording", WARN, {Slot.DESCRIBE})
def describe_wording(text: Reading) -> str | None:
    """Another verb than "describe" at the head of a card."""
    if text.words[:1] == ["describe"]:
        return None
    return "Begin the card with 'Describe'."


_LINKS = frozenset({"and", "or", "describe", "whichever"})
_SECOND_TASK = pattern(
    r"\bdescribe\b.*\b(?:describe|and (?:discuss|compare|explain|evaluate))\b"
    r"|\bor else\b|\band also (?:an?|your|the)\b|, what .*, and how\b|\bwhichever\b"
    r"|^describe (?:an?|the|your|some) (?!.*\byou and\b)[^,]*? and (?:an?|your|the reason|what) "
    r"|^describe (?:an?|the|your) [^,]+(?:, (?:an?|the|your) [^,]+)+,? and (?:an?|the|your) "
)


@text_rule("describe-question", REJECT, {Slot.DESCRIBE})
def describe_question(text: Reading) -> str | None:
    """A describe line that asks a question or gives more than one task."""
    if "?" in text.plain:
        return "A card describes, it does not ask: 'Describe a ...'."
    if not _LINKS.isdisjoint(text.words[1:]) and _SECOND_TASK.search(text.lower):
        return "Give the card one thing to describe."
    return None


_I = frozenset({"i", "me", "my", "myself"})


@text_rule("first-person-card", REJECT, CARD)
def first_person_card(text: Reading) -> str | None:
    """A card that speaks as the candidate: it speaks to them."""
    if _I.isdisjoint(text.words):
        return None
    return "Speak to the candidate: 'you', not 'I'."


_SOMEBODY = pattern(
    r"\b(?:some(?:one|body)|anyone|person|people|friends?|man|woman|boy|girl|child|children|relative"
    r"|teacher|neighbour|parents?|mother|father|brother|sister|aunt|uncle|cousin|grandparents?"
    r"|grandmother|grandfather|colleague|famil(?:y|ies)|team|group|who|others?|\w+ists?|\w+(?:er|or|ian)s?)\b"
)
_OTHERS = frozenset({"he", "she", "they", "we", "our", "us"})
_THEY = pattern(r"\b(?:he|she|they|we|our|us)\b")


@text_rule("describe-whose", REJECT, {Slot.DESCRIBE})
def describe_whose(text: Reading) -> str | None:
    """A describe line on what they or she did, without a word on who that is."""
    if _OTHERS.isdisjoint(text.vocabulary):
        return None
    if (other := _THEY.search(text.lower)) and not _SOMEBODY.search(text.lower[: other.start()]):
        return f"Say who {other[0]!r} is, or speak to the candidate: 'you'."
    return None


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
    r"|\W*(?:and )?what (?!.*\b(?:advi[cs]|effect|happened|learn|outcome|others|people"
    r"|ma(?:de|kes?) (?:it|you|him|her|them|this)|result|you (?!did|had|need)))"
)
_ALSO = pattern(r"\W*you should also (?=(?:explain|say)\b)")


@text_rule("closing-start", REJECT, {Slot.CLOSING})
def closing_start(text: Reading) -> str | None:
    """A closing line that does not go on from the bullets."""
    line = _ALSO.sub("", text.lower)
    if ". describe" in line:
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
    rf"|\bhow {_BODY} (?:has|have|had)$|\b(?:explain|say) (?:how|why|whether|if) \w+$"
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
    may_stop = text.words and (text.words[-1] in _CANNOT_END or len(text.words) < 5)
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


CARD_BULLETS = declare("card-bullets", REJECT, "A card without its three bullets.")
FOUR_BULLETS = declare("four-bullets", WARN, "A card with four bullets; published ones have three.")
CARD_CLOSING = declare("card-closing", REJECT, "A card without its closing line.")
CARD_BULLET_FORM = declare("card-bullet-form", REJECT, "Bullets that are no noun clauses.")
CARD_REPEATS = declare("card-repeats", REJECT, "A card that asks for the same thing twice.")


def broken_structure(bullets: Sequence[str], closing: str) -> Iterator[Finding]:
    """What the card as a whole lacks."""
    count = sum(bool(bullet.strip()) for bullet in bullets)
    if count == 4 and len(bullets) == 4:
        yield FOUR_BULLETS.finding("Give three bullets, not four.", "bullets")
    elif count != 3 or len(bullets) != 3:
        yield CARD_BULLETS.finding(f"Give exactly three bullets, not {count}.", "bullets")
    if not closing.strip():
        yield CARD_CLOSING.finding("Add the closing line: 'and explain why ...'.", "closing")


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


_TASK_VERB = pattern(r"^(?:and )?(?:explain|say|describe)\s")


def repeated_lines(describe: str, lines: Sequence[Reading]) -> Iterator[Finding]:
    """Two lines of a card that say the same, or two bullets that ask the same in other words."""
    bare = [_TASK_VERB.sub("", reading.lower).strip(" .") for reading in lines]
    for index, line in enumerate(bare):
        if line and line in bare[:index]:
            yield CARD_REPEATS.finding(
                f"{line!r} stands there twice. Ask for something else.", "bullets"
            )
            return
    if again := asks_twice(bare[:-1], describe.lower()):
        yield CARD_REPEATS.finding(
            f"{again!r} asks what an earlier bullet has asked. Ask for something else.", "bullets"
        )


_ONE_MAN = pattern(r"\b(?:he|him|his)\b")
_ONE_WOMAN = pattern(r"\b(?:she|hers?)\b")
_EITHER = pattern(
    r"\b(?:s?he|him|his|hers?)(?:/| or | and |\s?/\s?)(?:s?he|him|his|hers?)(?:self)?\b"
    r"|\(s\)he|s/he"
)


def mixed_persons(describe: str, lines: Sequence[Reading]) -> Iterator[Finding]:
    """Lines of which one says "he" and another "she", where the card has one person."""
    words = {word for line in lines for word in line.words}
    if words.isdisjoint({"he", "him", "his"}) or words.isdisjoint({"she", "her", "hers"}):
        return
    texts = [_EITHER.sub("", line.lower) for line in lines]
    he, she = any(map(_ONE_MAN.search, texts)), any(map(_ONE_WOMAN.search, texts))
    if he and she and not _TWO.search(describe.lower()):
        yield CARD_BULLET_FORM.finding("Speak of one person, by 'he or she' or 'they'.", "bullets")


_TWO = pattern(
    r"\b(?:and|two|couple|friends|family|parents|twins|between|each other|group|team|his|her)\b"
)


_QUESTIONS_OF = {"bullet-mark": "bullet-question", "closing-inversion": "closing-question"}


def unfit_for_delivery(findings: Iterable[Finding]) -> Iterator[Finding]:
    """What passes in a card that a candidate remembers, and not in one of ours."""
    for found in findings:
        if found.rule == FOUR_BULLETS.name:
            yield CARD_BULLETS.finding(found.reason, found.where)
        elif found.rule in {"bullet-inversion", "bullet-start"}:
            yield CARD_BULLET_FORM.finding(found.reason, found.where)
        elif found.rule in _QUESTIONS_OF:
            yield Finding(_QUESTIONS_OF[found.rule], REJECT, found.reason, found.where)
