"""From a request's bytes or query to the endpoint's input model."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, TypeVar

from pydantic import BaseModel, ValidationError

from shared.errors import BodyTooLarge, Detail, InvalidJson, InvalidRequest, UnsupportedMediaType

if TYPE_CHECKING:
    import azure.functions as func
    from pydantic_core import ErrorDetails

Model = TypeVar("Model", bound=BaseModel)

MAX_BODY_BYTES = 64 * 1024
_CHARSET = re.compile(r"""charset\s*=\s*["']?([^\s;"']+)""", re.IGNORECASE)
_MOST_DETAILS = 20
_LONGEST_NAME = 80
_SENTENCES = {
    "extra_forbidden": "This field is not known here. Remove it.",
    "missing": "This field is required.",
}


def read_query(request: func.HttpRequest, model: type[Model]) -> Model:
    """The query's parameters as the model.

    Raises:
        InvalidRequest: with a detail for each wrong parameter.

    """
    try:
        return model.model_validate_strings(dict(request.params))
    except ValidationError as error:
        raise InvalidRequest(details=_details(error)) from None


def read_body(request: func.HttpRequest, model: type[Model]) -> Model:
    """The JSON body as the model; an empty body counts as {}.

    Raises:
        BodyTooLarge: more than 64 KiB.
        UnsupportedMediaType: not declared as JSON in UTF-8.
        InvalidJson: not JSON, nested too deeply, or lost on the way.
        InvalidRequest: with a detail for each wrong field.

    """
    _refuse_query(request)
    body = request.get_body()
    if len(body) > MAX_BODY_BYTES:
        raise BodyTooLarge(f"The request body may have at most {MAX_BODY_BYTES // 1024} KiB.")
    if body:
        _check_media_type(request.headers.get("Content-Type", ""))
    elif request.headers.get("Transfer-Encoding"):
        # https://github.com/Azure/azure-functions-host/issues/4926
        raise InvalidJson("A body in chunks does not arrive here. Send it with a Content-Length.")
    try:
        return model.model_validate_json(body or b"{}", strict=True)
    except ValidationError as error:
        if (first := error.errors(include_url=False)[0])["type"] == "json_invalid":
            raise InvalidJson(
                f"The request body is not valid JSON: {_json_fault(first)}."
            ) from None
        raise InvalidRequest(details=_details(error)) from None


def _refuse_query(request: func.HttpRequest) -> None:
    if request.params:
        raise InvalidRequest(
            details=[
                Detail(name[:_LONGEST_NAME], "Send this in the JSON body.")
                for name in list(request.params)[:_MOST_DETAILS]
            ]
        )


def _check_media_type(content_type: str) -> None:
    if content_type == "application/json":
        return
    media_type, _, parameters = content_type.partition(";")
    charset = _CHARSET.search(parameters)
    if media_type.strip().lower() != "application/json":
        raise UnsupportedMediaType
    if charset and charset[1].lower() not in {"utf-8", "utf8"}:
        raise UnsupportedMediaType("Send the JSON body in UTF-8.")


def _json_fault(error: ErrorDetails) -> str:
    """Where the parser stopped, and nothing of what it read."""
    return str(error.get("ctx", {}).get("error", "it could not be read"))


def _details(error: ValidationError) -> list[Detail]:
    return [
        Detail(_field(item["loc"]), _sentence(item))
        for item in error.errors(include_url=False, include_input=False)[:_MOST_DETAILS]
    ]


def _sentence(item: ErrorDetails) -> str:
    message = item["msg"].removeprefix("Value error, ")
    return _SENTENCES.get(item["type"], message if message.endswith(".") else f"{message}.")


def _field(location: tuple[int | str, ...]) -> str:
    """("avoid", 2) as "avoid[2]"; the input itself as "body"."""
    path = ""
    for step in location:
        path += f"[{step}]" if isinstance(step, int) else f".{step}" if path else step
    return path[:_LONGEST_NAME] or "body"
