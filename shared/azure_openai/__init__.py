"""The room of the model: the only one that talks to Azure OpenAI."""

from shared.azure_openai.backends import Backend, Kind, PressureSettings
from shared.azure_openai.deployment import Condition, DeploymentState
from shared.azure_openai.model import AzureQuestionModel

__all__ = [
    "AzureQuestionModel",
    "Backend",
    "Condition",
    "DeploymentState",
    "Kind",
    "PressureSettings",
]
