"""What makes an IELTS Speaking question authentic: every rule by name, every finding with a reason.

The rules themselves stand in `shared.ielts.rulebook`, one module for each thing looked at:

- form: characters, markup, gibberish
- leaks: a model's talk about its work
- task: essays, quizzes, choices, hints
- wording: put as a question, and nothing around it
- counting: one question at a time
- completeness, word_salad, agreement: whole sentences, the order of their words, their grammar
- nonsense: sentences that mean nothing
- register: personal Part 1, general Part 3
- subject_matter, troubling: what the exam keeps away from, by its own words or by several together
- names: nations, brands, people
- lengths: words per text
- card, describe_line, card_lines: the cue card, its first line, the lines below it
- public_issue, coherence, contradiction, same_question: what a card asks for, and that its lines
  belong together
- sets: whole parts, and how they belong together
"""

from __future__ import annotations

from functools import cache, lru_cache
from operator import attrgetter
from typing import TYPE_CHECKING, get_args

from shared.ielts.rulebook import (  # noqa: F401 - importing a module declares its rules
    agreement,
    card,
    card_lines,
    coherence,
    completeness,
    contradiction,
    counting,
    describe_line,
    form,
    leaks,
    lengths,
    names,
    nonsense,
    public_issue,
    register,
    sets,
    subject_matter,
    task,
    troubling,
    word_salad,
    wording,
)
from shared.ielts.rulebook.reading import Reading
from shared.ielts.rulebook.registry import Finding, Rule, Severity, Slot, Trait, declared_rules
from shared.ielts.rulebook.wordings import Wordings

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from shared.ielts.models import Discussion, InterviewFrame, LongTurn, Question
    from shared.ielts.rulebook.registry import Find

__all__ = [
    "RULES",
    "Finding",
    "Rule",
    "Severity",
    "check_belongs",
    "check_cue_card",
    "check_discussion_question",
    "check_interview_question",
    "check_question",
    "check_rounding_off",
    "check_topic",
    "rejected",
]

RULES: tuple[Rule, ...] = declared_rules()
_wordings_of = cache(Wordings)
# One search for the wordings of all rules on a slot together, as most texts have none of them.
_WORDINGS = {
    slot: _wordings_of(
        tuple(pattern for rule in RULES if slot in rule.slots for pattern in rule.patterns)
    )
    for slot in Slot
}
_TRAITS: tuple[Trait, ...] = get_args(Trait)
_traits_of: Callable[[Reading], tuple[bool, ...]] = attrgetter(*_TRAITS)


def rejected(findings: Iterable[Finding]) -> bool:
    """Whether any of the findings forbids delivery."""
    return any(finding.severity is Severity.REJECT for finding in findings)


def check_interview_question(text: str) -> list[Finding]:
    """Check one Part 1 question, with or without its bracketed probe."""
    return _check(text, Slot.INTERVIEW)


def check_discussion_question(text: str) -> list[Finding]:
    """Check one Part 3 question, with or without its probe."""
    return _check(text, Slot.DISCUSSION)


def check_rounding_off(text: str) -> list[Finding]:
    """Check one of the short questions that end Part 2."""
    return _check(text, Slot.ROUNDING_OFF)


@lru_cache(maxsize=128)  # a request's topic is checked as asked, and again with every answer
def check_topic(topic: str, where: str = "") -> tuple[Finding, ...]:
    """Check whether free text (up to 100 characters) can be a topic of the exam."""
    return tuple(_check(topic, Slot.TOPIC, where))


def check_cue_card(describe: str, bullets: Sequence[str], closing: str) -> list[Finding]:
    """Check one cue card; `describe` may end in "You should say:".

    Four bullets are a warning here, because some cards that candidates remember have four.
    """
    prompt = describe_line.task_of(describe)
    read_prompt = _read(prompt)
    findings = _check_read(read_prompt, Slot.DESCRIBE, "describe")
    read_bullets, read_closing = [_read(bullet) for bullet in bullets], _read(closing)
    for index, bullet in enumerate(read_bullets):
        findings += _check_read(bullet, Slot.BULLET, f"bullets[{index}]")
    if closing.strip():
        findings += _check_read(read_closing, Slot.CLOSING, "closing")
    findings += card.broken_structure(bullets, closing)
    findings += card_lines.broken_bullets(read_bullets)
    lines = [*read_bullets, read_closing]
    findings += card.repeated_lines(prompt, lines)
    findings += agreement.slips_of_card(lines)
    findings += card.mixed_persons(prompt, lines)
    findings += coherence.foreign_lines(prompt, lines)
    findings += contradiction.taken_back(prompt, read_closing)
    findings += contradiction.another_time(prompt, lines)
    findings += contradiction.denied(read_prompt, lines)
    findings += troubling.troubling_card([read_prompt, *lines])
    return findings


def check_question(question: Question) -> list[Finding]:
    """Check a whole part: every text, their number, and that none comes twice."""
    if question.part == 1:
        return _check_frame(question)
    if question.part == 2:  # noqa: PLR2004 - the parts' own numbers
        return _check_long_turn(question)
    return _check_discussion(question)


def check_belongs(discussion: Discussion, long_turn: LongTurn) -> list[Finding]:
    """Check that a Part 3 grows out of its Part 2."""
    return list(sets.unrelated(discussion, long_turn))


def _check_frame(frame: InterviewFrame) -> list[Finding]:
    findings = [*check_topic(frame.topic, "topic")]
    placed = [(f"questions[{index}]", text) for index, text in enumerate(frame.questions)]
    for where, text in placed:
        findings += _check(text, Slot.INTERVIEW, where)
    if len(placed) != 4:  # noqa: PLR2004 - 63 of 64 published frames
        findings.append(sets.FRAME_SIZE.finding("Give exactly four questions.", "questions"))
    if sum(finding.rule == register.IMPERSONAL for finding in findings) > 1:
        findings.append(sets.IMPERSONAL_FRAME.finding("Ask about the candidate.", "questions"))
    findings += sets.repeats(placed)
    return findings


def _check_long_turn(long_turn: LongTurn) -> list[Finding]:
    cue_card = long_turn.cue_card
    findings = [*check_topic(long_turn.topic, "topic")]
    findings += (
        Finding(found.rule, found.severity, found.reason, f"cue_card.{found.where}".rstrip("."))
        for found in check_cue_card(cue_card.describe, cue_card.bullets, cue_card.closing)
    )
    findings += list(card.unfit_for_delivery(findings))
    placed = [(f"rounding_off[{index}]", text) for index, text in enumerate(long_turn.rounding_off)]
    for where, text in placed:
        findings += _check(text, Slot.ROUNDING_OFF, where)
    if len(placed) not in {1, 2}:
        findings.append(
            sets.ROUNDING_OFF_SIZE.finding(
                "Give one or two rounding-off questions.", "rounding_off"
            )
        )
    findings += sets.repeats(placed)
    return findings


def _check_discussion(discussion: Discussion) -> list[Finding]:
    findings = [*check_topic(discussion.topic, "topic")]
    placed: list[sets.Placed] = []
    for number, theme in enumerate(discussion.themes):
        findings += check_topic(theme.theme, f"themes[{number}].theme")
        placed += (
            (f"themes[{number}].questions[{index}]", text)
            for index, text in enumerate(theme.questions)
        )
    for where, text in placed:
        findings += _check(text, Slot.DISCUSSION, where)
    if [len(theme.questions) for theme in discussion.themes] != [3, 3]:
        findings.append(
            sets.DISCUSSION_SIZE.finding("Give two themes of three questions each.", "themes")
        )
    findings += sets.repeats(placed)
    findings += sets.heavy_words(placed)
    return findings


def _check(text: str, slot: Slot, where: str = "") -> list[Finding]:
    return _check_read(_read(text), slot, where)


def _read(text: str) -> Reading:
    return Reading(text[: lengths.LONGEST + 1])


def _check_read(text: Reading, slot: Slot, where: str) -> list[Finding]:
    if len(text.raw) > lengths.LONGEST:
        return [lengths.TOO_LONG.finding("Write one question and nothing else.", where)]
    has_wordings = _WORDINGS[slot].find(text) is not None
    return [
        rule.finding(reason, where)
        for rule, find in _rules_for(slot, _traits_of(text), has_wordings)
        if (reason := find(text))
    ]


@cache
def _rules_for(slot: Slot, traits: tuple[bool, ...], has_wordings: bool) -> list[tuple[Rule, Find]]:
    """The rules that may have something against such a text in this place."""
    fine = {trait for trait, holds in zip(_TRAITS, traits, strict=True) if holds}
    return [
        (rule, rule.find)
        for rule in RULES
        if slot in rule.slots
        and rule.find
        and rule.unless not in fine
        and (has_wordings or not rule.patterns)
    ]
