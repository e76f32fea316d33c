"""An item on its way to Application Insights, as JSON.

Nearly all that exporting costs is azure-monitor-opentelemetry's building of its models of the
envelope. Of items that differ in a few known places only, the first takes that way, and is the
pattern for the others.
"""

from __future__ import annotations

from datetime import UTC, datetime
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, Self

if TYPE_CHECKING:
    from collections.abc import Mapping


class Envelope(dict[str, Any]):
    """An envelope with what the exporter asks of its own model of one."""

    @classmethod
    def of(cls, model: Any) -> Self:
        """What the exporter has made."""
        return cls(model.as_dict(exclude_readonly=True))

    @property
    def data(self) -> SimpleNamespace:
        """What the envelope is counted as."""
        return SimpleNamespace(base_type=self["data"]["baseType"])

    def as_dict(self) -> dict[str, Any]:
        """Itself."""
        return self

    def like(
        self,
        nanoseconds: int | None,
        tags: Mapping[str, str],
        base_data: Mapping[str, Any],
        properties: Mapping[str, str],
    ) -> Self:
        """Another one of that time, which differs in this."""
        at = datetime.fromtimestamp((nanoseconds or 0) / 1e9, UTC).isoformat()
        data = self["data"]
        before = data["baseData"]
        return type(self)(
            self,
            time=f"{at[:-6]}Z",
            tags={**self["tags"], **tags},
            data={
                **data,
                "baseData": {
                    **before,
                    **base_data,
                    "properties": {**before["properties"], **properties},
                },
            },
        )
