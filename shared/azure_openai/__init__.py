"""The room of the model: the only one that talks to Azure OpenAI."""
