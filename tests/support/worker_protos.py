"""The few messages of the worker protocol that the worker library builds.

Azure's own process hands the generated protobuf module to the library; only its constructors
and these enum values are used, so plain records stand in for it at that edge. Fields and values:
https://github.com/Azure/azure-functions-language-worker-protobuf
"""

from __future__ import annotations

from types import SimpleNamespace


class StatusResult(SimpleNamespace):
    Failure = 0
    Success = 1


class BindingInfo(SimpleNamespace):
    out = 1
    inout = 2
    undefined = 0


class RpcException(SimpleNamespace): ...


class RpcFunctionMetadata(SimpleNamespace): ...


class RpcRetryOptions(SimpleNamespace): ...


class FunctionMetadataResponse(SimpleNamespace): ...


class WorkerInitResponse(SimpleNamespace): ...


class WorkerMetadata(SimpleNamespace): ...
