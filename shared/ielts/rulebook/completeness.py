"""Rules on whole sentences: nothing cut off."""

# ruff: noqa: PLR2004
# The figures in these rules are the rules: each was set on real questions, as the comments say.

from __future__ import annotations

from bisect import bisect_left
from functools import cache
from typing import TYPE_CHECKING

from shared.ielts.rulebook.grammar import (
    DANGLING,
    WH,
    has_inversion,
    is_request,
    starts_like_a_question,
)
from shared.ielts.rulebook.kinds import kinds_of
from shared.ielts.rulebook.lexicon import is_everyday, lines_of, words_of
from shared.ielts.rulebook.patterns import pattern
from shared.ielts.rulebook.registry import (
    EVERYWHERE,
    QUESTIONS,
    Severity,
    Slot,
    text_rule,
)

if TYPE_CHECKING:
    from shared.ielts.rulebook.reading import Reading

REJECT = Severity.REJECT

_ASKING = r"(?:do|does|did|have|has|would|can|could|will|should)"
_OBJECTLESS = "like|enjoy|prefer|want|have|use|need|get|make|take"
# "what kind of music do you", "would you usually"
_BARE_INVERSION_END = pattern(
    rf"\b{_ASKING} (?:you|(?:most |some )?people|we)"
    r"(?: (?:usually|often|like to|want to|prefer to))?$"
)
# "do you like", "why do people"
_BARE_QUESTION = pattern(
    rf"\W*(?:{WH}(?: \w+){{0,3}}? )?{_ASKING} (?:you|people|they|we)"
    rf"(?: (?:usually|often|ever|really|{_OBJECTLESS}))?\W*"
)
# "what do you like", in which "what" is the object
_COMPLETE = pattern(
    rf"\b(?:what|who|which|where|how) (?:\w+ )?{_ASKING} (?:you|people|they|we)"
    rf" (?:usually |often |really )?(?:{_OBJECTLESS})\b"
)


_THAT = frozenset({"that", "which", "what"})
_STRANDED = frozenset({"do", "does", "did", "would", "should", "could", "will", "has"})
# "than fathers do", "as their parents did"
_ENDS_COMPARISON = pattern(r"\b(?:than|as) (?:[a-z'-]+ ){1,5}\w+$")
# "why do people in your country", "what kinds of", "the thing that"
_SOME = r"(?:some|many|most|more|fewer|older|old|young|younger|the|these|those)"
_PEOPLE = "people|children|teenagers|students|parents|adults|men|women|families"
_STOPS_SHORT = pattern(
    rf"(?:{WH} )?(?:do|does|did) (?:(?:most|some|many|young|old|older|the) )*(?:{_PEOPLE})"
    r"(?: (?:in|from|of|at|on) (?:your|the|an?|this|their|some|many|most|other) \w+)?$"
    r"|\b(?:kinds?|types?|sorts?|lots?|number|most|because|instead|one|parts?|ways?) of$"
    r"|\b(?:things?|people|person|places?|ways?|fact|reasons?|believe|feel) that$"
)
_LAST_OF_SHORT = frozenset(["of", "that", *_PEOPLE.split("|")])
_LAST_BUT_THREE = frozenset(_PEOPLE.split("|"))
# "the government should", "is the best", "should be"; not "than they used to be"
_STOPS_BEFORE_VERB = pattern(
    r"\bis the (?:best|worst|most|main|biggest|same|first|last|next|other|only|easiest|hardest)$"
    r"|^have you (?:ever )?been$|^(?:are|were) you good at$"
    r"|^(?:why|how|when) (?:is|are) (?:some |most |many )?\w+$"
    r"|\b(?:should|would|could|must|(?<!used )to) (?:be|have|become)$"
    r"|\b(?:more|is|are) (?:the|a|more)$"
    r"|\b(?:people|they|we|governments?|children|parents|schools|companies)"
    r" (?:should|could|would|must|can|will|have to|need to|try to|want to)$"
)
# "why do work?"
_NO_SUBJECT = pattern(r"\W*(?:what|why|how|when|where|who) (?:do|does|did) \w+\W*")
# "why are deliveries?", yet "why is that?"
_WHY_IS_WHAT = pattern(
    r"why (?:is|are|was|were) (?!(?:that|this|it|they|those|these|he|she|you|we|not)\b)\w+\?"
)
# "what do people do when they", "the way that people", "do you think that"; not "as you"
_OPENS_CLAUSE = pattern(
    r"\b(?:when|if|that|because|what|which|who|how|where|whether|why)"
    r" (?:they|people|we|he|she|it|you|i|the \w+)$"
    r"|^(?:\S+ ){4,}(?!(?:about|after|at|be|before|by|did|do|does|doing|for|from|in|is|know|like"
    r"|mean|of|on|say|see|than|think|to|was|with)\b)\w+ that$"
    r"|^\W*(?:do|would) you (?:think|feel|believe|agree) that$"
)
# "do you have", "does choice make": only after a question word may such a verb end the sentence
_ENDS_IN_VERB = pattern(
    r"\b(?:avoid|become|believe|bring|choose|create|describe|enjoy|find|get|give|have|keep|let|make"
    r"|prefer|produce|provide|put|seem|send|spend|take|think)$"
)
# "have you ever been to": only after a question word may a preposition end the sentence
_ENDS_IN_PREPOSITION = pattern(r"\b(?:to|of|for|with|from|at|in|on|by|about|like|into|is|are|be)$")
# "how often do you go to", "did you ever": no question word waits for what should follow
_ENDS_IN_TO = pattern(r"\b(?:to|ever)$")
_WAITS_FOR_OBJECT = pattern(r"\b(?:what|who|whom|which|where|used|something|anything|places?)\b")
# "what kind of do you", "do you like to?"
_GAP_INSIDE = pattern(
    r"\b(?:kind|sort|type)s? of (?:do|does|did|is|are|was|were|you|would|should|can)\b"
)
_GAP_AT_END = pattern(
    r"^\W*(?:do|did|does) (?:you|people|they) (?:\w+ )?like to\W*$"
    r"|\bmore (?:money|time) (?:on|for)\W*$"
    r"|^\W*what \w+ are (?:\w+ )?(?:popular|common) (?:with|in|among)\W*$"
)
_KINDS = frozenset({"kind", "kinds", "sort", "sorts", "type", "types"})
_BEFORE_GAP = frozenset({"to", "on", "for", "with", "in", "among"})
_ASKS_FOR_OBJECT = pattern(
    r"\b(?:what|who|whom|whose|which|where|how|any\w+|some\w+|(?:people|person|place|things?|one|way|ones)"
    r" (?:you|they|we))\b"
)
# "children who", "since", "you and your sister", "the way young people", "has too much"
_OPENS_MORE = pattern(
    r"^(?:\S+ ){4,}(?:who|which|where|when|whose|what)$"
    r"|(?<!ever )\b(?:since|(?<!from )near)$|\bdo (?:after|before)$"
    r"|\b(?<!between )(?<!for )(?<!of )(?<!with )(?<!to )(?<!about )(?<!like )(?<!are )you and"
    r" (?:your|my) \w+$"
    rf"|\b(?:that|way|ways|makes?|because|if|when|why|reasons?)(?: {_SOME})+ (?:{_PEOPLE})$"
    r"|\b(?:after|before|during) an? (?:\w+ ){1,3}(?:at|for|in|of|on|with)$"
    r"|\b(?:when|if) (?:\w+ ){1,4}(?:do|does|did|is|are|was|were|has|have|can)n't$"
    r"|\ban? (?:bad|better|big|certain|good|great|large|new|particular|real|small|successful)$"
    r"|\bha(?:s|ve) too (?:much|many|little|few)$"
    r"|^who (?:in|of) (?:\w+ ){1,4}(?:usually|often|always|never)$"
    r"|^(?:how|why|when|to what (?:extent|degree)|in what ways?|do|does|did|is|are|should|would)"
    r" (?:.* )?(?:the \w+ of|that)$"
    r"|^are the \w+s in (?:your|the) \w+$"
)


def _breaks_off(body: str) -> bool:
    """Whether a lower-case text without a question mark stops where a clause has just begun."""
    if "?" in body:
        return False
    end = body.rstrip(".\"') ")
    return bool(
        _OPENS_CLAUSE.search(end)
        or (_OPENS_MORE.search(end) and not is_request(body))
        or (_ENDS_IN_TO.search(end) and not _WAITS_FOR_OBJECT.search(end) and not is_request(body))
        or _STOPS_BEFORE_VERB.search(end)
        or (
            (_ENDS_IN_PREPOSITION.search(end) or _ENDS_IN_VERB.search(end))
            and not _ASKS_FOR_OBJECT.search(end)
            and not is_request(body)
        )
    )


def _stops_short(body: str) -> bool:
    """Whether a lower-case text without its end mark stops after one of a few nouns."""
    *before, last = body.rsplit(" ", 4)
    if last in _LAST_OF_SHORT or (before[-3:-2] and before[-3] in _LAST_BUT_THREE):
        return _STOPS_SHORT.search(body) is not None
    return False


_ASKS_WHAT_IS_DONE = frozenset({"do", "does", "did", "would", "will", "can", "could", "should"})
_SUBJECT_KINDS = frozenset({"person", "place"})
_IN_SUBJECT = words_of("in_subject")
_BEFORE_NOUN = frozenset(lines_of("in_subject")[0].split())
_BEFORE_OWN_VERB = _ASKS_WHAT_IS_DONE | {"to", "than", "as", "that", "things", "is", "are", "have"}


def _lacks_verb(words: list[str]) -> bool:
    """Whether nothing but who does it follows "do": "how often do you and your sister"."""
    if len(words) < 5:
        return False
    for place in range(len(words) - 1, 0, -1):
        word = words[place]
        if word in _ASKS_WHAT_IS_DONE:
            before = words[:place]  # after another such verb, and after "to", this one is a verb
            return place < len(words) - 2 and _BEFORE_OWN_VERB.isdisjoint(before)
        if word not in _IN_SUBJECT and not _names_subject(words[place - 1], word):
            return False
    return False


def _names_subject(before: str, word: str) -> bool:
    return before in _BEFORE_NOUN and not _SUBJECT_KINDS.isdisjoint(kinds_of(word))


@text_rule("incomplete-question", REJECT, QUESTIONS)
def incomplete_question(text: Reading) -> str | None:
    """A question that lacks its subject, verb or object."""
    body = text.lower_body
    short = len(text.words) < 5
    bare = short and _BARE_QUESTION.fullmatch(body) and not _COMPLETE.search(body)
    ends_early = "?" not in body and _BARE_INVERSION_END.search(body.rstrip("\"') ."))
    stranded = (
        text.words[-1:]
        and text.words[-1] in _STRANDED
        and starts_like_a_question(body)
        and not has_inversion(body)
        and not _ENDS_COMPARISON.search(body.rstrip("?.\"') "))
        and _THAT.isdisjoint(text.words)  # "the work that doctors do"
    )
    if (
        bare
        or ends_early
        or _breaks_off(body)
        or (text.has_one_sentence and _lacks_verb(text.words))
        or stranded
        or (short and _NO_SUBJECT.fullmatch(body))
        or (not _KINDS.isdisjoint(text.words) and _GAP_INSIDE.search(body))
        or (not _BEFORE_GAP.isdisjoint(text.words[-1:]) and _GAP_AT_END.search(body))
        or _stops_short(body.rstrip("?.\"') "))
        or _WHY_IS_WHAT.match(body)
    ):
        return "The question lacks a part. Finish the sentence."
    return None


@text_rule("cut-off", REJECT, EVERYWHERE)
def cut_off(text: Reading) -> str | None:
    """A text that stops in the middle of a sentence."""
    end = text.body.rstrip("\"') ")
    if end.endswith((",", ";", ":", "-")) and text.words[-3:] != ["you", "should", "say"]:
        return "The text breaks off. Finish the sentence."
    if len(text.words) > 1 and end[-1:].isalpha() and _is_half_a_word(text.words[-1]):
        return f"The text breaks off in {text.words[-1]!r}. Finish the word."
    return _dangling(text)


_GOES_ON = frozenset({"that", "who", "which", "where", "when", "you", "to"})
_NO_CLAUSE = pattern(
    r"\b(?:(?<!about )(?<!by )(?<!with )(?<!for )that|who|which|where|when)"
    r"(?: you)?$|^describe an? (?:\S+ )?\S+ you$"
    r"|\b(?:want|need|have|had|able|try|decided|wanted|would like) to$"
)


@text_rule("describe-unfinished", REJECT, {Slot.DESCRIBE})
def describe_unfinished(text: Reading) -> str | None:
    """A describe line that stops after "you" or "that"."""
    if text.words and text.words[-1] in _GOES_ON and _NO_CLAUSE.search(" ".join(text.words)):
        return "The text breaks off. Finish the sentence."
    return None


_CLIPPED = frozenset(
    "ad ads comp dorm expo fave info intro math maths pic pics pro rep tech veg".split()  # noqa: SIM905 - a list of words reads best as one
)


def _is_half_a_word(word: str) -> bool:
    """Whether a word is none, but the beginning of an everyday one."""
    return not is_everyday(word) and word not in _CLIPPED and _first_from(word).startswith(word)


@cache
def _everyday() -> list[str]:
    return sorted(words_of("everyday"))


def _first_from(word: str) -> str:
    """The first everyday word in the alphabet from this one on."""
    place = bisect_left(_everyday(), word)
    return _everyday()[place] if place < len(_everyday()) else ""


# "for a while", "which two rooms you could choose between"
_WHOLE_ENDS = frozenset({("a", "while"), ("choose", "between"), ("decide", "between")})


def _dangling(text: Reading) -> str | None:
    if text.words and text.words[-1] in DANGLING and tuple(text.words[-2:]) not in _WHOLE_ENDS:
        return f"The text breaks off after {text.words[-1]!r}. Finish the sentence."
    return None
