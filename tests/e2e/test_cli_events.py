"""The event stream, which is all that the window knows of a job; and the ways to stop one."""

from __future__ import annotations

import os
import re
import signal
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from launcher.domain import views
from launcher.faces.cli import results
from tests.crash.forks import wait_until
from tests.e2e.program import Program, Running, program_for
from tests.lying_server import Lie
from tests.packing import runtime_tree
from tests.registry import LLAMA, WHISPER, Offer, Registry

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

pytestmark = pytest.mark.skipif(os.name != "posix", reason="the runtimes of this registry are shell scripts")

EVENTS = ("--events", "jsonl")
HOLD_AT = 600_000
MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z")


@pytest.fixture
def registry(tmp_path: Path) -> Iterator[Registry]:
    with Registry(tmp_path / "registry") as registry:
        registry.publish(Offer(tree=runtime_tree("b1000", extra_bytes=1_000_000), version="b1000"))
        yield registry


@pytest.fixture
def arw(registry: Registry) -> Program:
    return program_for(registry)


def test_an_install_tells_its_phases_and_one_outcome(registry: Registry, arw: Program) -> None:
    answer = arw.bundles("install", LLAMA, "--catalog", registry.catalog_url, *EVENTS)

    assert (answer.status, answer.talk) == (0, "")
    events = answer.events
    assert {event["v"] for event in events} == {1}
    assert len({event["job"] for event in events}) == 1
    assert all(MOMENT.fullmatch(event["t"]) for event in events)
    phases = [event["phase"] for event in events if event["type"] == "phase" and event["subject"] == LLAMA]
    assert phases == ["resolving", "downloading", "verifying", "unpacking", "testing", "saving", "activating", "active"]
    outcome = answer.outcome
    assert (outcome["status"], outcome["exit_status"], outcome["error"]) == ("done", 0, None)
    assert set(outcome["result"]) == set(results.InstallResult.__annotations__)


def test_every_byte_of_a_transfer_is_told(registry: Registry, arw: Program) -> None:
    events = arw.bundles("install", LLAMA, "--catalog", registry.catalog_url, *EVENTS).events

    told = [event for event in events if event["type"] == "progress" and event["phase"] == "downloading"]
    size_bytes = registry.archive_path().stat().st_size
    assert (told[-1]["done_bytes"], told[-1]["total_bytes"]) == (size_bytes, size_bytes)
    assert set(told[-1]) - {"v", "t", "job", "type"} == {
        "phase",
        "done_bytes",
        "total_bytes",
        "bytes_per_s",
        "remaining_s",
    }


def test_a_list_is_told_row_by_row(registry: Registry, arw: Program) -> None:
    registry.announce("### 2026-11-18 · preview r2 · info\nHello.")
    arw.bundles("install", LLAMA, "--catalog", registry.catalog_url)

    answer = arw.bundles("list", *EVENTS)

    rows = [(event["kind"], set(event["value"])) for event in answer.events if event["type"] == "row"]
    assert rows == [
        ("catalog", set(views.CatalogView.__annotations__)),
        ("bundle", set(views.BundleView.__annotations__)),
        ("installation", set(views.InstallationView.__annotations__)),
        ("banner", set(views.BannerView.__annotations__)),
    ]
    in_rows = {"catalogs", "bundles", "installations", "banners"}
    assert set(answer.outcome["result"]) == set(views.Overview.__annotations__) - in_rows


@pytest.mark.parametrize(
    ("arguments", "status", "exit_status", "code"),
    [
        (("path", WHISPER), "failed", 1, "not-installed"),
        (("path", "../../x"), "failed", 2, "usage"),
        (("lst",), "failed", 2, "usage"),
        (("update",), "nothing-to-do", 3, "nothing-to-do"),
        (("install", WHISPER), "failed", 1, "no-such-bundle"),
    ],
)
def test_every_end_is_an_outcome(
    arw: Program, arguments: tuple[str, ...], status: str, exit_status: int, code: str
) -> None:
    answer = arw.bundles(*arguments, *EVENTS)

    outcome = answer.outcome
    assert (outcome["status"], outcome["exit_status"], outcome["error"]["code"]) == (status, exit_status, code)
    assert (answer.status, answer.talk) == (exit_status, "")


def test_a_failed_audit_has_an_error_and_a_result(registry: Registry, arw: Program) -> None:
    arw.bundles("install", LLAMA, "--catalog", registry.catalog_url)
    registry.trust()

    outcome = arw.bundles("audit", "--require-signed", *EVENTS).outcome

    assert (outcome["status"], outcome["error"]["code"], outcome["result"]["ok"]) == ("failed", "audit-failed", False)


def test_a_worker_gives_way_to_the_window(registry: Registry, arw: Program) -> None:
    with _held(registry, arw) as worker:
        assert os.getpriority(os.PRIO_PROCESS, worker.process.pid) == min(19, os.getpriority(os.PRIO_PROCESS, 0) + 10)
        worker.end("cancel\n")


@pytest.mark.parametrize(
    "ask",
    [
        pytest.param(lambda worker: worker.send(signal.SIGTERM), id="terminated"),
        pytest.param(lambda worker: worker.send(signal.SIGINT), id="ctrl-c"),
        pytest.param(lambda _worker: None, id="line"),
    ],
)
def test_a_cancelled_transfer_is_continued_by_the_next_install(
    registry: Registry, arw: Program, request: pytest.FixtureRequest, ask: Callable[[Running], None]
) -> None:
    with _held(registry, arw) as worker:
        ask(worker)
        answer = worker.end("cancel\n" if "line" in request.node.name else "")

    outcome = answer.outcome
    assert (answer.status, answer.talk) == (130, "")
    assert (outcome["status"], outcome["exit_status"], outcome["error"]["code"]) == ("cancelled", 130, "cancelled")
    assert arw.bundles("path", LLAMA).status == 1

    registry.server.tell_the_truth()
    assert arw.bundles("install", LLAMA, "--catalog", registry.catalog_url).status == 0
    assert re.search(r"payload\.tar\.zst \(from [1-9]\d*\)$", registry.server.requests[-1])


def test_a_person_who_presses_ctrl_c_is_told_calmly(registry: Registry, arw: Program) -> None:
    with _held(registry, arw, events=()) as running:
        running.send(signal.SIGINT)
        answer = running.end()

    assert answer.status == 130
    assert answer.talk.splitlines()[-1] == "Stopped: Cancelled by Ctrl-C; what was active still is."


def test_a_window_that_is_gone_ends_its_worker(registry: Registry, arw: Program) -> None:
    with _held(registry, arw) as worker:
        assert worker.process.stdout is not None
        worker.process.stdout.close()
        worker.process.wait(30)
        assert worker.process.stderr is not None
        assert (worker.process.returncode, worker.process.stderr.read()) == (130, "")


class _held:  # noqa: N801 - reads as a function
    """A worker in the middle of a download that does not go on."""

    def __init__(self, registry: Registry, arw: Program, events: tuple[str, ...] = EVENTS) -> None:
        registry.server.lie(registry.archive_path(), Lie(hold_at=HOLD_AT))
        self._registry = registry
        self._worker = arw.start("install", LLAMA, "--catalog", registry.catalog_url, *events)

    def __enter__(self) -> Running:
        assert self._registry.server.holding.wait(30)
        # What the server has sent may still be on its way.
        wait_until(lambda: any(part.stat().st_size for part in Path(os.environ["HOME"]).rglob("*.part")))
        return self._worker

    def __exit__(self, *_error: object) -> None:
        with self._worker.process as process:
            if process.poll() is None:
                process.kill()
