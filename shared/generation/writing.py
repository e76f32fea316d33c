"""One item on its way through the model: ask, check, have it mended once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shared.generation import prompts
from shared.generation.drafts import Draft, read_draft
from shared.generation.had_before import had_before
from shared.generation.ports import AnswerRefused, Effort, ModelError, PromptRefused, Usage
from shared.ielts.rules import Finding, Severity

if TYPE_CHECKING:
    from shared.deadline import Deadline
    from shared.generation.choosing import Choice
    from shared.generation.ports import Memory, ModelAnswer, QuestionModel, Task
    from shared.generation.spec import Spec
    from shared.ielts.models import Question


class Writing:
    """What the model wrote for one item, and what that cost.

    Attributes:
        item: the item to deliver; None until `write` has succeeded.
        model: name of the model that answered last.
        usage: tokens of all answers; None if none came.
        effort: of all requests together.
        repairs: repair requests made.
        broken_rules: names of the rules that the drafts broke.
        reason: why there is no item, in snake_case.
        retry_after: seconds after which the model may do better, where known.

    """

    def __init__(
        self, model: QuestionModel, spec: Spec, choice: Choice, deadline: Deadline, memory: Memory
    ) -> None:
        self._model = model
        self._spec = spec
        self._choice = choice
        self._deadline = deadline
        self._memory = memory
        self.item: Question | None = None
        self.model: str | None = None
        self.usage: Usage | None = None
        self.effort = Effort()
        self.repairs = 0
        self.broken_rules: list[str] = []
        self.reason: str | None = None
        self.retry_after: float | None = None

    async def write(self) -> None:
        """Set `item`, or else `reason`.

        Raises:
            PromptRefused: the content filter refused the prompt.

        """
        had = await self._memory.recent(self._spec.part, self._choice.topic)
        task = prompts.ask(self._spec._replace(avoid=(*self._spec.avoid, *had)), self._choice)
        try:
            text, draft = await self._draft(task)
            if draft.acceptable is None and self._is_worth_mending(draft):
                self.repairs = 1
                faults = [finding.reason for finding in draft.findings]
                _, draft = await self._draft(prompts.ask_to_mend(task, text, faults))
        except ModelError as error:
            self._spend(error.effort)
            self.reason, self.retry_after = error.reason, error.retry_after
            if isinstance(error, PromptRefused) and not self.repairs:
                raise  # else it is the model's own text that was refused
        else:
            self.item = draft.acceptable
            self.reason = None if self.item else _reason(draft)

    def _is_worth_mending(self, draft: Draft) -> bool:
        """A question had before is not, while the bank has one on the topic that is new."""
        return self._choice.had or _HAD_BEFORE not in draft.findings

    async def _draft(self, task: Task) -> tuple[str | None, Draft]:
        """One answer and what the rules say of it; a refused answer is a finding like others."""
        try:
            answer = await self._model.answer(task, self._deadline)
        except AnswerRefused as error:
            self._spend(error.effort)
            draft = Draft(None, (_no_answer(error.reason),))
            text = None
        else:
            self._record(answer)
            draft = read_draft(answer.text, self._choice.topic, self._spec)
            if await had_before(draft.acceptable, self._memory):
                draft = draft._replace(findings=(*draft.findings, _HAD_BEFORE))
            text = answer.text
        self.broken_rules += [finding.rule for finding in draft.findings]
        return text, draft

    def _record(self, answer: ModelAnswer) -> None:
        self.model = answer.model
        if answer.usage is not None:
            self.usage = (self.usage or Usage()) + answer.usage
        self._spend(answer.effort)

    def _spend(self, effort: Effort) -> None:
        self.effort = self.effort + effort


_HAD_BEFORE = Finding(
    rule="had-before",
    severity=Severity.REJECT,
    reason="The candidate has had this question: choose another angle on the topic.",
)


def _reason(draft: Draft) -> str:
    return "had_before" if _HAD_BEFORE in draft.findings else "rejected_by_rules"


def _no_answer(reason: str) -> Finding:
    return Finding(
        rule=f"answer-{reason.replace('_', '-')}",
        severity=Severity.REJECT,
        reason="No usable answer came: write about a plainer, everyday side of the topic.",
    )
