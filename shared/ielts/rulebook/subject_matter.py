"""Rules on subjects that the exam keeps away from.

None of them occurs in 3,400 published and recalled items; government, law, pay, crime and health do.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from shared.ielts.rulebook.lexicon import phrases_of
from shared.ielts.rulebook.registry import ANYTHING, Find, Severity, declare

if TYPE_CHECKING:
    from shared.ielts.rulebook.reading import Reading

# Everyday uses of words that would otherwise name a subject to avoid; struck out before looking.
_INNOCENT = re.compile(
    r"died out|d(?:ie|ies|ying) out|dying (?:to|for|art|arts|tradition|traditions|craft|crafts|language|languages)|dead (?:end|ends|line|lines|languages?|batter(?:y|ies)|centre|slow|easy|quiet)"
    r"|kill(?:s|ing|ed)? (?:time|an hour|some time|the time|two birds|boredom)|time.killing|death of (?:the )?(?:high street|newspapers?|print|cinema|handwriting|letter)|bored to death|(?:plants?|flowers?|trees?|phone|battery) (?:\w+ )?(?:dies?|died|dying)"
    r"|star wars|war (?:games?|films?|movies?|stor(?:y|ies))(?=\W)|tug of war|price wars?|snow ?ball fights?|water fights?|world war z|army of (?:fans|ants)|salvation army"
    r"|sick (?:of|and tired)|home ?sick|sea ?sick|car ?sick|travel ?sick|motion sickness|love ?sick|sick days?|ill(?=-| prepared| mannered| equipped| informed| advised| suited)|shot (?:a|the|this|that|on|by|in) (?:\w+ )?(?:video|film|scene|photo)\w*"
    r"|drug ?stores?|(?:human|rat|running|road|boat|car|horse|bike|bicycle|cycle|cycling|relay|sack|three-legged|charity|fun|school|swimming|motor|space|arms|marathon|dragon boat|egg and spoon) races?|races? (?:cars?|horses?|track|course|against time|day)|race to"
    r"|(?:win|won|watch|watched|run|ran|enter|entered|finish|lose|lost|took part in|take part in|in) (?:a|the|any|that|your) (?:\w+ )?races?"
    r"|single.sex|mixed.sex|same.sex (?:schools?|friends?|class\w*)|opposite sex|faith in (?!god|religion)|good faith|faithful|god(?:mother|father|parents?|son|daughter|child)|oh my god"
    r"|(?:birthday|dinner|surprise|garden|house|office|school|leaving|farewell|tea|pool|beach|dance|costume|fancy dress|third|graduation|class) part(?:y|ies)"
    r"|beer mats?|ginger beer|root beer|alcohol.free|non.alcoholic|wine glass(?:es)?|bar of|bar stool|hot drinks?|soft drinks?|pub quiz|gun.shot start"
    r"|class president|club president|president of (?:a|the|your) (?:club|company|class|union|association)|company president|vote for (?:your|the|a) (?:favou?rite|best|song|singer|contestant|film|team|winner)|electives?|office politics"
    r"|bomb (?:the )?(?:test|exam)|photo ?bomb|bath ?bombs?|cancer(?:ian)? star|weed(?:s|ing)? (?:the |a )?gardens?|high on|fever pitch|shopping fever|football fever|gold fever|computer virus(?:es)?|virus(?:es)? on (?:your|a) (?:computer|phone)"
    r"|water ?gun|glue gun|nerf gun|battle of the bands|crusade against (?:litter|waste|plastic)|naked eye|mass (?:media|market|production|tourism|transport)|blood (?:orange|donor|donation|pressure|type)|lamb of|angel(?:s)? (?:investor|cake)|hell of|devil'?s? advocate|sacrifice (?:your |their |some )?(?:time|free time|sleep)"
)  # fmt: skip

_SUBJECTS = {
    "religion": "religion",
    "religious-festival": "religious festivals",
    "politics": "party politics and elections",
    "sex": "sex",
    "death": "death and violent crime",
    "war": "war and weapons",
    "drugs": "drugs and tobacco",
    "alcohol": "alcohol",
    "race": "race and ethnic origin",
    "illness": "illness",
}


class _Vocabulary:
    """A subject's words (looked up) and phrases (searched) from its lexicon file."""

    def __init__(self, name: str) -> None:
        entries = phrases_of(f"avoided/{name}")
        self.words = frozenset(entry for entry in entries if entry.isalpha())
        phrases = [entry for entry in entries if not entry.isalpha()]
        self.phrases = re.compile(rf"\b(?:{'|'.join(phrases)})\b") if phrases else None

    def found_in(self, text: Reading) -> str | None:
        """The first word or phrase of this subject in the text."""
        hit = self.words & text.vocabulary
        phrase = self.phrases.search(text.lower) if self.phrases else None
        if not hit and not phrase:
            return None
        rest = _INNOCENT.sub(" ", text.lower)
        found = next((word for word in re.findall(r"[^\W\d_]+", rest) if word in self.words), None)
        if found is None and self.phrases and (phrase := self.phrases.search(rest)):
            found = phrase[0]
        return found


def _against(subject: str, vocabulary: _Vocabulary) -> Find:
    def find(text: Reading) -> str | None:
        found = vocabulary.found_in(text)
        return (
            f"{found!r}: the exam keeps away from {subject}. Choose another subject."
            if found
            else None
        )

    return find


for _name, _subject in _SUBJECTS.items():
    declare(
        f"avoided-{_name}",
        Severity.REJECT,
        f"A subject that the exam keeps away from: {_subject}.",
        slots=ANYTHING,
        find=_against(_subject, _Vocabulary(_name)),
    )
declare(
    "delicate-subject",
    Severity.WARN,
    "A word that can lead to a subject which the exam keeps away from.",
    slots=ANYTHING,
    find=_against("what may embarrass or upset", _Vocabulary("delicate")),
)
