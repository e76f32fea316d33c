"""What lives once per worker: built on first use, on the worker's own loop."""

from __future__ import annotations

import asyncio
import logging
import time
from contextlib import suppress
from dataclasses import asdict
from functools import cached_property
from importlib import import_module
from typing import TYPE_CHECKING, Literal

from shared import __version__, wiring
from shared.contract import DeploymentHealth, Health
from shared.errors import StoreUnavailable, Unavailable
from shared.roles import Role
from shared.settings import Fallback, LibraryUse, SettingsError
from shared.telemetry.active import ACTIVE
from shared.telemetry.pseudonym import pseudonym, set_pseudonym_key
from shared.telemetry.recent_errors import RECENT_ERRORS
from shared.telemetry.set_up import set_up_telemetry
from shared.telemetry.status import DeploymentStatus, ErrorStatus, OutboxStatus, WorkerStatus

if TYPE_CHECKING:
    from shared.azure_openai.model import AzureQuestionModel
    from shared.generation.ports import QuestionModel
    from shared.identity.principal import Principal
    from shared.identity.verifier import TokenVerifier
    from shared.question_desk import QuestionDesk
    from shared.rate_limiting.limiter import RateLimiter
    from shared.records_desk import RecordsDesk
    from shared.settings import Settings
    from shared.storage.kept_answers import KeptAnswers
    from shared.storage.storage import Storage
    from shared.storage.usage_log import UsageLog

logger = logging.getLogger(__name__)

_ANSWER_MARGIN_SECONDS = 10.0
"""Beyond the generation's deadline: then a request under an Idempotency-Key counts as dead."""


class Worker:
    """The rooms, furnished from the settings.

    Args:
        settings: validated; whatever is missing in them fails closed.

    Raises:
        SettingsError: settings that are fine by themselves do not fit together.

    """

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self._started = time.monotonic()
        self._desk: QuestionDesk | None = None
        self._asked = False
        try:
            self._backends = wiring.backends(settings)
            self._identity = wiring.identity_settings(settings) if self.ready else None
        except ValueError as error:
            raise SettingsError(f"These settings do not fit together:\n  {error}") from None
        set_up_telemetry(settings)
        if settings.subject_key is not None:
            set_pseudonym_key(settings.subject_key.get_secret_value())
        if not self.ready:
            logger.error(
                "sign-in is not configured: every endpoint but health answers 503 until "
                "AUTH_ISSUER and AUTH_AUDIENCE are set"
            )

    @property
    def ready(self) -> bool:
        """Whether callers can be identified at all."""
        return self.settings.auth_issuer is not None

    async def authenticate(self, token: str) -> Principal:
        """The principal behind a bearer token.

        Raises:
            TokenRejected: the token does not hold.
            KeysUnavailable: the issuer's keys cannot be had.
            Unavailable: no issuer is configured.

        """
        if self._verifier is None:
            raise Unavailable("Sign-in is not configured on this server.", retry_after=60)
        return await self._verifier.verify(token)

    @cached_property
    def rate_limiter(self) -> RateLimiter:
        """How often each subject may call, and for how many items."""
        from shared.rate_limiting.limiter import RateLimiter, counters  # noqa: PLC0415 - not while indexing

        url = self.settings.rate_limit_storage_url
        return RateLimiter(
            counters(None if url is None else url.get_secret_value()),
            {
                "generation": self.settings.rate_limit_generation,
                "reading": self.settings.rate_limit_reading,
            },
            {
                Role.CANDIDATE: self.settings.daily_quota_candidate,
                Role.EXAMINER: self.settings.daily_quota_examiner,
                Role.ADMIN: None,
            },
        )

    async def desk(self) -> QuestionDesk:
        """Where requests for questions are dealt with."""
        self._asked = True
        return await self._made_desk()

    async def _made_desk(self) -> QuestionDesk:
        if self._desk is None:
            # In a thread: the loop serves others meanwhile.
            await asyncio.to_thread(import_module, "shared.question_desk")
            self._desk = self._desk or self._make_desk()
        return self._desk

    def _make_desk(self) -> QuestionDesk:
        from shared.generation.generator import QuestionGenerator  # noqa: PLC0415 - not while indexing
        from shared.question_desk import QuestionDesk  # noqa: PLC0415 - not while indexing

        generator = QuestionGenerator(
            self._observed(self.model),
            bank_answers=self.settings.fallback is Fallback.BANK,
            library_first=self.settings.library is LibraryUse.FIRST,
        )
        return QuestionDesk(generator, self.settings.generation_deadline_seconds, self.storage)

    @cached_property
    def records(self) -> RecordsDesk:
        """Where requests about stored things are dealt with."""
        from shared.records_desk import RecordsDesk  # noqa: PLC0415 - not while indexing

        return RecordsDesk(self.storage, self.settings.model_prices)

    @cached_property
    def storage(self) -> Storage | None:
        """What this worker remembers by; None where it remembers nothing."""
        return wiring.storage(self.settings)

    @cached_property
    def kept_answers(self) -> KeptAnswers | None:
        """What keeps answers under an Idempotency-Key."""
        from shared.storage.kept_answers import KeptAnswers  # noqa: PLC0415 - not while indexing

        if self.storage is None:
            return None
        longest = self.settings.generation_deadline_seconds + _ANSWER_MARGIN_SECONDS
        return KeptAnswers(self.storage, longest)

    @cached_property
    def usage_log(self) -> UsageLog | None:
        """What takes the record of each request."""
        if self.storage is None:
            return None
        from shared.storage.usage_log import UsageLog  # noqa: PLC0415 - not while indexing

        return UsageLog(self.storage)

    @cached_property
    def model(self) -> AzureQuestionModel | None:
        """The one model client of this worker; None where no deployment is configured."""
        if not self._backends:
            return None
        from shared.azure_openai.model import AzureQuestionModel  # noqa: PLC0415 - not while indexing
        from shared.generation.prompts import PROMPT_VERSION  # noqa: PLC0415 - not while indexing
        from shared.telemetry.model_calls import ModelCallLog  # noqa: PLC0415 - not while indexing

        model_calls = ModelCallLog(PROMPT_VERSION, with_content=self.settings.log_ai_content)
        model = AzureQuestionModel(
            self._backends, wiring.pressure(self.settings), observe=model_calls
        )
        if ACTIVE.signals is not None:
            ACTIVE.signals.instruments.watch(model.states)
        return model

    async def warm_up(self) -> None:
        """Have ready what the first question needs; in threads, so that nobody waits for it."""
        from shared.identity import warming  # noqa: PLC0415 - not while indexing

        await asyncio.to_thread(warming.warm_up)
        await asyncio.to_thread(import_module, "shared.rate_limiting.limiter")
        if self.settings.rate_limit_storage_url is not None:
            await asyncio.to_thread(import_module, "shared.rate_limiting.redis_counters")
        await self._made_desk()
        if self.model is not None:
            await self.model.warm_up()
        if self.storage is not None:
            with suppress(StoreUnavailable):  # which was logged
                await self.storage.open()
        if not self._asked:  # else that request does it, and this would only hold it up
            await asyncio.to_thread(import_module("shared.ielts.warming").warm_up)

    def status(self) -> WorkerStatus:
        """What this worker is up to, for admins."""
        states = self.model.states() if self.model is not None else []
        return WorkerStatus(
            version=__version__,
            uptime_seconds=round(time.monotonic() - self._started, 1),
            deployments=[DeploymentStatus(**state._asdict()) for state in states],
            outbox=self._outbox_status(),
            caches={
                **(self._verifier.cached() if self._verifier else {}),
                "pseudonyms": pseudonym.cache_info().currsize,
            },
            errors=[
                ErrorStatus(code=code, **asdict(count))
                for code, count in sorted(RECENT_ERRORS.by_code.items())
            ],
        )

    async def health(self) -> Health:
        """What the worker runs on, without a secret or an address in it."""
        memory: Literal["ok", "unavailable", "none"] = "none"
        if self.storage is not None:
            memory = "ok" if await self.storage.healthy() else "unavailable"
        deployments = [
            DeploymentHealth(priority=state.priority, condition=state.condition)
            for state in (self.model.states() if self.model else ())
        ]
        down = any(state.condition in ("failing", "misconfigured") for state in deployments)
        return Health(
            alive=True,
            ready=self.ready,
            status="degraded" if down or memory == "unavailable" else "ok",
            runs_on="bank" if self.model is None else "model",
            deployments=deployments,
            memory=memory,
            version=__version__,
        )

    def _outbox_status(self) -> OutboxStatus | None:
        if self.storage is None:
            return None
        outbox = self.storage.outbox
        return OutboxStatus(waiting=outbox.waiting, dropped=outbox.dropped)

    def _observed(self, model: AzureQuestionModel | None) -> QuestionModel | None:
        """The model with a span around each answer, where somebody collects them."""
        if model is None or ACTIVE.signals is None:
            return model
        from shared.telemetry.observed_model import ObservedModel  # noqa: PLC0415 - not while indexing

        provider = "openai" if self.settings.openai_base_url else "azure.ai.openai"
        return ObservedModel(model, ACTIVE.signals, provider)

    @cached_property
    def _verifier(self) -> TokenVerifier | None:
        from shared.identity.verifier import TokenVerifier  # noqa: PLC0415 - not while indexing

        return None if self._identity is None else TokenVerifier(self._identity)
