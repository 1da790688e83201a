"""Faults that are real, met by the window with its real workers: each is a state with a way out."""

from __future__ import annotations

import os
import signal
import socket
from typing import TYPE_CHECKING, Any

import pytest

from launcher.app import open_launcher
from launcher.domain.progress import Silent
from launcher.faces.gui.jobs import JobState
from launcher.faces.gui.transfer import TransferDialog
from tests.gui.test_health_screen import press
from tests.gui.test_real_worker import last_job, open_real, publish
from tests.gui.test_runtimes_screen import button, click, idle, strips, texts
from tests.gui.test_transfer import drop
from tests.hostile.test_real_disks import fill, mounted
from tests.lying_server import Lie
from tests.packing import runtime_tree
from tests.registry import LLAMA, THIS_ARCH, THIS_OS

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from launcher.faces.gui.window import MainWindow
    from tests.gui.conftest import OpenWindow
    from tests.registry import Registry

pytestmark = pytest.mark.skipif((THIS_OS, THIS_ARCH) != ("linux", "x86_64"), reason="the bundles are for Linux x86_64")
MIB = 1024 * 1024


def try_again(qtbot: QtBot, window: MainWindow) -> None:
    """Press the way out that a failed job offers, and see that it leads there."""
    click(qtbot, window.runtimes.details, "Try again")
    idle(qtbot, window)
    assert "b1000 is active" in texts(window.runtimes.details.panel)


def test_a_signer_registry_that_is_broken(qtbot: QtBot, registry: Registry, open_window: OpenWindow) -> None:
    publish(registry, "b1000")
    sound = registry.signers_path.read_bytes()
    registry.signers_path.write_bytes(b"{")
    window = open_real(open_window)
    (strip,) = strips(window)
    assert strip.startswith("Catalog refused: The signer registry is broken.")
    assert "No bundles yet" in texts(window.runtimes.stack)
    registry.signers_path.write_bytes(sound)
    click(qtbot, window.runtimes.notices, "Try again")
    idle(qtbot, window)
    assert strips(window) == []
    assert button(window.runtimes.details, "Install b1000").isEnabled()


def test_a_store_that_is_a_file(qtbot: QtBot, registry: Registry, open_window: OpenWindow, tmp_path: Path) -> None:
    publish(registry, "b1000")
    (tmp_path / "store").write_bytes(b"not a folder")
    window = open_real(open_window)
    click(qtbot, window.runtimes.details, "Install b1000")
    idle(qtbot, window)
    said = texts(window.runtimes.details.panel)
    assert "A file stands where there must be a folder, on the way to" in said
    assert "Move that file away, or choose another place." in said
    assert (tmp_path / "store").read_bytes() == b"not a folder"
    (tmp_path / "store").unlink()
    try_again(qtbot, window)


def test_a_damaged_state_of_a_bundle(qtbot: QtBot, registry: Registry, open_window: OpenWindow, tmp_path: Path) -> None:
    publish(registry, "b1000")
    window = open_real(open_window)
    click(qtbot, window.runtimes.details, "Install b1000")
    idle(qtbot, window)
    (tmp_path / "store" / LLAMA / "state.json").write_bytes(b"{")
    click(qtbot, window.runtimes, "Refresh")
    idle(qtbot, window)
    qtbot.waitUntil(lambda: len(strips(window)) == 1, timeout=20_000)
    (strip,) = strips(window)
    assert strip.startswith(f"Problem: The state of “{LLAMA}” was damaged; it was taken from the newest revision")
    window.screens.open("health")
    health = window.screens.visit("health")
    click(qtbot, health, "Check this machine")
    idle(qtbot, window)
    press(qtbot, health, "Repair it")
    qtbot.waitUntil(lambda: "Installed: fine" in texts(health), timeout=20_000)
    window.screens.open("runtimes")
    qtbot.waitUntil(lambda: strips(window) == [], timeout=20_000)


def test_a_server_that_is_away_while_it_is_asked_for_a_bundle(
    qtbot: QtBot, registry: Registry, open_window: OpenWindow
) -> None:
    publish(registry, "b1000")
    with socket.socket() as nobody:  # bound, and not listening: whoever connects is refused
        nobody.bind(("127.0.0.1", 0))

        def go_away(root: dict[str, Any]) -> None:
            for bundle in root["bundles"]:
                for artifact in bundle["artifacts"]:
                    name = artifact["url"].rsplit("/", 1)[-1]
                    artifact["url"] = f"http://127.0.0.1:{nobody.getsockname()[1]}/{name}"

        registry.write_catalog(go_away)
        window = open_real(open_window)
        click(qtbot, window.runtimes.details, "Install b1000")
        idle(qtbot, window)
    assert last_job(window).state is JobState.FAILED
    assert "no-connection" in texts(window.runtimes.details.panel)
    assert "Nothing was changed: no revision of this bundle is active." in texts(window.runtimes.details.panel)
    publish(registry, "b1000")
    try_again(qtbot, window)


@pytest.mark.qt_log_ignore("This plugin does not support propagateSizeHints")  # said of every dialog
def test_a_cache_that_cannot_be_read_and_then_a_whole_one(
    qtbot: QtBot, registry: Registry, open_window: OpenWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish(registry, "b1000")
    cache, cut = tmp_path / "whole.arwcache", tmp_path / "cut.arwcache"
    launcher = open_launcher(environ=os.environ)
    launcher.install([LLAMA], Silent())
    launcher.offline.export([LLAMA], str(cache), Silent())
    cut.write_bytes(cache.read_bytes()[:3_000])
    monkeypatch.setenv("ARW_RUNTIME_BUNDLE_ROOT", str(tmp_path / "another machine"))
    window = open_real(open_window)
    assert drop(window.screens, cut)
    idle(qtbot, window)
    (dialog,) = window.findChildren(TransferDialog)
    assert "Nothing was imported\nThe exported cache “cut.arwcache” is damaged." in texts(dialog)
    assert "Copy it again from where it was exported" in texts(dialog)
    dialog.close()
    assert button(window.runtimes.details, "Install b1000").isEnabled()
    assert "Revisions on this machine" not in texts(window.runtimes.details)
    assert drop(window.screens, cache)
    idle(qtbot, window)
    dialog = window.findChildren(TransferDialog)[-1]
    assert f"Accepted: {LLAMA} b1000" in texts(dialog)
    dialog.close()
    registry.archive_path().unlink()  # what was imported is not fetched
    click(qtbot, window.runtimes.details, "Install b1000")
    idle(qtbot, window)
    assert "b1000 is active" in texts(window.runtimes.details.panel)


@pytest.mark.root
@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root can mount")
def test_a_disk_that_is_full(
    qtbot: QtBot, registry: Registry, open_window: OpenWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish(registry, "b1000", runtime_tree(extra_bytes=4 * MIB))
    volume = tmp_path / "volume"
    with mounted(volume, "-t", "tmpfs", "-o", "size=96m,mode=0700", "tmpfs"):
        monkeypatch.setenv("ARW_RUNTIME_BUNDLE_ROOT", str(volume / "store"))
        ballast = fill(volume, MIB)
        window = open_real(open_window)
        click(qtbot, window.runtimes.details, "Install b1000")
        idle(qtbot, window)
        assert "There is not enough room in" in texts(window.runtimes.details.panel)
        ballast.unlink()
        try_again(qtbot, window)


def test_a_worker_that_is_killed(qtbot: QtBot, registry: Registry, open_window: OpenWindow) -> None:
    publish(registry, "b1000", runtime_tree(extra_bytes=100_000))
    registry.server.lie(registry.archive_path(), Lie(hold_at=20_000))
    window = open_real(open_window)
    click(qtbot, window.runtimes.details, "Install b1000")
    qtbot.waitUntil(registry.server.holding.is_set, timeout=20_000)
    job = window.queue.job_of(LLAMA)
    assert job is not None
    assert job._worker is not None
    os.kill(job._worker._process.processId(), signal.SIGKILL)
    idle(qtbot, window)
    assert last_job(window).state is JobState.FAILED
    assert "worker-died" in texts(window.runtimes.details.panel)
    registry.server.tell_the_truth()
    try_again(qtbot, window)
