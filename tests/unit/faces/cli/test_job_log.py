from __future__ import annotations

import base64
import stat
import sys
from typing import TYPE_CHECKING

import pytest

from launcher.faces.cli.job_log import MAX_BYTES, OLD_LOGS, JobLog, redact

if TYPE_CHECKING:
    from pathlib import Path

SECRET_KEY = base64.b64encode(bytes(range(32))).decode()
SIGNATURE = base64.b64encode(bytes(range(64))).decode()


def _log(folder: Path, environ: dict[str, str] | None = None) -> JobLog:
    return JobLog(lambda: folder / "log" / "arw.log", environ or {})


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        (f"key {SECRET_KEY} given", "key [redacted] given"),
        ("Authorization: Bearer abc.def-123", "Authorization: Bearer [redacted]"),
        ("https://user:pa%20ss@host/x", "https://[redacted]@host/x"),
        ("https://host/x?token=abc&n=1", "https://host/x?token=[redacted]&n=1"),
        ("ARW_ADMIN_TOKEN=abc", "ARW_ADMIN_TOKEN=[redacted]"),
        ("the token is hunter2!", "the token is [redacted]!"),
        ("sha256 " + "ab" * 32, "sha256 " + "ab" * 32),
        (f"signature {SIGNATURE}", f"signature {SIGNATURE}"),
    ],
)
def test_secrets_are_taken_out(text: str, kept: str) -> None:
    assert redact(text, {"ARW_ADMIN_TOKEN": "hunter2"}) == kept


def test_lines_of_one_entry_stand_under_its_time(tmp_path: Path) -> None:
    log = _log(tmp_path, {"ARW_ADMIN_TOKEN": "hunter2"})
    log.write("one\ntwo hunter2")
    log.write("")

    first, second, third = log.path.read_text(encoding="utf-8").splitlines()
    moment = first.split(" ", maxsplit=1)[0]
    assert (first, second) == (f"{moment} one", f"{' ' * len(moment)} two [redacted]")
    assert third.rstrip().endswith("Z")


def test_a_long_log_is_turned_over_and_old_ones_go(tmp_path: Path) -> None:
    log = _log(tmp_path)
    for number in range(OLD_LOGS + 3):
        log.write(f"begin {number}")
        with log.path.open("a") as file:
            file.write("x" * MAX_BYTES)

    files = sorted(path.name for path in log.path.parent.iterdir())
    assert files == ["arw.log", *(f"arw.log.{number}" for number in range(1, OLD_LOGS + 1))]
    assert f"begin {OLD_LOGS + 2}" in log.path.read_text()
    assert f"begin {OLD_LOGS + 1}" in log.path.with_name("arw.log.1").read_text()


@pytest.mark.skipif(sys.platform == "win32", reason="modes as on POSIX")
def test_the_folder_of_the_log_is_for_its_owner_alone(tmp_path: Path) -> None:
    log = _log(tmp_path)
    log.write("x")

    assert stat.S_IMODE(log.path.parent.stat().st_mode) == 0o700


def test_a_log_that_cannot_be_written_stops_nothing(tmp_path: Path) -> None:
    (tmp_path / "log").write_text("a file where the folder should be")

    _log(tmp_path).write("x")

    assert (tmp_path / "log").read_text() == "a file where the folder should be"


def test_a_name_without_utf8_form_is_spelled_out(tmp_path: Path) -> None:
    log = _log(tmp_path)
    log.write("lost \udcff")

    assert "lost \\udcff" in log.path.read_text()
