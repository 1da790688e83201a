"""What bad input gets, through `Launcher`: one named failure, and otherwise nothing at all.

The oracle is the same for every case: the failure has its code and says what was expected and found; the active
revision is the one from before, byte for byte; stage and trash are empty at once; the next good installation works.
"""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from launcher.adapters.http.retry import RetryRule
from launcher.domain.errors import LauncherError
from launcher.domain.progress import Silent
from tests.hostile.archive_bytes import gz, tar, tar_file, tar_header, tar_link, zst
from tests.lying_server import NOT_FOUND, SIGN_IN_PAGE, Lie
from tests.packing import Executable, pack, runtime_tree
from tests.registry import LLAMA, Key, Offer
from tests.store_world import World, big_tree, faults_of, snapshot_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from tests.packing import Tree

Sabotage = "Callable[[World], None]"
LONG_AGO = "2020-01-01T00:00:00Z"


@pytest.fixture
def world(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[World]:
    """A machine on which `b1` is active, while `b2` was published in good order."""
    monkeypatch.setattr("launcher.adapters.http.fetcher.RetryRule", lambda: RetryRule(max_attempts=1))
    with World(tmp_path) as world:
        world.publish("b1")
        world.install()
        world.publish("b2")
        yield world


def refuse(world: World, act: Callable[[], object]) -> LauncherError:
    """Run what must fail, and check that nothing else happened; return the failure."""
    active, before = world.active, snapshot_of(world.store)
    with pytest.raises(LauncherError) as caught:
        act()
    assert snapshot_of(world.store) == before
    world.assert_sound(active)
    return caught.value


def heal(world: World) -> None:
    """Put everything right again, publish a good version, and see it installed."""
    world.registry.server.tell_the_truth()
    world.registry.trust(world.registry.key.as_signer())
    world.publish("b3")
    world.install()
    world.assert_sound(world.active)
    assert (world.payload / "model.txt").read_text(encoding="utf-8") == "built from b3\n"


# --- trust -------------------------------------------------------------------------------------


def _unsigned(world: World) -> None:
    world.registry.edit_manifest(keys=[])


def _changed_after_signing(world: World) -> None:
    world.registry.edit_manifest(lambda root: root["release"].update(upstream_version="b9"), sign_again=False)


def _signed_something_else(world: World) -> None:
    def swap(root: dict[str, Any]) -> None:
        other = json.loads(world.registry.manifest_path(revision=1).read_bytes())["signatures"][0]["signature"]
        root["signatures"][0]["signature"] = other

    world.registry.edit_manifest(swap, sign_again=False)


def _unknown_signer(world: World) -> None:
    world.registry.edit_manifest(keys=[Key("somebody-else")])


def _copied_key_id(world: World) -> None:
    world.registry.edit_manifest(keys=[Key(world.registry.key.key_id)])


def _signed_by(world: World, *, channels: tuple[str, ...] = ("preview",), **facts: str) -> None:
    key = Key("second-key")
    world.registry.edit_manifest(keys=[key])
    world.registry.trust(world.registry.key.as_signer(), key.as_signer(channels, **facts))


def _expired_signer(world: World) -> None:
    _signed_by(world, expires_at=LONG_AGO)


def _revoked_signer(world: World) -> None:
    _signed_by(world, revoked_at=LONG_AGO)


def _signer_of_another_channel(world: World) -> None:
    _signed_by(world, channels=("stable",))


def _signer_of_no_channel(world: World) -> None:
    _signed_by(world, channels=())


def _threshold_of_two(world: World) -> None:
    world.registry.trust(world.registry.key.as_signer(), thresholds={"preview": 2})


def _no_registry(world: World) -> None:
    world.registry.signers_path.unlink()


def _broken_registry(world: World) -> None:
    world.registry.signers_path.write_text('{"version": 1, "signers": [{}]}', encoding="utf-8")


def _expired_catalog(world: World) -> None:
    world.registry.write_catalog(lambda root: root.update(expires_at=LONG_AGO))


def _catalog_of_tomorrow(world: World) -> None:
    tomorrow = datetime.now(UTC) + timedelta(days=1)
    world.registry.edit_manifest(lambda root: root["release"].update(issued_at=tomorrow.strftime("%Y-%m-%dT%H:%M:%SZ")))


def _another_bundle(world: World) -> None:
    world.registry.edit_manifest(lambda root: root["bundle"].update(id="llama.cpp-preview/linux-x86_64-vulkan"))


# --- artifacts and transfers -------------------------------------------------------------------


def _wrong_hash(world: World) -> None:
    world.registry.server.lie(world.registry.archive_path(), Lie(flip_at=100))


def _wrong_size(world: World) -> None:
    world.registry.edit_manifest(lambda root: root["bundle"]["artifacts"][0].update(size_bytes=12345))


def _missing_hash(world: World) -> None:
    world.registry.edit_manifest(lambda root: root["bundle"]["artifacts"][0].pop("sha256"))


def _missing_size(world: World) -> None:
    world.registry.edit_manifest(lambda root: root["bundle"]["artifacts"][0].pop("size_bytes"))


def _manifest_that_the_catalog_does_not_pin(world: World) -> None:
    world.registry.server.lie(world.registry.manifest_path(), Lie(flip_at=100))


def _cut_download(world: World) -> None:
    world.registry.server.lie(world.registry.archive_path(), Lie(cut_at=200))


def _not_found(world: World) -> None:
    world.registry.server.lie(world.registry.archive_path(), NOT_FOUND)


def _html(world: World) -> None:
    world.registry.server.lie(world.registry.archive_path(), SIGN_IN_PAGE)


def _elsewhere(world: World) -> None:
    world.registry.server.lie(world.registry.archive_path(), Lie(redirect_to="file:///etc/passwd"))


# --- the program -------------------------------------------------------------------------------


def _publish_program(world: World, script: str) -> None:
    tree: Tree = {**runtime_tree("b9"), "llama-server": Executable(script.encode())}
    world.publish("b9", tree)


def _probe_fails(world: World) -> None:
    _publish_program(world, "#!/bin/sh\necho 'no such instruction' >&2\nexit 132\n")


def _probe_cannot_start(world: World) -> None:
    _publish_program(world, "#!/no/such/interpreter\n")


def _probe_changes_the_bundle(world: World) -> None:
    _publish_program(world, '#!/bin/sh\necho more >> "${0%/*}/LICENSE"\n')


def _probe_leaves_a_file(world: World) -> None:
    _publish_program(world, '#!/bin/sh\necho log > "${0%/*}/run.log"\n')


def _no_program(world: World) -> None:
    tree = runtime_tree("b9")
    del tree["llama-server"]
    world.publish("b9", tree)


CASES = [
    ("unsigned", _unsigned),
    ("bad-signature", _changed_after_signing),
    ("bad-signature", _signed_something_else),
    ("unknown-signer", _unknown_signer),
    ("key-mismatch", _copied_key_id),
    ("expired-signer", _expired_signer),
    ("revoked-signer", _revoked_signer),
    ("wrong-channel", _signer_of_another_channel),
    ("wrong-channel", _signer_of_no_channel),
    ("threshold-not-met", _threshold_of_two),
    ("no-signer-registry", _no_registry),
    ("bad-signer-registry", _broken_registry),
    ("catalog-expired", _expired_catalog),
    ("not-yet-issued", _catalog_of_tomorrow),
    ("wrong-bundle", _another_bundle),
    ("wrong-hash", _wrong_hash),
    ("wrong-size", _wrong_size),
    ("missing-hash", _missing_hash),
    ("missing-hash", _missing_size),
    ("wrong-hash", _manifest_that_the_catalog_does_not_pin),
    ("transfer-cut", _cut_download),
    ("http-status", _not_found),
    ("not-an-artifact", _html),
    ("forbidden-url", _elsewhere),
    ("probe-failed", _probe_fails),
    ("probe-failed", _probe_cannot_start),
    ("probe-failed", _probe_changes_the_bundle),
    ("probe-failed", _probe_leaves_a_file),
    ("no-executable", _no_program),
]


@pytest.mark.parametrize(("code", "sabotage"), CASES, ids=[f"{sabotage.__name__[1:]}" for _, sabotage in CASES])
def test_refused(world: World, code: str, sabotage: Callable[[World], None]) -> None:
    sabotage(world)

    error = refuse(world, world.install)

    assert error.code == code
    assert error.expected is not None
    assert error.actual is not None
    heal(world)


# --- archives ----------------------------------------------------------------------------------

DEVICE = tar_header(b"lib/null", kind=b"3")
ARCHIVES = [
    ("unsafe-path", "dots", tar_file("../outside")),
    ("unsafe-path", "dots_inside", tar_file("lib/../../outside")),
    ("unsafe-path", "absolute", tar_file("/outside")),
    ("unsafe-path", "backslashes", tar_file("..\\outside")),
    ("unsafe-path", "drive", tar_file("C:/outside")),
    ("forbidden-member", "device", DEVICE),
    ("forbidden-member", "hard_link", tar_link("LICENSE2", "LICENSE", kind=b"1")),
]


def _publish_archive(world: World, place: Path, extra: bytes, *, has_index: bool) -> None:
    tree = runtime_tree("b9")
    members = [
        tar_file(path, member.content, mode=0o755)
        if isinstance(member, Executable) and isinstance(member.content, bytes)
        else tar_file(path, member)
        if isinstance(member, bytes)
        else tar_link(path, member.target)  # type: ignore[union-attr]
        for path, member in tree.items()
    ]
    archive = place / "hostile.tar.gz"
    archive.write_bytes(gz(tar(*members, extra)))
    world.registry.publish(Offer(tree=tree, archives=[archive], version="b9", has_index=has_index))


@pytest.mark.parametrize("has_index", [True, False], ids=["indexed", "recorded"])
@pytest.mark.parametrize(
    ("code", "extra"), [(code, extra) for code, _, extra in ARCHIVES], ids=[name for _, name, _ in ARCHIVES]
)
def test_refused_archive(world: World, tmp_path: Path, code: str, extra: bytes, *, has_index: bool) -> None:
    _publish_archive(world, tmp_path, extra, has_index=has_index)

    error = refuse(world, world.install)

    # With an index, a name that is not in it is enough to refuse; how it would be unsafe is not asked any more.
    assert error.code == ("unlisted-member" if has_index and code == "unsafe-path" else code)
    assert list(tmp_path.rglob("outside")) == []
    heal(world)


@pytest.mark.parametrize(("code", "has_index"), [("unlisted-member", True), ("unsafe-link", False)])
def test_refused_link_out(world: World, tmp_path: Path, code: str, *, has_index: bool) -> None:
    _publish_archive(world, tmp_path, tar_link("lib/passwd", "../../../../etc/passwd"), has_index=has_index)

    assert refuse(world, world.install).code == code
    heal(world)


def test_refused_link_out_that_was_signed(world: World, tmp_path: Path) -> None:
    def add(root: dict[str, Any]) -> None:
        root["files"].append({"path": "lib/passwd", "link": "../../../../etc/passwd"})

    _publish_archive(world, tmp_path, tar_link("lib/passwd", "../../../../etc/passwd"), has_index=True)
    world.registry.edit_manifest(add)

    assert refuse(world, world.install).code == "unsafe-link"
    heal(world)


def test_refused_member_outside_of_the_index(world: World, tmp_path: Path) -> None:
    _publish_archive(world, tmp_path, tar_file("lib/extra.so"), has_index=True)

    error = refuse(world, world.install)

    assert error.code == "unlisted-member"
    heal(world)


def test_refused_member_that_differs_from_the_index(world: World, tmp_path: Path) -> None:
    tree = runtime_tree("b9")
    archive = pack({**tree, "LICENSE": b"GPL\n"}, "tar.zst", tmp_path / "other.tar.zst")
    world.registry.publish(Offer(tree=tree, archives=[archive], version="b9"))

    error = refuse(world, world.install)

    assert error.code == "wrong-hash"
    assert error.expected is not None
    heal(world)


def test_refused_archive_without_a_signed_member(world: World, tmp_path: Path) -> None:
    tree = runtime_tree("b9")
    archive = pack({path: tree[path] for path in tree if path != "LICENSE"}, "tar.zst", tmp_path / "less.tar.zst")
    world.registry.publish(Offer(tree=tree, archives=[archive], version="b9"))

    assert refuse(world, world.install).code == "missing-member"
    heal(world)


def test_refused_archive_that_is_cut(world: World, tmp_path: Path) -> None:
    tree = runtime_tree("b9")
    whole = pack(tree, "tar.zst", tmp_path / "whole.tar.zst").read_bytes()
    archive = tmp_path / "cut.tar.zst"
    archive.write_bytes(whole[:-20])
    world.registry.publish(Offer(tree=tree, archives=[archive], version="b9"))

    assert refuse(world, world.install).code == "damaged-archive"
    heal(world)


def test_refused_archive_bomb(world: World, tmp_path: Path) -> None:
    tree = runtime_tree("b9")
    archive = tmp_path / "bomb.tar.zst"
    archive.write_bytes(zst(tar(tar_file("zeros", bytes(64 * 1024 * 1024)))))
    world.registry.publish(Offer(tree=tree, archives=[archive], version="b9", has_index=False))

    assert refuse(world, world.install).code == "archive-too-big"
    heal(world)


# --- catalogs and channels ----------------------------------------------------------------------------------


def test_refused_unsigned_catalog(world: World) -> None:
    world.registry.write_catalog(keys=[])

    assert refuse(world, world.update).code == "unsigned"
    world.registry.revision = 2
    heal(world)


def test_refused_unsigned_catalog_on_a_new_machine(tmp_path: Path) -> None:
    with World(tmp_path) as world:
        world.publish("b1")
        world.registry.write_catalog(keys=[])

        assert refuse(world, world.install).code == "unsigned"
        heal(world)


def test_refused_older_channel_revision(world: World) -> None:
    older = world.registry.catalog_path.read_bytes()
    world.publish("b3")
    world.install()
    world.registry.catalog_path.write_bytes(older)

    (view,) = world.launcher().refresh(Silent())

    assert view["problem"] is not None
    assert view["problem"]["code"] == "channel-revision-too-low"
    assert view["problem"]["expected"] == "revision 3 or newer"
    assert view["problem"]["actual"] == "revision 2"
    assert view["revision"] == 3  # the last accepted one still serves
    assert refuse(world, world.update).code == "channel-revision-too-low"
    assert refuse(world, world.install).code == "nothing-to-do"


def test_refused_older_manifest_from_a_folder(world: World) -> None:
    older = world.registry.catalog_path.read_bytes()
    world.publish("b3")
    world.install()
    world.registry.catalog_path.write_bytes(older)

    error = refuse(world, lambda: world.launcher(is_local=True).install([LLAMA], Silent()))

    assert error.code == "channel-revision-too-low"
    world.registry.revision = 3
    world.publish("b4")
    world.install()


def test_refused_equivocation(world: World) -> None:
    world.install()
    world.registry.edit_manifest(lambda root: root["bundle"].update(description="Another text."))

    (view,) = world.launcher().refresh(Silent())
    error = refuse(world, lambda: world.launcher(is_local=True).install([LLAMA], Silent()))

    assert view["problem"] is not None
    assert view["problem"]["code"] == "channel-equivocation"
    assert error.code == "channel-equivocation"
    heal(world)


# --- the disk, and other processes -------------------------------------------------------------


def test_refused_while_another_process_holds_the_lock(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("launcher.flows.store_access.LOCK_WAIT_S", 0.2)
    holder = (
        "import sys; from pathlib import Path; from launcher.store.lock import locked\n"
        f"with locked(Path({str(world.layout.lock)!r}), 'updating everything'):\n"
        "    print(flush=True); sys.stdin.read()"
    )
    with subprocess.Popen([sys.executable, "-c", holder], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        process.stdout.readline()

        error = refuse(world, world.install)
        rollback_error = refuse(world, world.roll_back)

        process.communicate()
    assert error.code == rollback_error.code == "store-locked"
    assert error.expected == "a free store"
    assert error.actual == f"process {process.pid} (updating everything)"
    heal(world)


def test_refused_rollback_to_a_damaged_revision(world: World) -> None:
    damaged = world.active
    world.install()
    assert damaged is not None
    path = world.folder.revision(damaged).payload / "LICENSE"
    path.write_bytes(b"mit\n")

    error = refuse(world, world.roll_back)

    assert error.code == "damaged-revision"
    assert error.expected is not None
    assert error.expected.startswith("sha256 ")
    assert error.actual is not None
    assert faults_of(world.store, damaged) != []
    heal(world)


def test_refused_rollback_to_what_a_revoked_key_signed(world: World) -> None:
    """Threat E7."""
    world.install()
    world.registry.trust(world.registry.key.as_signer(revoked_at=LONG_AGO))

    assert refuse(world, world.roll_back).code == "revoked-signer"
    heal(world)


def test_an_expired_key_does_not_stop_a_rollback(world: World) -> None:
    old = world.active
    world.install()
    world.registry.trust(world.registry.key.as_signer(expires_at=_in(seconds=0)))

    assert refuse(world, lambda: world.install(force=True)).code == "expired-signer"
    world.roll_back()

    world.assert_sound(old)


def test_refused_for_a_large_file_that_no_limit_allows(world: World, tmp_path: Path) -> None:
    """RLIMIT_FSIZE stands for a full disk where no volume can be mounted (threat D15)."""
    pytest.importorskip("resource")
    world.publish("b9", big_tree("b9", 3_000_000))
    program = (
        "import resource, sys, json; from pathlib import Path\n"
        "from launcher.app import open_launcher; from launcher.domain.errors import LauncherError\n"
        "from launcher.domain.progress import Silent\n"
        "store, catalog, signers = sys.argv[1:]\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (2_000_000, 2_000_000))\n"
        "launcher = open_launcher(dest=Path(store), catalog=catalog, environ={'ARW_RUNTIME_BUNDLE_SIGNERS': signers})\n"
        "try:\n"
        f"    launcher.install([{LLAMA!r}], Silent())\n"
        "except LauncherError as error:\n"
        "    print(json.dumps(error.as_json()))\n"
    )
    active = world.active
    arguments = [str(world.store), world.registry.catalog_url, str(world.registry.signers_path)]

    run = subprocess.run([sys.executable, "-c", program, *arguments], check=True, capture_output=True, text=True)

    error = json.loads(run.stdout)
    assert error["code"] == "disk-full"
    assert "EFBIG" in error["actual"]
    world.assert_sound(active)
    heal(world)


def _in(**time: float) -> str:
    return (datetime.now(UTC) + timedelta(**time)).strftime("%Y-%m-%dT%H:%M:%SZ")
