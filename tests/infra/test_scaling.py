"""The page on scaling reckons with what infra/ deploys."""

from __future__ import annotations

from typing import Any

from bench import scaling
from shared.settings import Settings
from tests.infra.bicep import INFRA, parse, values_of


def default_of(parameter: str) -> Any:
    return parse(INFRA / "main.bicep")["parameters"][parameter]["default"]


def test_the_bench_knows_the_deployed_limits() -> None:
    assert default_of("modelCapacity") == scaling.CAPACITY
    assert default_of("httpConcurrency") == scaling.CONCURRENCY
    assert default_of("maximumInstances") == scaling.MOST_INSTANCES


def test_the_bench_knows_the_memory_of_an_instance() -> None:
    [megabytes] = values_of(parse(INFRA / "modules" / "app.bicep"), "instanceMemoryMB")

    assert megabytes / 1024 == scaling.MEMORY_GB


def test_the_bench_knows_the_connections_of_a_worker() -> None:
    assert Settings.model_fields["database_pool_size"].default == scaling.POOL


def test_the_bench_reckons_with_the_database_that_is_deployed() -> None:
    [server] = [
        resource
        for resource in parse(INFRA / "modules" / "database.bicep")["resources"].values()
        if resource["type"] == "Microsoft.DBforPostgreSQL/flexibleServers"
    ]

    assert server["config"]["sku"]["name"] == scaling.DATABASE_SIZE
