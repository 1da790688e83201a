"""From a finished transfer to a published revision and back to a proof, one step after the other."""

from __future__ import annotations

import hashlib
import json
import os
import stat
from datetime import UTC, datetime
from typing import TYPE_CHECKING, BinaryIO

import pytest

from launcher.domain.bundle import parse_manifest
from launcher.domain.canonical import parse_document
from launcher.domain.errors import (
    Cancelled,
    DamagedRevision,
    FileTaken,
    NoExecutable,
    NoSuchRevision,
    WrongHash,
    WrongSize,
)
from launcher.domain.history import BundleState
from launcher.domain.progress import Phase, Silent
from launcher.domain.signers import parse_signer_registry
from launcher.domain.trust import Asked, verify_manifest
from launcher.store import artifacts
from launcher.store.activation import activate
from launcher.store.artifacts import verify_artifacts
from launcher.store.downloads import Downloaded, Downloads
from launcher.store.hashing import hash_open_file
from launcher.store.installed import read_revision
from launcher.store.layout import StoreLayout
from launcher.store.records import InstallRecord
from launcher.store.recovery import open_root
from launcher.store.revisions import publish_revision, verify_revision
from launcher.store.staging import stage
from launcher.store.states import save_state
from tests.packing import runtime_tree
from tests.registry import LLAMA, Offer, Registry
from tests.store_world import Recorder, faults_of

if TYPE_CHECKING:
    from pathlib import Path

    from launcher.domain.progress import Observer
    from launcher.domain.trust import TrustedManifest
    from launcher.store.revisions import Intact

AT = datetime(2026, 11, 23, 8, tzinfo=UTC)


@pytest.fixture
def registry(tmp_path: Path) -> Registry:
    registry = Registry(tmp_path / "registry")
    registry.publish(Offer(tree=runtime_tree("b1", extra_bytes=2_000_000)))
    return registry


@pytest.fixture
def layout(tmp_path: Path) -> StoreLayout:
    layout = StoreLayout(tmp_path / "store")
    open_root(layout)
    return layout


def trusted_of(registry: Registry) -> TrustedManifest:
    manifest = parse_manifest(parse_document(registry.manifest_path().read_bytes()))
    signers = parse_signer_registry(registry.signers_path.read_bytes())
    return verify_manifest(manifest, signers, Asked(manifest.bundle.id, "preview"), datetime.now(UTC))


def downloaded_of(registry: Registry) -> dict[int, Downloaded]:
    path = registry.archive_path()
    content = path.read_bytes()
    return {0: Downloaded(path, hashlib.sha256(content).hexdigest(), len(content))}


def publish(layout: StoreLayout, registry: Registry, at: datetime = AT) -> Intact:
    trusted = trusted_of(registry)
    with verify_artifacts(trusted, downloaded_of(registry), Silent()) as verified:
        staged = stage(layout, verified, Silent())
    record = InstallRecord(
        at, LLAMA, "preview", 1, "b1", trusted.manifest.document.sha256, "d" * 64, 1, "here",
        recorded_index=None if staged.is_index_signed else staged.index,
    )  # fmt: skip
    return publish_revision(layout, staged, record, Silent())


# --- archives


def test_archive_is_read_through_the_descriptor_that_was_checked(registry: Registry) -> None:
    content = registry.archive_path().read_bytes()
    with verify_artifacts(trusted_of(registry), downloaded_of(registry), Silent()) as verified:
        registry.archive_path().rename(registry.archive_path().with_name("moved"))
        (registry.folder() / "payload.tar.zst").write_bytes(b"another file under its name")

        assert verified.archives[0].file.read() == content


@pytest.mark.parametrize(("cut", "error"), [(1, WrongSize), (0, WrongHash)])
def test_archive_that_changed_on_disk_is_refused(registry: Registry, cut: int, error: type[Exception]) -> None:
    downloaded = downloaded_of(registry)
    content = bytearray(registry.archive_path().read_bytes())
    content[-1] ^= 1
    registry.archive_path().write_bytes(content[: len(content) - cut])

    with pytest.raises(error), verify_artifacts(trusted_of(registry), downloaded, Silent()):
        pytest.fail("it was accepted")


def test_archive_that_another_process_took_away_is_named(registry: Registry) -> None:
    trusted, downloaded = trusted_of(registry), downloaded_of(registry)
    registry.archive_path().unlink()

    with pytest.raises(FileTaken), verify_artifacts(trusted, downloaded, Silent()):
        pytest.fail("it was accepted")


def transferred(registry: Registry, folder: Path) -> dict[int, Downloaded]:
    """Return the archive as a transfer of this process left it."""
    content = registry.archive_path().read_bytes()
    with Downloads(folder).open_partial(hashlib.sha256(content).hexdigest(), len(content)) as partial:
        partial.begin("https://example.org/a", None)
        partial.write(content)
        return {0: partial.finish()}


class Readings:
    """Counts how often an archive is hashed from the disk."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.count = 0
        monkeypatch.setattr(artifacts, "hash_open_file", self._hash)

    def _hash(self, file: BinaryIO, observer: Observer) -> str:
        self.count += 1
        return hash_open_file(file, observer)


def test_archive_that_was_hashed_as_it_came_is_not_read_again(
    registry: Registry, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    readings, downloaded = Readings(monkeypatch), transferred(registry, tmp_path / "downloads")
    recorder = Recorder(phases=[Phase.VERIFYING])

    with verify_artifacts(trusted_of(registry), downloaded, recorder) as verified:
        assert verified.archives[0].file.read() == registry.archive_path().read_bytes()

    assert readings.count == 0


def test_archive_of_an_earlier_run_is_read_again(
    registry: Registry, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    readings, downloaded = Readings(monkeypatch), transferred(registry, tmp_path / "downloads")
    found = Downloads(tmp_path / "downloads").find(downloaded[0].sha256, downloaded[0].size_bytes)
    assert found is not None

    with verify_artifacts(trusted_of(registry), {0: found}, Silent()):
        assert readings.count == 1


def test_archive_without_signed_files_is_read_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    registry = Registry(tmp_path / "registry")
    registry.publish(Offer(tree=runtime_tree("b1"), has_index=False))
    readings, downloaded = Readings(monkeypatch), transferred(registry, tmp_path / "downloads")

    with verify_artifacts(trusted_of(registry), downloaded, Silent()):
        assert readings.count == 1


@pytest.mark.parametrize("how", ["written to", "written to, with its old times", "replaced"])
def test_archive_that_changed_after_its_transfer_is_refused(registry: Registry, tmp_path: Path, how: str) -> None:
    # Threat C25.
    downloaded = transferred(registry, tmp_path / "downloads")
    path, before = downloaded[0].path, downloaded[0].path.stat()
    content = bytearray(path.read_bytes())
    content[-1] ^= 1
    wait_for_another_tick(tmp_path, before.st_ctime_ns)
    if how == "replaced":
        path.rename(tmp_path / "away")
    path.write_bytes(content)
    if how == "written to, with its old times":
        os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))

    with pytest.raises(WrongHash), verify_artifacts(trusted_of(registry), downloaded, Silent()):
        pytest.fail("it was accepted")


def wait_for_another_tick(folder: Path, ctime_ns: int) -> None:
    """Write until the file system's clock, which goes by milliseconds, has moved on."""
    while True:
        (folder / "tick").write_bytes(b"x")
        if (folder / "tick").stat().st_ctime_ns > ctime_ns:
            return


def test_checking_archives_hears_a_cancel(registry: Registry) -> None:
    recorder = Recorder(phases=[Phase.VERIFYING], cancel_in=Phase.VERIFYING)

    with pytest.raises(Cancelled), verify_artifacts(trusted_of(registry), downloaded_of(registry), recorder):
        pytest.fail("it was accepted")


# --- staging and publishing


def test_published_revision_is_what_was_signed(registry: Registry, layout: StoreLayout) -> None:
    intact = publish(layout, registry)

    assert intact.name == "rev-20261123T080000Z"
    assert intact.folder.manifest.read_bytes() == registry.manifest_path().read_bytes()
    assert faults_of(layout.root, intact.name) == []
    assert list(layout.stages.iterdir()) == []
    assert not layout.bundle(LLAMA).state.exists()  # published is not active
    found = verify_revision(layout.bundle(LLAMA), intact.name, Silent())
    assert (found.name, found.executable, found.record) == (intact.name, "llama-server", intact.record)


def test_two_revisions_of_one_second_get_two_names(registry: Registry, layout: StoreLayout) -> None:
    names = [publish(layout, registry).name for _ in range(3)]

    assert names == ["rev-20261123T080000Z", "rev-20261123T080001Z", "rev-20261123T080002Z"]


def test_a_name_is_not_given_again_although_its_revision_is_gone_and_the_clock_went_back(
    registry: Registry, layout: StoreLayout
) -> None:
    bundle = layout.bundle(LLAMA)
    first = publish(layout, registry).name
    save_state(bundle, BundleState().activated("rev-20261123T080005Z", "a" * 64, AT).activated(first, "b" * 64, AT))

    assert publish(layout, registry).name == "rev-20261123T080006Z"


def test_staging_ignores_umask(registry: Registry, layout: StoreLayout) -> None:
    before = os.umask(0o077)
    try:
        intact = publish(layout, registry)
    finally:
        os.umask(before)

    assert stat.S_IMODE((intact.folder.payload / "llama-server").stat().st_mode) == 0o755
    assert stat.S_IMODE((intact.folder.payload / "LICENSE").stat().st_mode) == 0o644


@pytest.mark.parametrize("program", ["model.txt", "lib", "nothing"])
def test_program_that_is_not_there_is_refused(registry: Registry, layout: StoreLayout, program: str) -> None:
    registry.edit_manifest(lambda root: root["bundle"]["metadata"]["process"].update(command=program))

    with pytest.raises(NoExecutable) as caught:
        publish(layout, registry)

    assert caught.value.expected == f"an executable file `{program}`"
    assert not layout.bundle(LLAMA).revisions.exists()


def test_recorded_index_is_what_was_unpacked(registry: Registry, layout: StoreLayout) -> None:
    signed = trusted_of(registry).manifest.files
    assert signed is not None
    registry.edit_manifest(lambda root: root.pop("files"))

    intact = publish(layout, registry)

    assert intact.record.recorded_index == tuple(sorted(signed, key=lambda entry: entry.path))
    assert verify_revision(layout.bundle(LLAMA), intact.name, Silent()).record == intact.record


# --- proving again


def test_every_fault_of_a_revision_is_damage(registry: Registry, layout: StoreLayout) -> None:
    intact = publish(layout, registry)
    (intact.folder.payload / "LICENSE").write_bytes(b"GPL\n")
    (intact.folder.payload / "more").write_bytes(b"")

    with pytest.raises(DamagedRevision) as caught:
        verify_revision(layout.bundle(LLAMA), intact.name, Silent())

    assert "damaged in 2 places" in caught.value.message
    assert caught.value.expected is not None
    assert caught.value.actual is not None


@pytest.mark.parametrize("name", ["bundle.json", "install.json"])
@pytest.mark.parametrize("content", [None, b"", b"[]", b'{"type": "runtime-catalog"}'])
def test_lost_or_malformed_papers_are_damage(
    registry: Registry, layout: StoreLayout, name: str, content: bytes | None
) -> None:
    intact = publish(layout, registry)
    path = intact.folder.path / name
    path.unlink()
    if content is not None:
        path.write_bytes(content)

    with pytest.raises(DamagedRevision):
        verify_revision(layout.bundle(LLAMA), intact.name, Silent())


def test_revision_of_another_bundle_is_damage(registry: Registry, layout: StoreLayout) -> None:
    intact = publish(layout, registry)
    other = layout.bundle("whisper.cpp-preview/linux-x86_64-cpu")
    other.revisions.mkdir(parents=True)
    intact.folder.path.rename(other.revision(intact.name).path)

    with pytest.raises(DamagedRevision, match="is another bundle") as caught:
        verify_revision(other, intact.name, Silent())

    assert (caught.value.expected, caught.value.actual) == (other.bundle_id, LLAMA)


def test_revision_that_is_not_there(registry: Registry, layout: StoreLayout) -> None:
    publish(layout, registry)

    with pytest.raises(NoSuchRevision):
        read_revision(layout.bundle(LLAMA), "rev-20200101T000000Z")


# --- activating


def test_only_the_proven_revision_can_be_made_active(registry: Registry, layout: StoreLayout) -> None:
    intact = publish(layout, registry)
    bundle = layout.bundle(LLAMA)
    state = BundleState().activated(intact.name, "a" * 64, AT)

    with pytest.raises(ValueError, match="was proven"):
        activate(bundle, intact, state._replace(active="rev-20200101T000000Z"))
    assert not bundle.state.exists()

    active = activate(bundle, intact, state)
    assert active.executable == active.payload / "llama-server"
    assert json.loads(bundle.state.read_bytes())["active"] == intact.name
    assert bundle.current.resolve() == intact.folder.path
    assert bundle.manifest_copy.read_bytes() == intact.folder.manifest.read_bytes()


def test_names_for_people_are_not_worth_a_failure(registry: Registry, layout: StoreLayout) -> None:
    intact = publish(layout, registry)
    bundle = layout.bundle(LLAMA)
    for path in (bundle.current, bundle.manifest_copy):
        (path / "in the way").mkdir(parents=True)

    activate(bundle, intact, BundleState().activated(intact.name, "a" * 64, AT))

    assert json.loads(bundle.state.read_bytes())["active"] == intact.name
