"""Just enough English grammar to tell questions, and how many of them a text asks."""

from __future__ import annotations

from itertools import pairwise

from shared.ielts.rulebook.lexicon import phrases_of, words_of
from shared.ielts.rulebook.patterns import pattern

WH = r"(?:what|who|whom|whose|where|when|why|how|which)"
_NEGATED = "do|does|did|is|are|was|were|have|has|had|could|would|should"
AUX = (
    rf"(?:(?:{_NEGATED})n't|can't|won't|do|does|did|is|are|am|was|were|have|has|had"
    r"|can|could|will|would|should|shall|may|might|must)"
)
_SUBJECT = (
    r"(?:you|your|yours|we|they|he|she|it|its|i|there|this|that|these|those|the|my|our|their|his|her"
    r"|an?|any|anyone|anybody|anything|some|someone|many|most|more|much|both|all|other|every|everyone"
    r"|people|children|kids|parents|teenagers|students|teachers|adults|men|women|friends|family"
    r"|companies|schools|young|old|older|younger|modern|famous|rich)"
)
_ACTOR = r"(?:you|we|they|he|she|it|i|there|people|your|my|someone)"
# "how", "what kind of music", "in which part of the country", "for how long"
_WH_PHRASE = (
    rf"(?:(?:at|by|for|from|in|of|on|to|with|about|until|since)\s+)?{WH}(?:'[sd]|'re)?"
    rf"(?:\s+(?!{_ACTOR}\b)[\w'/-]+){{0,5}}?"
)
_ADVERB = r"(?:\s+(?:also|even|only|still|just|really|usually|often))?"
_LEAD_IN = r"(?:(?:and|but|or|so|then|also|plus|if so|if yes|if not|well|ok|okay|now)\W+)*"
_INVERSION = pattern(rf"\b{AUX}{_ADVERB}\s+{_SUBJECT}\b")
_CLAUSE_START = pattern(
    rf"\W*{_LEAD_IN}(?:{_WH_PHRASE}\s+)?{AUX}{_ADVERB}\s+{_SUBJECT}\b"
    rf"|\W*{_LEAD_IN}{WH}'(?:s|re|d)\b"
)
_ASKING_START = pattern(
    rf"\W*{_LEAD_IN}(?:(?:at|by|for|from|in|of|on|to|with|about)\s+)?(?:{WH}|{AUX})\b"
)
_REQUEST = pattern(
    r"\W*(?:so\W+|now\W+|ok\W+|please\s+)?"
    r"(?:tell me|tell us|talk about|compare|can you|could you|describe (?:the|some|how)"
    r"|i wonder (?:if|whether|what|why|how)"
    r"|describe your (?=[^.?]*(?:a little|briefly)|(?:\w+ ){0,2}\w+\W*$))\b"
)
# "what makes", "who cooks", "which of them is", yet not "when you travel, ..."
_SUBJECT_QUESTION = pattern(
    rf"\W*{_LEAD_IN}(?:how many|(?:what|who|which|whose|how)\b(?!(?:\s+\w+)?\s+{_ACTOR}\b))"
)
_CLAUSE_BREAK = pattern(
    r"[,;:?!.\u2013\u2014]+(?:\s+and\b|\s+but\b)?|\s-+\s|\s(?:and|but|plus|also|as well as)\s"
)


# "What makes a good teacher, do you think?"
_TAG = pattern(r",? (?:do|would|did) you (?:think|say|believe|feel|reckon|suppose)(?=\W*$|,)")


def question_clauses(text: str) -> int:
    """How many separate questions a lower-case text asks; alternatives after "or" count as one.

    A tag such as "do you think" after a question is no question of its own.
    """
    first, *others = _CLAUSE_BREAK.split(text)
    if others and _TAG.search(text):
        first, *others = _CLAUSE_BREAK.split(_TAG.sub("", text))
    clauses = int(bool(_asks(first) or _SUBJECT_QUESTION.match(first)))
    for clause in others:
        if _asks(clause) and not (clauses and clause.lstrip().startswith("or ")):
            clauses += 1
    return clauses


def _asks(clause: str) -> bool:
    return bool(_CLAUSE_START.match(clause) or _REQUEST.match(clause))


_USUAL_STARTS = frozenset(
    "what who where when why how which do does did is are have has would can should".split()  # noqa: SIM905 - a list of words reads best as one
)


def starts_like_a_question(sentence: str) -> bool:
    """Whether a lower-case sentence begins with a question word, an auxiliary or "tell me"."""
    return sentence.partition(" ")[0] in _USUAL_STARTS or bool(
        _ASKING_START.match(sentence) or _REQUEST.match(sentence)
    )


def has_inversion(text: str) -> bool:
    """Whether "do you", "is the", "would people" or the like stands anywhere in the text."""
    return bool(_INVERSION.search(text))


def is_request(sentence: str) -> bool:
    """Whether a lower-case sentence asks by "tell me about", as 2 % of Part 1 questions do."""
    return bool(_REQUEST.match(sentence))


# Words after which English does not end a sentence.
DANGLING = words_of("dangling")


def _read_odd_pairs() -> frozenset[tuple[str, str]]:
    lines = (line.split(":") for line in phrases_of("odd_pairs"))
    return frozenset((first, second) for first, others in lines for second in others.split())


_ODD_PAIRS = _read_odd_pairs()
_PHRASE_BREAK = pattern(r"[^\w\s'-]+")


def odd_pairs(text: str) -> int:
    """How many neighbouring words of a lower-case text do not follow one another in English."""
    words = text.split()
    if _ODD_PAIRS.isdisjoint(pairwise(words)):  # as in most texts
        return 0
    count = 0
    for phrase in _PHRASE_BREAK.split(text):
        words = phrase.split()
        count += sum(pair in _ODD_PAIRS for pair in pairwise(words))
    return count
