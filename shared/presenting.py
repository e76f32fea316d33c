"""From generated items to an answer's data and meta."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from shared.contract import (
    Catalogue,
    CategoryTopics,
    DeliveredDiscussion,
    DeliveredInterview,
    DeliveredLongTurn,
    DeliveredTest,
    PartTopics,
    Seconds,
    Step,
)
from shared.generation.ports import Effort, Usage
from shared.generation.prompts import PROMPT_VERSION
from shared.generation.spec import Source
from shared.ielts.catalogue import catalogue
from shared.ielts.examiner import card_text, read_out
from shared.ielts.models import Discussion, InterviewFrame, LongTurn
from shared.ielts.script import script

if TYPE_CHECKING:
    from collections.abc import Sequence

    from shared.contract import Delivered
    from shared.generation.mock_test import MockTest
    from shared.generation.spec import Generated

_DELIVERED: dict[int, type[Delivered]] = {
    1: DeliveredInterview,
    2: DeliveredLongTurn,
    3: DeliveredDiscussion,
}


def question_data(items: Sequence[Generated]) -> Delivered:
    """The first item; and all of them as `items` where there are several."""
    delivered = [_delivered(item) for item in items]
    first = delivered[0]
    return first if len(delivered) == 1 else first.model_copy(update={"items": delivered})


def test_data(test_id: str, test: MockTest) -> DeliveredTest:
    """The test step by step."""
    steps = [
        Step(
            part=step.part,
            kind=step.kind,
            says=step.says,
            seconds=Seconds(least=step.seconds[0], most=step.seconds[1]),
            topic=step.topic,
            questions=list(step.questions) if step.questions else None,
            cue_card=step.cue_card,
        )
        for step in script(*_parts(test))
    ]
    return DeliveredTest(
        test_id=test_id,
        topic=test.long_turn.item.topic,
        question="\n".join(_said(step) for step in steps),
        minutes=Seconds(
            least=sum(step.seconds.least for step in steps) // 60,
            most=sum(step.seconds.most for step in steps) // 60,
        ),
        steps=steps,
    )


def meta(items: Sequence[Generated], *, topic_asked: bool) -> dict[str, Any]:
    """What every caller may know of how the answer came about."""
    usage = _sum_usage(items)
    models = sorted({item.model for item in items if item.model})
    said: dict[str, Any] = {
        "source": _source(items),
        "model": ", ".join(models) or None,
        "usage": asdict(usage) if usage else None,
        "prompt_version": PROMPT_VERSION if models else None,
        "topic_matched": all(item.topic_matched for item in items) if topic_asked else None,
    }
    if len(items) > 1:
        said["sources"] = [item.source for item in items]
    return said


def effort(items: Sequence[Generated]) -> dict[str, Any]:
    """What admins and the log line may know beside."""
    total = sum((item.effort for item in items), Effort())
    return {
        "deployment": total.deployment,
        "attempts": total.attempts,
        "wait_ms": round(total.wait_ms, 1),
        "repairs": sum(item.repairs for item in items),
        "findings": ",".join(sorted({rule for item in items for rule in item.broken_rules}))
        or None,
        "bank_reason": ",".join(sorted({item.reason for item in items if item.reason})) or None,
    }


def spent(items: Sequence[Generated]) -> dict[str, Any]:
    """What the usage record says of the items."""
    usage = _sum_usage(items) or Usage()
    models = sorted({item.model for item in items if item.model})
    return {
        "model": ", ".join(models) or None,
        "prompt_tokens": usage.prompt_tokens,
        "completion_tokens": usage.completion_tokens,
        **{f"items_{source}": sum(item.source is source for item in items) for source in Source},
        "repairs": sum(item.repairs for item in items),
    }


def logged(said: dict[str, Any]) -> dict[str, Any]:
    """The part of `meta` that the log line carries: source, model, tokens; never a topic."""
    usage = said["usage"]
    return {
        "source": said["source"],
        "model": said["model"],
        "tokens": usage["total_tokens"] if usage else None,
    }


def topic_catalogue() -> Catalogue:
    """The catalogue by part and category."""
    parts = [
        PartTopics(
            part=part,
            categories=[
                CategoryTopics(category=category, topics=list(topics))
                for category, topics in by_category.items()
            ],
        )
        for part, by_category in catalogue().items()
    ]
    names = {topic for part in parts for group in part.categories for topic in group.topics}
    return Catalogue(total=len(names), parts=parts)


def _delivered(generated: Generated) -> Delivered:
    item = generated.item
    return _DELIVERED[item.part].model_validate({**dict(item), "question": read_out(item)})


def _parts(test: MockTest) -> tuple[list[InterviewFrame], LongTurn, Discussion]:
    frames = [frame.item for frame in test.frames if isinstance(frame.item, InterviewFrame)]
    long_turn, discussion = test.long_turn.item, test.discussion.item
    if not isinstance(long_turn, LongTurn) or not isinstance(discussion, Discussion):
        raise TypeError("a mock test has a long turn and a discussion")
    return frames, long_turn, discussion


def _said(step: Step) -> str:
    card = card_text(step.cue_card) if step.cue_card and step.kind == "card" else None
    return "\n".join(line for line in (step.says, card, *(step.questions or ())) if line)


def _source(items: Sequence[Generated]) -> str:
    sources = {item.source for item in items}
    return sources.pop() if len(sources) == 1 else "mixed"


def _sum_usage(items: Sequence[Generated]) -> Usage | None:
    spent = [item.usage for item in items if item.usage]
    return sum(spent[1:], spent[0]) if spent else None
