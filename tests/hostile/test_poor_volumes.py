"""Stores and exports on volumes that are really of another kind: FAT, exFAT, a network's, and others (threat E16).

What a file system cannot do costs room or comfort, never safety: the store on it is as correct as on any other, or the
operation is refused and says what is missing.
"""

from __future__ import annotations

import hashlib
import json
import os
import resource
import shutil
import subprocess
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING

import pytest

from launcher.app import open_launcher
from launcher.domain.errors import DiskFailure, DiskFull
from launcher.domain.progress import Silent
from launcher.store.abilities import find_abilities
from launcher.store.states import list_revisions, load_state
from tests.packing import Link, runtime_tree
from tests.registry import LLAMA
from tests.store_world import World, leftovers_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.packing import Tree

pytestmark = [
    pytest.mark.root,
    pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root can mount"),
    pytest.mark.skipif(shutil.which("mount") is None, reason="there is no mount"),
]
DISK_BYTES = 400 * 1024 * 1024
EXFAT_BY_FUSE = "mount.exfat-fuse"  # for kernels without it
SFTP_SERVER = "/usr/lib/openssh/sftp-server"
MADE_BY = {
    "vfat": ["mkfs.vfat", "-F", "32"],
    "exfat": ["mkfs.exfat"],
    "btrfs": ["mkfs.btrfs", "-q"],
    "xfs": ["mkfs.xfs", "-q"],
}


@pytest.fixture(params=["vfat", "exfat", "btrfs", "xfs", "tmpfs", "overlay", "network"])
def volume(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Path]:
    """Mount a new volume of a kind, or skip where this machine has no such thing."""
    place = tmp_path / "volume"
    place.mkdir()
    kind = request.param
    with mounted(kind, tmp_path, place):
        yield place


@contextmanager
def mounted(kind: str, work: Path, place: Path) -> Iterator[None]:
    """Mount a volume for the length of the block."""
    with ExitStack() as ending:
        if kind == "tmpfs":
            run("mount", "-t", "tmpfs", "-o", "size=200m", "tmpfs", str(place))
        elif kind == "overlay":
            folders = {name: work / f"overlay-{name}" for name in ("lowerdir", "upperdir", "workdir")}
            for folder in folders.values():
                folder.mkdir()
            options = ",".join(f"{name}={folder}" for name, folder in folders.items())
            run("mount", "-t", "overlay", "-o", options, "overlay", str(place))
        elif kind == "network":
            mount_network(ending, work, place)
        else:
            mount_image(ending, kind, work / f"{kind}.img", place)
        ending.callback(subprocess.run, ["umount", str(place)], check=True)
        yield


def mount_image(ending: ExitStack, kind: str, image: Path, place: Path) -> None:
    """Make a file system in a file, and mount it by the kernel, or where that knows it not by a program."""
    with image.open("wb") as file:
        file.truncate(DISK_BYTES)
    run(*MADE_BY[kind], str(image))
    if kind == "exfat" and shutil.which(EXFAT_BY_FUSE):
        run("losetup", "--find", str(image))
        ending.callback(subprocess.run, ["losetup", "--detach", loop_device_of(image)], check=True)
        run(EXFAT_BY_FUSE, loop_device_of(image), str(place))
    else:
        run("mount", "-t", kind, "-o", "loop", str(image), str(place))


def mount_network(ending: ExitStack, work: Path, place: Path) -> None:
    """Mount a folder over the SSH file transfer protocol, whose server here is a program at the other end of a pipe."""
    for needed in ("sshfs", SFTP_SERVER):
        if shutil.which(needed) is None:
            pytest.skip(f"{needed} is not installed")
    folder = work / "elsewhere"
    folder.mkdir()
    server = subprocess.Popen([SFTP_SERVER], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    ending.callback(server.wait)
    command = ["sshfs", "-f", "-o", "passive", f"elsewhere:{folder}", str(place)]
    client = subprocess.Popen(command, stdin=server.stdout, stdout=server.stdin, stderr=subprocess.PIPE)
    ending.callback(client.communicate)
    for pipe in (server.stdin, server.stdout):
        if pipe is not None:
            pipe.close()  # the client has them
    while not place.is_mount():
        if client.poll() is not None:
            pytest.skip(f"sshfs does not work here: {client.communicate()[1].decode().strip()}")


def loop_device_of(image: Path) -> str:
    """Return the loop device of a file, or nothing."""
    listed = subprocess.run(["losetup", "--associated", str(image)], capture_output=True, text=True, check=False)
    return listed.stdout.partition(":")[0]


def run(*command: str) -> None:
    """Run a command, or skip where it is not there or not possible here."""
    if shutil.which(command[0]) is None:
        pytest.skip(f"{command[0]} is not installed")
    answer = subprocess.run(command, capture_output=True, text=True, check=False)
    if answer.returncode != 0:
        pytest.skip(f"`{command[0]}` does not work here: {answer.stderr.strip()}")


@pytest.fixture
def world(tmp_path: Path, volume: Path) -> Iterator[World]:
    with World(tmp_path) as world:
        world.store = volume / "store"
        yield world


def plain_tree(version: str) -> Tree:
    """Return a runtime without links, which has a file that is large enough to be shared."""
    tree = runtime_tree(version, extra_bytes=1_200_000)
    return {name: member for name, member in tree.items() if not isinstance(member, Link)}


def damaged(world: World) -> list[str]:
    """Return the files whose contents are not what was signed, by our own reading of the disk."""
    return [
        f"{folder.name}/{row['path']}"
        for folder in world.folder.revisions.iterdir()
        for row in json.loads((folder / "bundle.json").read_bytes())["files"]
        if hashlib.sha256((folder / "payload" / row["path"]).read_bytes()).hexdigest() != row["sha256"]
    ]


def test_install_update_roll_back_prune_and_export(world: World, volume: Path, tmp_path: Path) -> None:
    world.launcher().set_setting("min_free_bytes", ["0"])
    world.launcher().set_setting("min_free_percent", ["0"])
    for number in range(1, 8):
        world.publish(f"b{number}", plain_tree(f"b{number}"))
        world.install() if number == 1 else world.update()
    newest = world.active
    world.roll_back()
    previous = world.active
    view = world.launcher().prune(Silent())
    assert len(view["removed"]) == 2
    assert len(list_revisions(world.folder)) == 5
    assert previous != newest
    assert load_state(world.folder).problem is None
    assert world.launcher().audit(Silent(), deep=True)["ok"]
    assert damaged(world) == []
    assert leftovers_of(world.store) == []
    abilities = find_abilities(world.store)
    assert abilities.locks
    elsewhere = tmp_path / "elsewhere" / world.folder.revisions.relative_to(volume)  # a network's inodes mean nothing
    revisions = elsewhere if elsewhere.exists() else world.folder.revisions
    inodes = {(path / "payload/weights.bin").stat().st_ino for path in revisions.iterdir()}
    assert (len(inodes) == 1) == (abilities.hard_links and not abilities.clones)
    for output in (volume / "x.arwcache", volume / "stick"):
        world.launcher().offline.export([], str(output), Silent(), all_revisions=True)
        assert open_launcher(dest=output, environ=world.environ).audit(Silent(), deep=True)["ok"]


def test_a_bundle_with_links_is_installed_or_refused_for_that(world: World) -> None:
    world.publish("b1", plain_tree("b1"))
    world.install()
    first = world.active
    world.publish("b2", runtime_tree("b2"))

    if find_abilities(world.store).symbolic_links:
        world.install()
        assert world.active != first
    else:
        with pytest.raises(DiskFailure) as caught:
            world.install()
        assert caught.value.expected == "a file system with symbolic links"
        assert world.active == first
        assert any("without links" in check["sentence"] for check in world.launcher().doctor()["checks"])
    assert world.launcher().audit(Silent(), deep=True)["ok"]
    assert leftovers_of(world.store) == []


def test_damage_is_found_where_all_files_are_programs(world: World) -> None:
    world.publish("b1", plain_tree("b1"))
    world.install()
    (world.payload / "LICENSE").write_bytes(b"GPL\n")
    assert not world.launcher().audit(Silent(), deep=True)["ok"]


def test_a_file_that_is_too_large_for_the_volume_is_named(tmp_path: Path) -> None:
    """FAT answers EFBIG from 4 GiB on; so does any file system where the process may write less."""
    with World(tmp_path) as world:
        world.publish("b1", plain_tree("b1"))
        world.install()
        limits = resource.getrlimit(resource.RLIMIT_FSIZE)
        resource.setrlimit(resource.RLIMIT_FSIZE, (1_000_000, limits[1]))
        try:
            with pytest.raises(DiskFull) as caught:
                world.launcher().offline.export([LLAMA], str(tmp_path / "out" / "x.arwcache"), Silent())
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, limits)
        assert "EFBIG" in str(caught.value.actual)
        assert "4 GiB" in str(caught.value.hint)
        assert list((tmp_path / "out").iterdir()) == []
