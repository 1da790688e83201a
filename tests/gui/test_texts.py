from __future__ import annotations

from datetime import UTC, datetime

import pytest

from launcher.domain.progress import Phase
from launcher.faces.gui.actions import Action, order_for
from launcher.faces.gui.events import Logged, Outcome, Progressed
from launcher.faces.gui.jobs import Job, JobState, Order
from launcher.faces.gui.outcome_texts import report_of
from launcher.faces.gui.quantities import age_text, date_text, duration_text, share_text, size_text
from launcher.faces.gui.texts import action_text, error_in_full, job_text, main_reason, quoted, version_line
from launcher.faces.gui.theme import Tone
from tests.gui import scene

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("size_bytes", "expected"),
    [
        (0, "0 bytes"),
        (999, "999 bytes"),
        (1000, "1.0 kB"),
        (999_999, "1.0 MB"),
        (412_300_000, "412 MB"),
        (1_900_000_000, "1.9 GB"),
        (5 * 10**14, "500 TB"),
    ],
)
def test_sizes(size_bytes: int, expected: str) -> None:
    assert size_text(size_bytes) == expected


def test_a_share_is_in_one_unit() -> None:
    assert share_text(123_000_000, 410_000_000) == "123 of 410 MB"
    assert share_text(500, 4_100_000) == "0.0 of 4.1 MB"
    assert share_text(500, None) == "500 bytes"
    assert share_text(7, 5) == "5 of 5 bytes"


@pytest.mark.parametrize(
    ("seconds", "expected"), [(-1, "0 s"), (24.4, "24 s"), (99, "99 s"), (150, "2 min"), (7800, "2 h 10 min")]
)
def test_durations(seconds: float, expected: str) -> None:
    assert duration_text(seconds) == expected


@pytest.mark.parametrize(
    ("time", "expected"),
    [
        ("2026-11-23T11:59:00Z", "just now"),
        ("2026-11-23T11:30:00Z", "30 minutes ago"),
        ("2026-11-23T09:00:00Z", "3 hours ago"),
        ("2026-11-20T12:00:00Z", "3 days ago"),
        ("2026-11-20T12:00:00", ""),
        ("yesterday", ""),
        (None, ""),
    ],
)
def test_ages(time: str | None, expected: str) -> None:
    assert age_text(time, NOW) == expected


@pytest.mark.parametrize(
    ("time", "expected"),
    [("2026-09-12T12:00:00Z", "12 Sep"), ("2025-09-12T12:00:00Z", "12 Sep 2025"), ("", ""), (None, "")],
)
def test_dates(time: str | None, expected: str) -> None:
    assert date_text(time, NOW) == expected


def test_the_rollback_button_names_its_target() -> None:
    bundle = scene.installed()
    until = date_text(scene.revision()["installed_at"])
    assert action_text(Action.ROLL_BACK, bundle) == f"Roll back to b10964 (until {until}, 46.9 MB, trusted)"
    assert action_text(Action.ROLL_BACK, scene.rolled_back()) == "Return to b11146 (48.2 MB, trusted)"


def test_a_version_line_shows_the_way_of_an_update() -> None:
    assert version_line(scene.bundle()) == "b11146 · preview r42"
    assert version_line(scene.installed()) == "b11146 · preview r42"
    update = scene.installed(state="update-available", offered_upstream_version="b11203")
    assert version_line(update) == "b11146 · preview r42 → b11203"
    assert version_line(scene.bundle(offered_upstream_version=None, offered_channel_revision=None)) == "preview"


def job(state: JobState = JobState.RUNNING, phase: str = Phase.DOWNLOADING, progress: Progressed | None = None) -> Job:
    job = Job(order_for(Action.INSTALL, scene.LLAMA_CPU))
    job.state, job.phase, job.progress = state, phase, progress
    return job


def test_phases_are_honest() -> None:
    moving = Progressed("downloading", 123_000_000, 410_000_000, 12_000_000.0, 24.0)
    assert job_text(job(JobState.QUEUED)) == "Queued"
    assert job_text(job(JobState.CANCELLING)) == "Stopping…"
    assert job_text(job(phase=Phase.TESTING)) == "Testing whether it starts"
    assert job_text(job(progress=moving)) == "Downloading 123 of 410 MB at 12.0 MB/s, 24 s left"
    assert job_text(job(phase="a later phase")) == "a later phase"


@pytest.mark.parametrize(
    ("rival", "expected"),
    [
        (order_for(Action.UPDATE, scene.LLAMA_CPU), "Queued: waits for another job of this bundle (Updating)"),
        (order_for(Action.UPDATE, scene.WHISPER_CPU), "Queued: waits until another download has ended"),
        (order_for(Action.ROLL_BACK, scene.WHISPER_CPU), "Queued: waits for another job (Rolling back)"),
    ],
)
def test_a_queued_job_says_what_it_waits_for(rival: Order, expected: str) -> None:
    queued = job(JobState.QUEUED)
    queued.wait_for(rival)
    assert job_text(queued) == expected


def test_a_wait_for_another_process_is_no_stall(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Job, "silent_s", lambda _job: 12.0)
    waiting, same = job(), Progressed("downloading", 5, 9, None, None)
    said = "Waiting for process 7 (fetching abc), which fetches the same file."
    for event in (same, Logged(said), same):
        waiting._hear(event)
    assert (waiting.is_waiting, waiting.is_stalled, job_text(waiting)) == (True, False, f"Queued. {said}")
    waiting._hear(Progressed("downloading", 6, 9, None, None))
    assert (waiting.is_waiting, waiting.is_stalled) == (False, True)


def test_a_stall_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    stalled = job(progress=Progressed("downloading", 123_000_000, 410_000_000, 12_000_000.0, 24.0))
    monkeypatch.setattr(Job, "silent_s", lambda _job: 12.0)
    assert job_text(stalled) == "Downloading 123 of 410 MB: nothing has come for 12 s"


def test_names_in_messages_get_quotation_marks() -> None:
    assert quoted("The file `a b` is not `c`.") == "The file \u201ca b\u201d is not \u201cc\u201d."
    assert quoted("one ` alone") == "one ` alone"


def test_an_error_in_full() -> None:
    assert error_in_full(scene.WRONG_HASH).split("\n") == [
        scene.WRONG_HASH["message"],
        f"Expected: {scene.WRONG_HASH['expected']}",
        f"Actual: {scene.WRONG_HASH['actual']}",
        scene.WRONG_HASH["hint"],
        "Error code: wrong-hash",
    ]


def ended(action: Action, outcome: Outcome) -> Job:
    job = Job(order_for(action, scene.LLAMA_CPU))
    job.outcome, job.state = outcome, JobState(outcome.status)
    return job


def test_every_end_says_what_is_still_active() -> None:
    active = scene.installed()
    failed = report_of(ended(Action.UPDATE, Outcome("failed", scene.WRONG_HASH)), active)
    assert (failed.tone, failed.title, failed.can_retry) == (Tone.DANGER, "The update was stopped", True)
    assert failed.after == "Nothing was changed: b11146 is still active."
    cancelled = report_of(ended(Action.INSTALL, Outcome("cancelled")), scene.bundle())
    assert cancelled.title == "Stopped, as you asked"
    assert cancelled.text == "What was fetched so far is kept; starting again goes on from there."
    assert cancelled.after == "Nothing was changed: no revision of this bundle is active."


def test_good_ends() -> None:
    bundle = scene.installed()
    done = {"id": bundle["id"], "upstream_version": "b11146", "fetch_bytes": 17_000_000, "probe": "version: 11146"}
    installed = report_of(ended(Action.INSTALL, Outcome("done", None, {"installed": [done]})), bundle)
    assert (installed.tone, installed.title) == (Tone.GOOD, "b11146 is active")
    assert installed.text == "Fetched 17.0 MB, verified, unpacked and tested.\nIt answered: version: 11146"
    updated = report_of(ended(Action.UPDATE, Outcome("done", None, {"updated": [done], "skipped": []})), bundle)
    assert updated.title == installed.title
    skipped = {"id": bundle["id"], "sentence": "It is held."}
    nothing = report_of(ended(Action.UPDATE, Outcome("done", None, {"updated": [], "skipped": [skipped]})), bundle)
    assert (nothing.title, nothing.text) == ("There was nothing to do", "It is held.")
    smoked = {"first_line": "version: 11146", "health_status": 200, "duration_ms": 1200}
    tested = report_of(ended(Action.SMOKE, Outcome("done", None, smoked)), bundle)
    assert (tested.title, tested.text) == ("It starts and answers (in 1 s)", "version: 11146\nHealth: HTTP 200")


def test_a_failed_audit_names_the_files() -> None:
    faults = [{"code": "wrong-hash", "message": f"`file{number}` was changed."} for number in range(7)]
    error = {"code": "audit-failed", "message": "7 files are not as signed."}
    result = {"ok": False, "items": [{"checked_files": 9, "checked_bytes": 90, "faults": faults}]}
    report = report_of(ended(Action.VERIFY, Outcome("failed", error, result)), scene.installed())  # type: ignore[arg-type]
    assert report.title == "The check found faults"
    assert report.text.splitlines()[1] == "`file0` was changed."
    assert report.text.splitlines()[-1] == "and 2 more; the log has them all"


def test_a_row_tells_the_reason_that_matters() -> None:
    update = scene.reason("update-available", "b2 is available.")
    best = scene.reason("recommended", "Recommended: CPU.")
    blocker = scene.reason("no-device", "No `AMD` GPU.")
    assert main_reason(scene.bundle(reasons=[update, best])) == "Recommended: CPU."
    assert main_reason(scene.bundle(reasons=[update, blocker])) == "No \u201cAMD\u201d GPU."
    assert main_reason(scene.bundle(reasons=[update])) == "b2 is available."
    assert main_reason(scene.bundle(reasons=[])) == ""
