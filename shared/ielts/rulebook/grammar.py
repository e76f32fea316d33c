"""Just enough English grammar to tell questions, and how many of them a text asks."""

from __future__ import annotations

import re

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
_WH_PHRASE = rf"(?:(?:at|by|for|from|in|of|on|to|with|about|until|since)\s+)?{WH}(?:'[sd]|'re)?(?:\s+(?!{_ACTOR}\b)[\w'/-]+){{0,5}}?"
_LEAD_IN = r"(?:(?:and|but|or|so|then|also|plus|if so|if yes|if not|well|ok|okay|now)\W+)*"
_INVERSION = re.compile(
    rf"\b{AUX}(?:\s+(?:also|even|only|still|just|really|usually|often))?\s+{_SUBJECT}\b"
)
_CLAUSE_START = re.compile(
    rf"\W*{_LEAD_IN}(?:{_WH_PHRASE}\s+)?{AUX}(?:\s+(?:also|even|only|still|just|really|usually|often))?"
    rf"\s+{_SUBJECT}\b|\W*{_LEAD_IN}{WH}'(?:s|re|d)\b"
)
_ASKING_START = re.compile(
    rf"\W*{_LEAD_IN}(?:(?:at|by|for|from|in|of|on|to|with|about)\s+)?(?:{WH}|{AUX})\b"
)
_REQUEST = re.compile(
    r"\W*(?:so\W+|now\W+|ok\W+|please\s+)?(?:tell me|tell us|talk about|compare|can you|could you)\b"
)
_CLAUSE_BREAK = re.compile(
    r"[,;:?!.\u2013\u2014]+(?:\s+and\b|\s+but\b)?|\s-+\s|\s(?:and|but|plus|also|as well as)\s"
)


def question_clauses(text: str) -> int:
    """How many separate questions a lower-case text asks; alternatives after "or" count as one."""
    clauses = 0
    for clause in _CLAUSE_BREAK.split(text):
        if _CLAUSE_START.match(clause) or _REQUEST.match(clause):
            if clause.lstrip().startswith("or ") and clauses:
                continue
            clauses += 1
    return clauses


def starts_like_a_question(sentence: str) -> bool:
    """Whether a lower-case sentence begins with a question word, an auxiliary or "tell me"."""
    return bool(_ASKING_START.match(sentence) or _REQUEST.match(sentence))


def has_inversion(text: str) -> bool:
    """Whether "do you", "is the", "would people" or the like stands anywhere in the text."""
    return bool(_INVERSION.search(text))


def is_request(sentence: str) -> bool:
    """Whether a lower-case sentence asks by "tell me about", as 2 % of Part 1 questions do."""
    return bool(_REQUEST.match(sentence))


# Words after which English does not end a sentence.
DANGLING = frozenset(
    "a an the your my our their his its every and or but nor because if than very such whether "
    "although while unless per into between among during".split()
)
_DETERMINERS = "a an the your my our their his".split()
_AFTER_NO_DETERMINER = frozenset(
    "a an the your my our their his is are was were do does did has have had am of and or but to at "
    "from with for if because you i we they he she it me him them us what why when where who "
    "how which would should could will can may must shall".split()
)
_ODD_PAIRS = frozenset(
    (first, second)
    for firsts, seconds in (
        ("to at of for from with", "and or is are was were do does did of"),
        ("and or", "and or but"),
        ("you we they i", "the you we they i your my"),
        ("very too", "the a of to do you is are"),
        ("is are was were", "do does did are were is was am"),
        ("do does did", "is are was were of to do does did am been"),
        ("of", "of do does did would will should to in at on"),
        ("what why where who", "of"),
    )
    for first in firsts.split()
    for second in seconds.split()
) | frozenset((first, second) for first in _DETERMINERS for second in _AFTER_NO_DETERMINER)
_FINE_PAIRS = frozenset(
    {("of", "to"), ("his", "or"), ("her", "or"), ("his", "and"), ("her", "and"), ("their", "or"), ("you", "the"), ("to", "do"), ("at", "of"), ("do", "do"), ("you", "i"), ("his", "is"), ("it", "is"),
     ("what", "of"), ("is", "is"), ("i", "i"), ("do", "is"), ("his", "of"), ("to", "and"), ("a", "must"),
     ("to", "or"), ("for", "or"), ("from", "and"), ("from", "or"), ("with", "and"), ("with", "or"),
     ("at", "and"), ("at", "or"), ("for", "and"), ("you", "your"), ("did", "to"), ("do", "to"),
     ("a", "who"), ("the", "what"), ("the", "who"), ("the", "you"), ("to", "is"), ("to", "are"),
     ("for", "is"), ("of", "is"), ("of", "are"), ("with", "is"), ("at", "is"), ("from", "is")}
)  # fmt: skip


def odd_pairs(words: list[str]) -> int:
    """How many neighbouring words do not follow one another in English ("the of", "your is")."""
    pairs = zip(words, words[1:], strict=False)
    return sum(pair in _ODD_PAIRS and pair not in _FINE_PAIRS for pair in pairs)
