"""What lives once per worker: built on first use, on the worker's own loop."""

from __future__ import annotations

import logging
from functools import cached_property
from typing import TYPE_CHECKING

from shared import __version__, wiring
from shared.contract import Health
from shared.errors import Unavailable
from shared.settings import Fallback
from shared.telemetry.pseudonym import set_pseudonym_key

if TYPE_CHECKING:
    from shared.azure_openai.model import AzureQuestionModel
    from shared.identity.principal import Principal
    from shared.identity.verifier import TokenVerifier
    from shared.question_desk import QuestionDesk
    from shared.settings import Settings

logger = logging.getLogger("ielts.worker")


class Worker:
    """The rooms, furnished from the settings.

    Args:
        settings: validated; whatever is missing in them fails closed.

    """

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
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
        if not self.ready:
            raise Unavailable("Sign-in is not configured on this server.", retry_after=60)
        return await self._verifier.verify(token)

    @cached_property
    def desk(self) -> QuestionDesk:
        """Where requests for questions are dealt with."""
        from shared.generation.generator import QuestionGenerator  # noqa: PLC0415 - not while indexing
        from shared.question_desk import QuestionDesk  # noqa: PLC0415 - not while indexing

        bank_answers = self.settings.fallback is Fallback.BANK
        return QuestionDesk(
            QuestionGenerator(self.model, bank_answers=bank_answers),
            self.settings.generation_deadline_seconds,
        )

    @cached_property
    def model(self) -> AzureQuestionModel | None:
        """The one model client of this worker; None where no deployment is configured."""
        backends = wiring.backends(self.settings)
        if not backends:
            return None
        from shared.azure_openai.model import AzureQuestionModel  # noqa: PLC0415 - not while indexing

        return AzureQuestionModel(backends)

    def health(self) -> Health:
        """What the worker runs on, without a secret or an address in it."""
        return Health(
            alive=True,
            ready=self.ready,
            status="ok",
            runs_on="bank" if self.model is None else "model",
            version=__version__,
        )

    @cached_property
    def _verifier(self) -> TokenVerifier:
        from shared.identity.verifier import TokenVerifier  # noqa: PLC0415 - not while indexing

        return TokenVerifier(wiring.identity_settings(self.settings))
