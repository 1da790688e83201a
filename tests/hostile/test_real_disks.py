"""Disks that are really full, really read-only, and really another user's (threats D15, E2, E20)."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from launcher.domain.errors import DiskFull, NoPermission
from launcher.domain.progress import Phase, Silent
from tests.registry import LLAMA
from tests.store_world import Recorder, World, big_tree, snapshot_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from launcher.domain.errors import LauncherError

pytestmark = [
    pytest.mark.root,
    pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root can mount"),
    pytest.mark.skipif(shutil.which("mount") is None, reason="there is no mount"),
]
MIB = 1024 * 1024


@contextmanager
def mounted(place: Path, *options: str) -> Iterator[None]:
    """Mount a volume for the length of the block, or skip where even root may not."""
    place.mkdir(exist_ok=True)
    mount = subprocess.run(["mount", *options, str(place)], capture_output=True, text=True, check=False)
    if mount.returncode != 0:
        pytest.skip(f"nothing can be mounted here: {mount.stderr.strip()}")
    try:
        yield
    finally:
        subprocess.run(["umount", "--lazy", str(place)], check=True)


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    """A machine with a volume of its own for the store, on which `b1` is active while `b2` was published."""
    volume = tmp_path / "volume"
    with World(tmp_path) as world, mounted(volume, "-t", "tmpfs", "-o", "size=96m,mode=0700", "tmpfs"):
        world.store = volume / "store"
        world.publish("b1")
        world.install()
        world.publish("b2", big_tree("b2", 4 * MIB))
        yield world


def fill(volume: Path, left_bytes: int) -> Path:
    """Take all room of a volume but this."""
    ballast = volume / "ballast"
    space = os.statvfs(volume)
    with ballast.open("wb") as file:
        os.posix_fallocate(file.fileno(), 0, max(1, space.f_bavail * space.f_bsize - left_bytes))
    return ballast


def refuse(world: World, observer: Silent | Recorder, error: type[LauncherError]) -> LauncherError:
    """Try to install, and check that it fails and changes nothing."""
    active, before = world.active, snapshot_of(world.store)
    with pytest.raises(error) as caught:
        world.launcher().install([LLAMA], observer)
    assert snapshot_of(world.store) == before
    world.assert_sound(active)
    assert caught.value.actual is not None
    return caught.value


def test_little_room_is_seen_before_the_first_byte(world: World) -> None:
    ballast = fill(world.store.parent, 40 * MIB)

    error = refuse(world, Silent(), DiskFull)

    assert error.expected is not None
    assert error.expected.endswith("bytes free")
    assert not any("payload" in path for path in world.registry.server.requests if "/r2/" in path)
    ballast.unlink()
    world.install()
    world.assert_sound(world.active)


@pytest.mark.parametrize("phase", [Phase.DOWNLOADING, Phase.UNPACKING, Phase.SAVING, Phase.ACTIVATING])
def test_disk_that_fills_meanwhile(world: World, phase: Phase) -> None:
    ballast: list[Path] = []

    def fill_up(begun: Phase) -> None:
        if begun is phase and not ballast:
            ballast.append(fill(world.store.parent, 0))

    active, before = world.active, snapshot_of(world.store)
    error: DiskFull | None = None
    try:
        world.launcher().install([LLAMA], Recorder(on_phase=fill_up))
    except DiskFull as caught:
        error = caught
    if error is None:
        assert phase in (Phase.SAVING, Phase.ACTIVATING)  # which may need no more room than there is
    else:
        assert "ENOSPC" in str(error.actual)
        assert world.active == active
    assert before.items() <= snapshot_of(world.store).items()
    assert list(world.layout.stages.iterdir()) == []

    ballast[0].unlink()
    if world.active == active:
        world.install()
    assert (world.payload / "model.txt").read_text(encoding="utf-8") == "built from b2\n"
    world.assert_sound(world.active)


def test_full_disk_does_not_stop_a_look_or_an_audit(world: World) -> None:
    ballast = fill(world.store.parent, 0)

    overview = world.launcher().overview()
    audit = world.launcher().audit(Silent(), deep=True)

    assert audit["ok"]
    assert [row["id"] for row in overview["installations"]] == [LLAMA]
    ballast.unlink()


def test_volume_without_inodes(tmp_path: Path) -> None:
    volume = tmp_path / "volume"
    with World(tmp_path) as world, mounted(volume, "-t", "tmpfs", "-o", "size=96m,nr_inodes=64", "tmpfs"):
        world.store = volume / "store"
        world.publish("b1")
        world.install()
        world.publish("b2", {**big_tree("b2"), **{f"many/{number}": b"x" for number in range(64)}})

        assert "ENOSPC" in str(refuse(world, Silent(), DiskFull).actual)

        world.publish("b3")
        world.install()
        world.assert_sound(world.active)


def test_read_only_volume(world: World) -> None:
    volume = str(world.store.parent)
    subprocess.run(["mount", "-o", "remount,ro", volume], check=True)

    error = refuse(world, Silent(), NoPermission)

    assert "EROFS" in str(error.actual)
    with pytest.raises(NoPermission):
        world.roll_back()
    assert world.launcher().audit(Silent(), deep=True)["ok"]
    assert world.launcher().overview()["problems"] == []
    subprocess.run(["mount", "-o", "remount,rw", volume], check=True)
    world.install()
    world.assert_sound(world.active)


# Installs once as root, so that everything is imported that another user may not read.
AS_ANOTHER_USER = """
import json, os, sys
from pathlib import Path
from launcher.app import open_launcher
from launcher.domain.errors import LauncherError
from launcher.domain.progress import Silent
first, store, catalog, signers, bundle = sys.argv[1:]
environ = {"ARW_RUNTIME_BUNDLE_SIGNERS": signers, "PATH": os.environ["PATH"]}
open_launcher(dest=Path(first), catalog=catalog, environ=environ).install([bundle], Silent())
launcher = open_launcher(dest=Path(store), catalog=catalog, environ=environ)
os.setgid(65534)
os.setuid(65534)
try:
    launcher.install([bundle], Silent())
except LauncherError as error:
    print(json.dumps(error.as_json()))
"""


@pytest.mark.parametrize("mode", [0o700, 0o755], ids=["no way in", "nothing may be made"])
def test_another_user(tmp_path: Path, mode: int) -> None:
    with World(tmp_path) as world, tempfile.TemporaryDirectory() as public:
        world.publish("b1")
        signers, above = Path(public) / "signers.json", Path(public) / "above"
        shutil.copy(world.registry.signers_path, signers)
        Path(public).chmod(0o755)
        above.mkdir()
        above.chmod(mode)
        arguments = [str(world.store), str(above / "store"), world.registry.catalog_url, str(signers), LLAMA]

        run = subprocess.run(
            [sys.executable, "-c", AS_ANOTHER_USER, *arguments], check=True, capture_output=True, text=True
        )

        error = json.loads(run.stdout)
        assert error["code"] == "no-permission"
        assert "EACCES" in error["actual"]
        assert list(above.iterdir()) == []
        world.assert_sound(world.active)
