from __future__ import annotations

from typing import TYPE_CHECKING

from launcher.faces.gui.jobs import Job, JobQueue, JobState, Order, Verb
from launcher.faces.gui.worker import WorkerCommand
from tests.gui.scene import event, outcome

if TYPE_CHECKING:
    import pytest
    from pytestqt.qtbot import QtBot

    from tests.gui.scene import Stage

INSTALL = Order(Verb.INSTALL, ("runtime", "bundles", "install", "a"), "a")
UPDATE = Order(Verb.UPDATE, ("runtime", "bundles", "update", "b"), "b")
READ = Order(Verb.LIST, ("runtime", "bundles", "list"), is_writer=False)


def wait_for(qtbot: QtBot, *jobs: Job) -> None:
    qtbot.waitUntil(lambda: all(job.is_over for job in jobs), timeout=20_000)


def test_one_writer_at_a_time_and_readers_beside_it(qtbot: QtBot, stage: Stage) -> None:
    stage.script("install", ["!wait-file go", outcome()])
    stage.script("update", [outcome()])
    queue = JobQueue(stage.command)
    first, second, reading = (queue.submit(order) for order in (INSTALL, UPDATE, READ))
    wait_for(qtbot, reading)
    assert (first.state, second.state) == (JobState.RUNNING, JobState.QUEUED)
    assert stage.calls("update") == []
    stage.allow("go")
    wait_for(qtbot, first, second)
    assert [job.state for job in (first, second, reading)] == [JobState.DONE] * 3
    assert queue.jobs == ()


def test_a_waiting_job_is_cancelled_without_a_process(qtbot: QtBot, stage: Stage) -> None:
    stage.script("install", ["!wait-cancel", outcome("cancelled")])
    queue = JobQueue(stage.command)
    first, second = queue.submit(INSTALL), queue.submit(UPDATE)
    qtbot.waitUntil(lambda: bool(stage.calls("install")))
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
    jobs = [queue.submit(INSTALL), queue.submit(UPDATE)]
    qtbot.waitUntil(lambda: bool(stage.calls("install")))
    queue.cancel_all()
    wait_for(qtbot, *jobs)
    assert stage.calls("update") == []


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
    assert list(job.log) == ["downloading: a.tar.zst", "a resumed", "not an event", "disk-full: Full."]
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
