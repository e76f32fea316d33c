"""What must not start: the endpoint decorator refuses it when the app is indexed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import azure.functions as func
import pytest
from pydantic import BaseModel

from shared.errors import MethodNotAllowed, NotFound
from shared.http.api import Api, Reply
from shared.http.declaration import DeclarationError
from shared.identity.principal import Principal
from tests.http.limits import generous

if TYPE_CHECKING:
    from shared.http.call import Call


class Nothing(BaseModel):
    pass


async def nobody(_: str) -> Principal:
    return Principal("nobody", frozenset())


async def handler(_: Call) -> Reply:
    """Answer with nothing."""
    return Reply(Nothing())


@pytest.fixture
def api() -> Api:
    return Api(nobody, generous)


def test_an_endpoint_without_roles_that_is_not_public_does_not_start(api: Api) -> None:
    with pytest.raises(DeclarationError, match="declare either roles"):
        api.endpoint("things")(handler)


def test_an_endpoint_with_an_empty_list_of_roles_does_not_start(api: Api) -> None:
    with pytest.raises(DeclarationError, match="handler"):
        api.endpoint("things", roles=[])(handler)


def test_a_public_endpoint_with_roles_does_not_start(api: Api) -> None:
    with pytest.raises(DeclarationError):
        api.endpoint("things", roles=["admin"], public=True)(handler)


def test_a_plain_function_is_refused(api: Api) -> None:
    def plain(_: Call) -> Reply:
        return Reply(Nothing())

    with pytest.raises(DeclarationError, match="async"):
        api.endpoint("things", public=True)(plain)  # type: ignore[arg-type] # the mistake itself


def test_the_decorator_above_app_route_is_refused(api: Api) -> None:
    async def function(req: func.HttpRequest) -> func.HttpResponse:
        return func.HttpResponse(str(req))

    routed = api.app.route("things")(function)

    with pytest.raises(DeclarationError, match="no other decorator between"):
        api.endpoint("things", public=True)(routed)


def test_app_route_above_the_decorator_fails_when_the_app_is_indexed(api: Api) -> None:
    declared = api.endpoint("things", public=True)(handler)

    with pytest.raises(ValueError, match="can only have one trigger"):
        api.app.route("open-door")(declared)


def test_the_registered_function_has_the_signature_that_the_worker_accepts(api: Api) -> None:
    api.endpoint("things", public=True)(handler)

    [function] = api.app.get_functions()
    registered = function.get_user_function()

    assert registered.__name__ == "handler"
    assert registered.__annotations__.keys() == {"req", "context", "return"}
    assert not hasattr(registered, "__wrapped__")


class TestNoEndpoint:
    @pytest.fixture
    def api(self) -> Api:
        api = Api(nobody, generous)
        api.endpoint("tests/{id}", methods=["GET", "delete"], public=True)(handler)
        api.endpoint("{*path}", public=True)(handler)
        return api

    @pytest.mark.parametrize("path", ["tests/7", "/tests/7/", "TESTS/a-b"])
    def test_a_known_path_is_405_with_its_methods(self, api: Api, path: str) -> None:
        error = api.no_endpoint("POST", path)

        assert isinstance(error, MethodNotAllowed)
        assert error.headers == {"Allow": "DELETE, GET"}

    def test_a_path_that_the_host_took_for_another_is_not_told_to_use_its_own_method(
        self, api: Api
    ) -> None:
        assert isinstance(api.no_endpoint("GET", "/tests/7"), NotFound)

    @pytest.mark.parametrize("path", ["", "tests", "tests/", "tests/7/8", "test/7", "x/tests/7"])
    def test_an_unknown_path_is_404(self, api: Api, path: str) -> None:
        assert isinstance(api.no_endpoint("POST", path), NotFound)
