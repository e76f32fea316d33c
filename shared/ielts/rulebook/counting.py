"""Rules on how many questions stand in one."""

# ruff: noqa: PLR2004
# The figures in these rules are the rules: each was set on real questions, as the comments say.

from __future__ import annotations

from typing import TYPE_CHECKING

from shared.ielts.rulebook.beginnings import beginnings_of
from shared.ielts.rulebook.grammar import (
    AUX,
    WH,
    question_clauses,
    starts_like_a_question,
)
from shared.ielts.rulebook.lexicon import lines_of
from shared.ielts.rulebook.patterns import pattern
from shared.ielts.rulebook.registry import (
    PERSONAL,
    Severity,
    Slot,
    text_rule,
)

if TYPE_CHECKING:
    from shared.ielts.rulebook.reading import Reading

REJECT, WARN = Severity.REJECT, Severity.WARN

_PROBE = pattern(rf"(?:and |but |or )?(?:{'|'.join(lines_of('wordings/probe'))})")
_WHY = pattern(r"(?:and |but |so )?(?:why|how come)\b")
_LINK = pattern(r"^\W*(?:(?:if (?:so|not|yes|no)|and|or|but|so|then)\W+)*")
_POINTING = frozenset(["so", "that", "it", "this", "not", "they", "them"])
_SECOND_SUBJECT = pattern(
    r"(?:,| and| but|;)\s(?:and )?(?:also )?(?:who|what|which|which \w+|how many \w+|how much)\s"
    r"(?:makes?|made|taught|teaches|gives?|gave|helps?|helped|happens|happened|cooks?|does|usually"
    r"|lives|interests|attracts?|attracted|inspired|comes|goes|kinds?|sorts?|types?|is|are|was|were"
    r"|would|can|should|encouraged|introduced)\b"
)
_WHO_ELSE = pattern(
    r"(?:,| and|;) (?:also )?who "
    r"(?!(?:you|we|they|i|he|she|it|with|else|the|your|to|for|people)\b)\w+ \w"
)
_AFTER_COMMA = pattern(r"[,;] (?:and |also )*(?:what|how|why)\b(?: (?!about\b)[\w'-]+){3,}\W*$")
_AND_INVERSION = pattern(
    r"(?<=[\w,;] )(?:and|but|plus|/) (?:also )?"
    r"(?:do|does|did|have|has|are|were|can|could|would|will|is|was)"
    r" (?:you|your|they|it|he|she|there|people)\b"
    r"|[,;] (?:and|but|plus) (?:also )?(?:do|does|did|would|will|should|can|could) (?!not\b)\w+ \w"
)
# "..., and where?", yet "and why?" is a probe
_SHORT_SECOND = pattern(
    r"\w\W+(?:and|or) (?:(?:with|for|to|from) (?:whom|who|what)|who with|where|when"
    r"|what|which|if so,? \w+|,? ?if so)\b(?: (?:kind|sort|type)s?)?\W*$"
    r"|\W(?:and|or),? if (?:so|not|yes),? "
)
_TELL_ME_AND = pattern(
    r"^\W*(?:(?:can|could|would|will) you )?(?:please )?(?:tell me|say|explain|describe) .+?"
    r" and (?:also )?(?:what|why|how|where|when|who|which|whether|tell me|if|explain"
    r"|describe|say)\b \w"
)
# "tell me about your street and also about your friend"
_TELL_ME_ABOUT_BOTH = pattern(
    r"^\W*(?:(?:can|could|would|will) you )?(?:please )?(?:tell me|talk|describe)\b.*"
    r",? (?:and|plus|as well as|then) (?:also |then )?(?:something |a (?:bit|little) )?"
    r"about (?!(?:it|them|that|this)\b)\w+ \w"
)
# "is cooking something you enjoy, and how many sisters have you got": the first has its own verb
_SECOND_BY_COMMA = pattern(
    r"[,;] (?:and|but|plus|also) (?:also )?"
    rf"(?=(?:what|where|when|who|whose|which|how)\b(?: [\w'-]+){{3}})(?=[^?]*\b{AUX}\b)"
)
# "... and is breakfast important to you", yet not "that is cheap and is near your home"
_AND_IS = pattern(
    r"\w,? (?:and|but) (?:also )?(?:is|are|was|were) (?!(?:about|also|always|at|cheap|close|easy"
    r"|famous|from|good|in|it|known|made|near|never|not|of|on|often|open|popular|quiet|so|still"
    r"|suitable|useful|usually|very|well)\b)\w+ \w+ \w"
    r"|(?:,| and) any \w+ for\b|\w and when .*, (?:what|do|how|who|where)\b"
)
# "What time do you get up on weekdays? And on Sundays?"
_ONCE_MORE = pattern(
    r"(?:and|or) (?:also )?(?:after|at|before|during|for|in|on|with|the|your) (?!what\b|whom?\b)"
    r"\w[^?]*\?"
)
_EMBEDDING = pattern(
    r"\b(?:know|remember|tell me|sure|explain|find out|care|understand|forget|decide|say|matter"
    r"|think about|between)\b"
)
_SECOND_EMBEDDED = pattern(
    r"\b(?:and|plus|as well as)\s(?:also )?(?:what|where|when|how|which|who)"
    r"\s(?:\w+\s){0,2}?(?:you|your|it|they|people)\s\w+"
)


# "And what ...", "I'd like to talk about your street. What ..."
_BEGINNING = pattern(
    r"^\W*(?:(?:and|but|so|now|ok|okay)\W+)*(?:(?:i'd like|let's|let us)\b[^.?]*\.\W+)?"
)
# "where do you live: is it a house or a flat" offers answers to the first
_ALTERNATIVES = pattern(
    r"(?:(?<=\w):|\s[-\u2013\u2014]+|\u2014)\s?(?:is|are|was|were|do|does|did|have|has|would)"
    r" (?!.*\band\b)[^?:.]* or [^?:.]*(?=\W*$)"
)
# "when you need a doctor, who ..." says when, and asks once
_CIRCUMSTANCE = pattern(
    r"^\W*(?:when(?:ever)?|if|after|before|while|once) (?:you|your|it|there|people|someone|a|the)\b"
    rf"[^,?]*, (?=(?:{WH}|{AUX})\b)"
)
_WHAT_ABOUT = pattern(rf"^\W*(?:what|how) about [^,?]*, (?={AUX}\b)")
_ASIDE = pattern(r", (?:if (?:any|anything|ever|at all)|for example|for instance|say),")
# "which is better for you, what it looks like or how it works" offers answers, too
_WHICH_OF_TWO = pattern(r"^(\W*which (?:is|do|does|would|of)\b[^,?]*), [^,?]* or [^,?]*(?=\W*$)")
# "where, when and with whom do you"
_LISTED = pattern(rf"^\W*{WH}, {WH},? and (?:(?:with|for|to) )?(?:{WH}|whom)\b")
# what stands in brackets asks when, and then who
_TWO_IN_PROBE = pattern(rf"[\[(]{WH}\b.*\b(?:and|but|or) {WH}\b \w+ \w")
# without any of these there is but one clause
_MARK_INSIDE = pattern(r"[,;:/.?!\u2013\u2014].*\w|\s-")
_JOINT = pattern(r"\b(?:and|but|plus|also|as well as|or)\b")
_JOINT_BEGINNINGS = beginnings_of(["and", "but", "plus", "also", "as", "or"])


@text_rule("double-question", REJECT, PERSONAL, unless="is_one_clause")
def double_question(text: Reading) -> str | None:
    """Two questions in one, where the exam asks one at a time."""
    if text.has_long_probe and _TWO_IN_PROBE.search(text.lower, len(text.body)):
        return "The probe holds questions of its own. Ask no more than [Why?] or [Why/Why not?]."
    body = _one_question(text.lower_body.replace(" & ", " and "))
    joined = _is_joined(text, body)
    if not joined and len(text.sentences) < 2:  # as most
        return None
    questions = [sentence for sentence in text.sentences if _is_full_question(sentence)]
    if (
        len(questions) > 1
        or (questions and _ONCE_MORE.fullmatch(text.sentences[-1]))
        or (joined and (question_clauses(body) > 1 or _joins_a_second(body)))
        or (questions and joined and _asks_for_more(body))
    ):
        return "These are two questions. Keep one; a short probe such as [Why?] may follow."
    return None


def _one_question(body: str) -> str:
    """The text without what stands around one question and is no question of its own."""
    body = _CIRCUMSTANCE.sub("", _BEGINNING.sub("", body, count=1), count=1)
    body = _WHAT_ABOUT.sub("", body)
    if " or " in body:
        body = _WHICH_OF_TWO.sub(r"\1", _ALTERNATIVES.sub("", body))
    return _ASIDE.sub("", body) if "," in body else body


def _is_joined(text: Reading, body: str) -> bool:
    if _JOINT_BEGINNINGS.isdisjoint(text.beginnings) and "&" not in text.body:
        return _MARK_INSIDE.search(body) is not None
    return bool(_MARK_INSIDE.search(body) or _JOINT.search(body))


def _joins_a_second(body: str) -> bool:
    second = _AFTER_COMMA.search(body)
    return bool(
        _AND_INVERSION.search(body)
        or _AND_IS.search(body)
        or _SHORT_SECOND.search(body)
        or _LISTED.match(body)
        or _TELL_ME_AND.match(body)
        or _TELL_ME_ABOUT_BOTH.match(body)
        or _asks_again_after_comma(body)
        or (second and question_clauses(body[: second.start()]))
    )


def _asks_again_after_comma(body: str) -> bool:
    second = _SECOND_BY_COMMA.search(body)
    return second is not None and starts_like_a_question(body[: second.start()])


def _asks_for_more(body: str) -> bool:
    if _SECOND_SUBJECT.search(body) and question_clauses(body):
        return True
    second = _SECOND_EMBEDDED.search(body) or _WHO_ELSE.search(body)
    return second is not None and not _EMBEDDING.search(body)


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


_POINTS_BACK = pattern(r"what (?:is|are|was|were) (?:it|they|that|those)\W*")


@text_rule("question-list", REJECT, {Slot.DISCUSSION}, unless="has_one_sentence")
def question_list(text: Reading) -> str | None:
    """Three questions or more at once; a second one follows 7 % of published Part 3 questions."""
    if len(text.sentences) < 3:
        return None
    questions = [sentence for sentence in text.sentences if _is_full_question(sentence)]
    if len(questions) > 3 or (len(questions) > 2 and not _POINTS_BACK.fullmatch(questions[-1])):
        return "Ask one question; a short second one may follow."
    return None


@text_rule("unbracketed-probe", WARN, PERSONAL, unless="has_one_sentence")
def unbracketed_probe(text: Reading) -> str | None:
    """A probe after a Part 1 question that is not bracketed."""
    if len(text.sentences) > 1 and not double_question(text):
        return "Put the probe in brackets, [Why?] or [Why/Why not?], or leave it out."
    return None
