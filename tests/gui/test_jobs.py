from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from launcher.faces.gui.jobs import Job, JobQueue, JobState, Order, Verb
from launcher.faces.gui.worker import WorkerCommand
from tests.gui.scene import event, outcome

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from tests.gui.scene import Stage

INSTALL = Order(Verb.INSTALL, ("runtime", "bundles", "install", "a"), "a")
ROLL_BACK = Order(Verb.ROLL_BACK, ("runtime", "bundles", "rollback", "--bundle", "d"), "d")
UPDATE = Order(Verb.UPDATE, ("runtime", "bundles", "update", "b"), "b")
READ = Order(Verb.LIST, ("runtime", "bundles", "list"), is_writer=False)


def wait_for(qtbot: QtBot, *jobs: Job) -> None:
    qtbot.waitUntil(lambda: all(job.is_over for job in jobs), timeout=20_000)


def test_downloads_run_at_once_up_to_the_limit_and_others_beside_them(qtbot: QtBot, stage: Stage) -> None:
    for verb in ("install", "update"):
        stage.script(verb, ["!wait-file go", outcome()])
    stage.script("rollback", [outcome()])
    queue = JobQueue(stage.command)
    first, second, third = (queue.submit(order) for order in (INSTALL, UPDATE, Order(Verb.INSTALL, ("install",), "c")))
    reading, back = queue.submit(READ), queue.submit(ROLL_BACK)
    wait_for(qtbot, reading, back)  # a rollback waits for no transfer (ADR 8)
    assert [job.state for job in (first, second, third)] == [JobState.RUNNING, JobState.RUNNING, JobState.QUEUED]
    queue.allow_downloads(3)
    qtbot.waitUntil(lambda: third.state is JobState.RUNNING, timeout=20_000)
    stage.allow("go")
    wait_for(qtbot, first, second, third)
    assert [job.state for job in (first, second, third, reading, back)] == [JobState.DONE] * 5
    assert queue.jobs == ()


def test_fewer_downloads_let_those_that_run_go_on(qtbot: QtBot, stage: Stage) -> None:
    for verb in ("install", "update"):
        stage.script(verb, ["!wait-file go", outcome()])
    queue = JobQueue(stage.command)
    first, second = queue.submit(INSTALL), queue.submit(UPDATE)
    qtbot.waitUntil(lambda: bool(stage.calls("install") and stage.calls("update")), timeout=20_000)
    queue.allow_downloads(1)
    third = queue.submit(Order(Verb.INSTALL, ("install",), "c"))
    stage.allow("go")
    wait_for(qtbot, first, second, third)
    assert third.state is JobState.DONE


def test_a_waiting_job_is_cancelled_without_a_process(qtbot: QtBot, stage: Stage) -> None:
    stage.script("install", ["!wait-cancel", outcome("cancelled")])
    queue = JobQueue(stage.command)
    queue.allow_downloads(1)
    first, second = queue.submit(INSTALL), queue.submit(UPDATE)
    qtbot.waitUntil(lambda: bool(stage.calls("install")), timeout=20_000)
    second.cancel()
    assert second.state is JobState.CANCELLED
    first.cancel()
    states = [first.state]
    wait_for(qtbot, first)
    assert [*states, first.state] == [JobState.CANCELLING, JobState.CANCELLED]
    assert stage.calls("update") == []


def test_cancelling_everything_starts_nothing(qtbot: QtBot, stage: Stage) -> None:
    stage.script("install", ["!wait-cancel", outcome("cancelled")])
    queue = JobQueue(stage.command)
    queue.allow_downloads(1)
    jobs = [queue.submit(INSTALL), queue.submit(UPDATE)]
    qtbot.waitUntil(lambda: bool(stage.calls("install")), timeout=20_000)
    queue.cancel_all()
    wait_for(qtbot, *jobs)
    assert stage.calls("update") == []


def test_a_paused_job_ends_its_worker_makes_room_and_goes_on(qtbot: QtBot, stage: Stage) -> None:
    told = event("progress", phase="downloading", done_bytes=4, total_bytes=10, bytes_per_s=2.0, remaining_s=3.0)
    stage.script("install", [told, "!wait-cancel", outcome("cancelled")], call=1)
    stage.script("install", [outcome()])
    stage.script("update", [outcome()])
    queue = JobQueue(stage.command)
    queue.allow_downloads(1)
    first, second = queue.submit(INSTALL), queue.submit(UPDATE)
    qtbot.waitUntil(lambda: first.progress is not None, timeout=20_000)
    assert first.can_pause
    first.pause()
    assert (first.state, first.can_pause) == (JobState.PAUSING, False)
    wait_for(qtbot, second)
    assert (first.state, first.is_running, first.is_over) == (JobState.PAUSED, False, False)
    assert first.progress is not None
    assert first.progress.done_bytes == 4
    assert queue.job_of("a") is first
    first.resume()
    wait_for(qtbot, first)
    assert first.state is JobState.DONE
    assert [line for line in first.log if line in {"paused", "queued"}] == ["paused", "queued"]
    assert len(stage.calls("install")) == 2


def test_a_waiting_job_is_paused_and_a_paused_one_cancelled_without_a_process(qtbot: QtBot, stage: Stage) -> None:
    queue = JobQueue(stage.command)
    job = queue.submit(INSTALL)
    job.pause()
    reading = queue.submit(READ)
    wait_for(qtbot, reading)
    states = [job.state]
    job.cancel()
    assert [*states, job.state] == [JobState.PAUSED, JobState.CANCELLED]
    assert queue.jobs == ()
    assert stage.calls("install") == []


def test_cancel_overrules_pause(qtbot: QtBot, stage: Stage) -> None:
    stage.script("install", [event("log", message="ready"), "!wait-cancel", outcome("cancelled")])
    queue = JobQueue(stage.command)
    job = queue.submit(INSTALL)
    qtbot.waitUntil(lambda: "ready" in job.log, timeout=20_000)
    job.pause()
    job.cancel()
    wait_for(qtbot, job)
    assert job.state is JobState.CANCELLED


def test_a_job_that_was_done_before_it_heard_of_the_pause_is_done(qtbot: QtBot, stage: Stage) -> None:
    stage.script("install", [event("log", message="ready"), "!wait-cancel", outcome()])
    queue = JobQueue(stage.command)
    job = queue.submit(INSTALL)
    qtbot.waitUntil(lambda: "ready" in job.log, timeout=20_000)
    job.pause()
    wait_for(qtbot, job)
    assert job.state is JobState.DONE


@pytest.mark.parametrize("phase", ["verifying", "unpacking", "testing", "saving", "activating"])
def test_after_the_download_there_is_no_pause(qtbot: QtBot, stage: Stage, phase: str) -> None:
    stage.script("install", [event("phase", phase=phase, subject="a", total_bytes=None), "!wait-file go", outcome()])
    queue = JobQueue(stage.command)
    job = queue.submit(INSTALL)
    qtbot.waitUntil(lambda: job.phase == phase, timeout=20_000)
    job.pause()
    assert (job.can_pause, job.state) == (False, JobState.RUNNING)
    stage.allow("go")
    wait_for(qtbot, job)


def test_who_finds_the_store_locked_by_another_job_of_ours_tries_again(qtbot: QtBot, stage: Stage) -> None:
    locked = {"code": "store-locked", "message": "Another process is changing the store."}
    stage.script("install", ["!wait-file go", outcome()])
    stage.script("update", [outcome("failed", error=locked)], call=1)
    stage.script("update", [outcome()])
    queue = JobQueue(stage.command)
    first, second = queue.submit(INSTALL), queue.submit(UPDATE)
    wait_for(qtbot, second)
    assert second.state is JobState.DONE
    assert len(stage.calls("update")) == 2
    stage.allow("go")
    wait_for(qtbot, first)
    stage.script("update", [outcome("failed", error=locked)])
    alone = queue.submit(UPDATE)
    wait_for(qtbot, alone)  # somebody else's program has it: that is for a person to know
    assert alone.state is JobState.FAILED


def test_a_job_keeps_phase_progress_and_log(qtbot: QtBot, stage: Stage) -> None:
    stage.script(
        "install",
        [
            event("phase", phase="downloading", subject="a.tar.zst", total_bytes=10),
            event("progress", phase="downloading", done_bytes=4, total_bytes=10, bytes_per_s=2.0, remaining_s=3.0),
            event("log", message="a resumed"),
            "not an event",
            outcome("failed", error={"code": "disk-full", "message": "Full."}),
        ],
    )
    queue = JobQueue(stage.command)
    job = queue.submit(INSTALL)
    states: list[str] = []
    job.changed.connect(lambda job: states.append(job.phase))
    wait_for(qtbot, job)
    assert (job.phase, job.subject) == ("downloading", "a.tar.zst")
    assert job.progress is not None
    assert job.progress.done_bytes == 4
    assert list(job.log) == ["downloading: a.tar.zst", "a resumed", "not an event", "Full. [disk-full]"]
    assert states == ["resolving", "downloading", "downloading", "downloading"]  # start, phase, progress, end


def test_progress_without_new_bytes_is_silence(qtbot: QtBot, stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    now = [100.0]
    monkeypatch.setattr("launcher.faces.gui.jobs.monotonic", lambda: now[0])
    line = {"phase": "downloading", "total_bytes": 10, "bytes_per_s": 0.0, "remaining_s": None}
    stage.script(
        "install",
        [event("progress", done_bytes=4, **line), "!wait-file go", event("progress", done_bytes=4, **line), outcome()],
    )
    queue = JobQueue(stage.command)
    job = queue.submit(INSTALL)
    qtbot.waitUntil(lambda: job.progress is not None, timeout=20_000)
    silences: list[float] = []
    job.told.connect(lambda _event: silences.append(job.silent_s()))
    now[0] = 107.0
    stage.allow("go")
    wait_for(qtbot, job)
    assert silences == [7.0]


def test_a_program_that_cannot_start_ends_the_job_after_its_submitter_listens(qtbot: QtBot) -> None:
    queue = JobQueue(WorkerCommand("/nowhere/arw", ()))
    job = queue.submit(INSTALL)
    with qtbot.waitSignal(job.ended, timeout=20_000):
        pass
    assert job.state is JobState.FAILED


def test_the_job_of_a_bundle_is_found_while_it_lasts(qtbot: QtBot, stage: Stage) -> None:
    stage.script("install", [outcome()])
    queue = JobQueue(stage.command)
    job = queue.submit(INSTALL)
    assert queue.job_of("a") is job
    assert queue.job_of("b") is None
    wait_for(qtbot, job)
    assert queue.job_of("a") is None
