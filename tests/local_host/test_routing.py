from __future__ import annotations

from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tools.local_host.routing import HttpFunction, RouteError, RouteTable, Template, decode_path

segments = st.text(st.characters(exclude_characters="/", exclude_categories=["Cs"]), min_size=1)


def function(name: str, route: str, *methods: str) -> HttpFunction:
    return HttpFunction(name=name, route=route, methods=frozenset(methods), trigger="req")


def found(table: RouteTable, method: str, path: str) -> str | None:
    match = table.find(method, path)
    return match[0].name if match else None


@pytest.mark.parametrize(
    ("template", "path", "parameters"),
    [
        ("items", "/items", {}),
        ("items", "/ITEMS/", {}),
        ("/items/", "/items", {}),
        ("items/{id}", "/items/7", {"id": "7"}),
        ("items/{id?}", "/items", {}),
        ("items/{id?}", "/items/7", {"id": "7"}),
        ("items/{id:int?}", "/items/7", {"id": "7"}),
        ("{owner}/{name}.json", "/ann/list.json", {"owner": "ann", "name": "list"}),
        ("files/{*path}", "/files/a/b.txt", {"path": "a/b.txt"}),
        ("files/{**path}", "/files/a/b.txt", {"path": "a/b.txt"}),
        ("files/{*path}", "/files", {}),
        ("", "/", {}),
    ],
)
def test_a_template_matches_a_path(template: str, path: str, parameters: dict[str, str]) -> None:
    assert Template.parse(template).match(path) == parameters


@pytest.mark.parametrize(
    ("template", "path"),
    [
        ("items", "/item"),
        ("items", "/items/7"),
        ("items/{id}", "/items"),
        ("items/{id}", "/items/7/8"),
        ("items/{id}", "/items//"),
        ("a.b", "/axb"),
    ],
)
def test_a_template_refuses_another_path(template: str, path: str) -> None:
    assert Template.parse(template).match(path) is None


@pytest.mark.parametrize(
    ("constraint", "good", "bad"),
    [
        ("int", "-7", "7.0"),
        ("int", "2147483647", "2147483648"),
        ("long", "9223372036854775807", "9223372036854775808"),
        ("bool", "True", "yes"),
        ("alpha", "abc", "ab1"),
        ("guid", "1f0f2c5e-8c0d-4a57-9a57-0f6f5a6f3b11", "1f0f2c5e"),
        ("decimal", "1.50", "1e3"),
        ("double", "1e3", "one"),
        ("float", ".5", "."),
        ("length(3)", "abc", "ab"),
        ("length(2,3)", "ab", "abcd"),
        ("minlength(2)", "ab", "a"),
        ("maxlength(2)", "ab", "abc"),
        ("min(5)", "5", "4"),
        ("max(5)", "5", "6"),
        ("range(1,5)", "3", "6"),
        ("int:min(1)", "1", "0"),
    ],
)
def test_a_constraint_lets_only_fitting_values_through(
    constraint: str, good: str, bad: str
) -> None:
    template = Template.parse(f"x/{{value:{constraint}}}")
    assert template.match(f"/x/{good}") == {"value": good}
    assert template.match(f"/x/{bad}") is None


@pytest.mark.parametrize(
    "template",
    ["{id:weekday}", "{id:range(1)}", "{id:int(3)}", "{id", "{*rest}/x", "{id?}/x", "{id}/{id}"],
)
def test_a_template_that_the_host_cannot_read_is_refused(template: str) -> None:
    with pytest.raises(RouteError, match="route"):
        Template.parse(template)


@given(segments)
def test_any_segment_comes_out_of_its_percent_encoding(segment: str) -> None:
    table = RouteTable.of([function("one", "items/{id}")], "api")
    match = table.find("GET", f"/api/items/{quote(segment)}")
    assert match is not None
    assert match[1] == {"id": segment}


def test_an_escaped_slash_stays_escaped() -> None:
    assert decode_path("/a%2Fb%2f%20c") == "/a%2Fb%2f c"


def test_routes_are_asked_in_the_order_of_function_names_not_of_specificity() -> None:
    table = RouteTable.of([function("Zoo", "items/special"), function("all", "items/{id}")], "api")
    assert found(table, "GET", "/api/items/special") == "all"


def test_function_names_are_ordered_ignoring_case() -> None:
    table = RouteTable.of([function("Beta", "x"), function("alpha", "x")], "api")
    assert found(table, "GET", "/api/x") == "alpha"


def test_a_route_of_other_methods_is_passed_over() -> None:
    table = RouteTable.of([function("a_post", "x", "POST"), function("zz_rest", "{*path}")], "api")
    assert found(table, "POST", "/api/x") == "a_post"
    assert found(table, "DELETE", "/api/x") == "zz_rest"


def test_a_path_outside_the_prefix_is_nobodys() -> None:
    table = RouteTable.of([function("rest", "{*path}")], "api")
    assert found(table, "GET", "/other") is None
    assert found(table, "GET", "/apis") is None


def test_without_a_prefix_routes_begin_at_the_root() -> None:
    assert found(RouteTable.of([function("x", "x")], ""), "GET", "/x") == "x"


@pytest.mark.parametrize("route", ["admin/users", "Runtime", "/admin"])
def test_the_hosts_own_routes_are_reserved(route: str) -> None:
    with pytest.raises(RouteError, match="conflicts"):
        RouteTable.of([function("mine", route)], "api")
