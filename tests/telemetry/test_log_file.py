"""The log in a file (LOG_FILE), rotated by size and count."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from tests.telemetry.waiting import wait_until

if TYPE_CHECKING:
    from pathlib import Path

    from tests.telemetry.starting import Start


def wait_for(text: str, folder: Path) -> str:
    """Everything in the folder's files, once the text is in it."""

    def everything() -> str:
        return "".join(path.read_text() for path in sorted(folder.glob("*.log*")))

    wait_until(lambda: text in everything())
    return everything()


def test_lines_are_written_to_the_file_too(start: Start, tmp_path: Path) -> None:
    with start(LOG_FILE=str(tmp_path / "app.log")) as service:
        service.get("health", roles=None, headers={"X-Request-ID": "filed"})
        written = wait_for("request_id=filed", tmp_path)

        assert written.count("request_id=filed") == 1
        assert service.logs().count("request_id=filed") == 1


def test_the_file_is_json_where_the_log_is(start: Start, tmp_path: Path) -> None:
    with start(LOG_FILE=str(tmp_path / "app.log"), LOG_FORMAT="json") as service:
        service.get("health", roles=None, headers={"X-Request-ID": "filed"})
        last = wait_for('"filed"', tmp_path).splitlines()[-1]

    assert json.loads(last)["request_id"] == "filed"


def test_the_file_is_rotated_at_its_size_and_so_many_are_kept(start: Start, tmp_path: Path) -> None:
    rotation = {"LOG_FILE_BYTES": "2000", "LOG_FILE_COUNT": "2"}
    with start(LOG_FILE=str(tmp_path / "app.log"), **rotation) as service:
        for number in range(40):
            service.get("health", roles=None, headers={"X-Request-ID": f"filed-{number}."})
        wait_for("filed-39.", tmp_path)

    files = sorted(path.name for path in tmp_path.iterdir())
    assert files == ["app.log", "app.log.1", "app.log.2"]
    assert all(path.stat().st_size <= 2000 for path in tmp_path.iterdir())


def test_what_was_logged_last_is_in_the_file_when_the_process_ends(
    start: Start, tmp_path: Path
) -> None:
    with start(LOG_FILE=str(tmp_path / "app.log")) as service:
        service.get("health", roles=None, headers={"X-Request-ID": "last"})

    assert "request_id=last" in (tmp_path / "app.log").read_text()


def test_a_file_that_cannot_be_written_is_reported_and_done_without(
    start: Start, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("")
    with start(LOG_FILE=str(tmp_path / "file" / "app.log")) as service:
        assert service.get("health", roles=None).status_code == 200

        assert "telemetry_not_started what=log" in service.logs()


def test_a_full_disk_is_reported_once_and_stands_in_nobodys_way(start: Start) -> None:
    with start(LOG_FILE="/dev/full") as service:
        answers = [service.get("health", roles=None) for _ in range(20)]

        wait_until(lambda: "log_file_not_written" in service.logs())
        assert service.logs().count("log_file_not_written error=OSError") == 1
        assert "Traceback" not in service.logs()
    assert [answer.status_code for answer in answers] == [200] * 20
