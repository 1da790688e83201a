"""Exported folders as sources, on this machine and on a plain web server that knows nothing of us."""

from __future__ import annotations

import functools
import hashlib
import http.server
import json
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import pytest

from launcher.app import open_launcher
from launcher.domain.errors import Cancelled, FetchError, LauncherError, NothingToDo, UnknownSigner, UsageError
from launcher.domain.progress import Phase, Silent
from tests.hostile.import_bench import Bench
from tests.lying_server import Lie, LyingServer
from tests.packing import Executable, runtime_tree
from tests.registry import LLAMA, Key, Offer
from tests.store_world import Recorder, World, active_of, big_tree, faults_of, leftovers_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from launcher.app import Launcher


class PlainServer(http.server.ThreadingHTTPServer):
    """Python's own static file server: no ranges, no validators.

    Attributes:
        paths: What was asked for.
    """

    daemon_threads = True

    def __init__(self, folder: Path) -> None:
        paths: list[str] = []

        class Handler(http.server.SimpleHTTPRequestHandler):
            def log_request(self, *_arguments: object) -> None:
                paths.append(self.path)

        self.paths = paths
        super().__init__(("127.0.0.1", 0), functools.partial(Handler, directory=str(folder)))

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}/"


@contextmanager
def served(folder: Path) -> Iterator[PlainServer]:
    with PlainServer(folder) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join()


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    with World(tmp_path / "world") as world:
        yield world


@pytest.fixture
def stick(world: World, tmp_path: Path) -> Path:
    """An export of two revisions in the folder form."""
    for version in ("b1", "b2"):
        world.publish(version, big_tree(version))
        world.install()
    world.launcher().offline.export([], f"{tmp_path}/stick/", Silent(), all_revisions=True)
    return tmp_path / "stick"


@pytest.fixture
def bench(tmp_path: Path) -> Bench:
    return Bench(tmp_path / "bench")


def other_machine(world: World, tmp_path: Path) -> Launcher:
    """Return a launcher on a store of its own, which follows what its settings say."""
    return open_launcher(dest=tmp_path / "other", environ=world.environ)


def probe_of(store: Path, launcher: Launcher) -> str:
    record = launcher.path(LLAMA).parent / "install.json"
    assert store in record.parents
    return str(json.loads(record.read_bytes())["probe"])


def test_a_folder_on_a_plain_web_server_is_a_source(world: World, stick: Path, tmp_path: Path) -> None:
    launcher, store = other_machine(world, tmp_path), tmp_path / "other"
    with served(stick) as server:
        assert launcher.offline.add_source(server.url, Silent()) == {"url": server.url, "kind": "cache"}
        recorder = Recorder()
        (view,) = other_machine(world, tmp_path).install([LLAMA], recorder)
        assert view["upstream_version"] == "b2"
        assert faults_of(store, str(active_of(store))) == []
        signed = json.loads((launcher.path(LLAMA).parent / "bundle.json").read_bytes())["files"]
        assert view["fetch_bytes"] == recorder.done_bytes[Phase.DOWNLOADING]
        contents = {row["sha256"]: row["size_bytes"] for row in signed if "sha256" in row}
        assert view["fetch_bytes"] == sum(contents.values())
        assert [path.name for path in (store / LLAMA / "revisions").iterdir()] == [active_of(store)]  # not its history
        assert leftovers_of(store) == []
        assert list((store / ".downloads").iterdir()) == []

        server.paths.clear()
        assert other_machine(world, tmp_path).update([], Silent())["updated"] == []
        assert not any("/objects/" in path for path in server.paths)  # nothing is fetched twice

        world.publish("b3", big_tree("b3"))
        world.install()
        world.launcher().offline.export([], f"{stick}/", Silent())
        (update,) = other_machine(world, tmp_path).update([], Silent())["updated"]
        assert update["upstream_version"] == "b3"
        assert launcher.offline.remove_source(server.url)["kind"] == "cache"


@pytest.mark.parametrize("is_damaged", [False, True])
def test_what_the_store_shares_is_not_fetched_again(world: World, tmp_path: Path, *, is_damaged: bool) -> None:
    store, content = tmp_path / "other", b"kept" * 500_000
    sha256 = hashlib.sha256(content).hexdigest()
    stick = f"{tmp_path}/stick/"
    world.publish("b1", {**big_tree("b1"), "lib/kept.so": Executable(content)})
    world.install()
    world.launcher().offline.export([], stick, Silent())
    with served(tmp_path / "stick") as server:
        other_machine(world, tmp_path).offline.add_source(server.url, Silent())
        other_machine(world, tmp_path).install([LLAMA], Silent())
        world.publish("b2", {**big_tree("b2"), "lib/kept.so": Executable(content)})
        world.install()
        world.launcher().offline.export([], stick, Silent())
        if is_damaged:
            shared = store / ".objects" / "sha256" / sha256[:2] / f"{sha256[2:]}.x"
            shared.chmod(0o755)
            with shared.open("r+b") as file:
                file.write(b"KEPT")
        (plan,) = other_machine(world, tmp_path).update([], Silent(), dry_run=True)["updated"]
        server.paths.clear()
        recorder = Recorder()
        (view,) = other_machine(world, tmp_path).update([], recorder)["updated"]
        is_fetched = any(path.endswith(sha256) for path in server.paths)
    assert is_fetched == is_damaged
    assert view["fetch_bytes"] == plan["fetch_bytes"]
    assert recorder.done_bytes[Phase.DOWNLOADING] == view["fetch_bytes"] + (len(content) if is_damaged else 0)
    assert faults_of(store, str(active_of(store))) == []
    assert list((store / ".downloads").iterdir()) == []


def test_archives_come_over_the_web_where_only_they_are_signed(world: World, tmp_path: Path) -> None:
    world.publish("b9", has_index=False)
    world.install()
    world.launcher().offline.export([], f"{tmp_path}/stick/", Silent())
    launcher = other_machine(world, tmp_path)
    with served(tmp_path / "stick") as server:
        launcher.offline.add_source(server.url, Silent())
        (view,) = other_machine(world, tmp_path).install([LLAMA], Silent())
    assert (view["upstream_version"], view["index"]) == ("b9", "recorded")
    assert launcher.offline.export([], str(tmp_path / "again.arwcache"), Silent())["ok"]


def test_what_came_before_a_cut_is_not_fetched_again(world: World, stick: Path, tmp_path: Path) -> None:
    with served(stick) as server:
        other_machine(world, tmp_path).offline.add_source(server.url, Silent())
        launcher = other_machine(world, tmp_path)

        class Leaving(Silent):
            fetched_bytes = 0

            def advance(self, added_bytes: int) -> None:
                self.fetched_bytes += added_bytes
                if self.fetched_bytes > 1024 * 1024:  # the first of the two large files, and something of the second
                    raise Cancelled("Stopped by the test.")

        with pytest.raises(Cancelled):
            launcher.install([LLAMA], Leaving())
        assert active_of(tmp_path / "other") is None
        before = [path for path in server.paths if "/objects/" in path]
        server.paths.clear()
        launcher.install([LLAMA], Silent())
        again = [path for path in server.paths if "/objects/" in path]
    assert len(before) > 1
    assert again
    assert set(before[:-1]) & set(again) == set()


def test_a_server_that_continues_is_continued(world: World, stick: Path, tmp_path: Path) -> None:
    """A single large member goes on where it was, as any transfer does."""
    large = next(path for path in stick.rglob("objects/*/*") if path.stat().st_size == 1024 * 1024)
    with LyingServer(stick) as server:
        other_machine(world, tmp_path).offline.add_source(f"{server.url}/", Silent())
        server.lie(large, Lie(cut_at=700_000, times=1))
        other_machine(world, tmp_path).install([LLAMA], Silent())
        name = f"/{large.relative_to(stick).as_posix()}"
        assert [request for request in server.requests if request.startswith(name)] == [name, f"{name} (from 700000)"]


def test_a_dry_run_plans_from_a_source_and_changes_nothing(world: World, stick: Path, tmp_path: Path) -> None:
    launcher, store = other_machine(world, tmp_path), tmp_path / "other"
    with served(stick) as server:
        for source, is_remote in ((stick.as_uri() + "/", False), (server.url, True)):
            other_machine(world, tmp_path / "adding").offline.add_source(source, Silent())
            (plan,) = other_machine(world, tmp_path).install([LLAMA], Silent(), dry_run=True)
            assert not store.exists()
            assert (plan["dry_run"], plan["revision"], plan["replaces"]) == (True, None, None)
            assert (plan["upstream_version"], plan["signature"]["state"]) == ("b2", "trusted")
            assert (plan["fetch_bytes"] > 2 * 1024 * 1024) == is_remote, source
            launcher.offline.remove_source(source)
        launcher.offline.add_source(server.url, Silent())
        (plan,) = other_machine(world, tmp_path).install([LLAMA], Silent(), dry_run=True)
        (done,) = other_machine(world, tmp_path).install([LLAMA], Silent())
        assert {name: plan[name] for name in ("fetch_bytes", "store_bytes", "channel_revision")} == {
            name: done[name] for name in ("fetch_bytes", "store_bytes", "channel_revision")
        }

        world.publish("b3", big_tree("b3"))
        world.install()
        world.launcher().offline.export([], f"{stick}/", Silent())
        before = sorted((path, path.lstat().st_mtime_ns) for path in store.rglob("*") if path.name != ".lock")
        (planned,) = other_machine(world, tmp_path).update([], Silent(), dry_run=True)["updated"]
        assert (planned["upstream_version"], planned["replaces"]) == ("b3", done["revision"])
        after = sorted((path, path.lstat().st_mtime_ns) for path in store.rglob("*") if path.name != ".lock")
        assert before == after


def test_a_dry_run_without_a_catalog_plans_from_the_manifest(bench: Bench, tmp_path: Path) -> None:
    folder = bench.cache_of("b1").write_folder(tmp_path / "stick")
    bench.launcher().offline.add_source(folder.as_uri() + "/", Silent())
    (plan,) = bench.launcher().install([LLAMA], Silent(), dry_run=True)
    assert (plan["upstream_version"], plan["revision"]) == ("b1", None)
    bench.assert_clean()


def hostile(bench: Bench, folder: Path) -> Any:  # noqa: ANN401 - several kinds
    """Return what an installation says from a source of one bundle after something was done to it."""
    with served(folder) as server:
        bench.launcher().offline.add_source(server.url, Silent())
        with pytest.raises(LauncherError) as online:
            bench.launcher().install([LLAMA], Silent())
        with pytest.raises(LauncherError) as planned:
            bench.launcher().install([LLAMA], Silent(), dry_run=True)
        bench.launcher().offline.remove_source(server.url)
    return online.value, planned.value


def test_an_untrusted_bundle_is_refused_as_anywhere(bench: Bench, tmp_path: Path) -> None:
    """Threats E17 and B1: the server is not believed, and a dry run says the same."""
    folder = bench.cache_of("b1").write_folder(tmp_path / "stick")
    bench.registry.trust(Key().as_signer())
    refused, planned = hostile(bench, folder)
    assert (refused.code, planned.code) == ("key-mismatch", "key-mismatch")
    bench.assert_clean()


def test_a_content_that_is_not_what_was_signed(bench: Bench, tmp_path: Path) -> None:
    folder = bench.cache_of("b1", runtime_tree("b1", extra_bytes=3_000_000)).write_folder(tmp_path / "stick")
    large = max(folder.rglob("objects/*/*"), key=lambda path: path.stat().st_size)
    honest = large.read_bytes()
    with served(folder) as server:
        bench.launcher().offline.add_source(server.url, Silent())
        large.write_bytes(bytes([honest[0] ^ 1]) + honest[1:])
        with pytest.raises(LauncherError) as changed:
            bench.launcher().install([LLAMA], Silent())
        large.write_bytes(honest + b"more")
        with pytest.raises(LauncherError) as longer:
            bench.launcher().install([LLAMA], Silent())
        large.unlink()
        with pytest.raises(LauncherError) as missing:
            bench.launcher().install([LLAMA], Silent())
        assert (changed.value.code, longer.value.code) == ("wrong-hash", "wrong-size")
        assert isinstance(missing.value, FetchError)
        assert bench.revisions == []
        large.write_bytes(honest)
        (view,) = bench.launcher().install([LLAMA], Silent())  # and an honest one works at once
    assert view["probe"] == "version: b1"


def test_a_manifest_that_is_not_the_listed_one(bench: Bench, tmp_path: Path) -> None:
    folder = bench.cache_of("b1").write_folder(tmp_path / "stick")
    (manifest,) = folder.rglob("bundle.json")
    manifest.write_bytes(manifest.read_bytes().replace(b'"b1"', b'"b2"'))
    refused, planned = hostile(bench, folder)
    assert (refused.code, planned.code) == ("damaged-cache", "damaged-cache")


@pytest.mark.parametrize("listing", [b"{}", b"<html>", b'{"type": "runtime-cache", "version": 2}'])
def test_a_listing_that_makes_no_sense_is_not_followed(bench: Bench, tmp_path: Path, listing: bytes) -> None:
    folder = tmp_path / "stick"
    folder.mkdir()
    (folder / "arwcache.json").write_bytes(listing)
    with served(folder) as server, pytest.raises(LauncherError):
        bench.launcher().offline.add_source(server.url, Silent())
    assert bench.launcher().offline.list_sources() == []


def test_an_older_listing_does_not_lead_back(world: World, stick: Path, tmp_path: Path) -> None:
    """Threat E19: what is active is newer, so an old folder is refused by name and changes nothing."""
    launcher, store = other_machine(world, tmp_path), tmp_path / "other"
    world.publish("b3")
    newer = open_launcher(dest=store, catalog=world.registry.catalog_url, environ=world.environ)
    (installed,) = newer.install([LLAMA], Silent())
    recorder = Recorder()
    with served(stick) as server:
        launcher.offline.add_source(server.url, Silent())
        with pytest.raises(UnknownSigner):  # of the catalogs that are shipped, which this machine does not trust
            other_machine(world, tmp_path).update([], recorder)
    assert active_of(store) == installed["revision"]
    assert len(list((store / LLAMA / "revisions").iterdir())) == 1
    assert any("older" in message or "newer" in message for message in recorder.messages)


def test_a_server_that_is_away_hides_nothing(world: World, stick: Path, tmp_path: Path) -> None:
    with served(stick) as server:
        other_machine(world, tmp_path).offline.add_source(server.url, Silent())
        other_machine(world, tmp_path).install([LLAMA], Silent())
    recorder = Recorder()
    with pytest.raises(NothingToDo):
        other_machine(world, tmp_path).install([LLAMA], recorder)
    assert any(message.startswith(server.url) for message in recorder.messages)


@pytest.mark.parametrize(
    ("text", "error"),
    [
        ("https://example.com/x.arwcache", UsageError),
        ("http://example.com/stick/", LauncherError),
        ("https://me:secret@example.com/stick/", LauncherError),
    ],
)
def test_what_cannot_be_followed_over_the_web(bench: Bench, text: str, error: type[LauncherError]) -> None:
    with pytest.raises(error) as raised:
        bench.launcher().offline.add_source(text, Silent())
    assert "secret" not in f"{raised.value.message}{raised.value.actual}"
    assert bench.launcher().offline.list_sources() == []


def test_an_export_that_lags_behind_its_catalog_can_be_installed(world: World, tmp_path: Path) -> None:
    """The catalog offers b2, the export holds b1: on a machine without a network that is all there is."""
    world.install_versions("b1")
    world.registry.publish(Offer(tree=runtime_tree("b2"), version="b2"))
    world.launcher().refresh(Silent())
    path = tmp_path / "x.arwcache"
    view = world.launcher().offline.export([], str(path), Silent())
    assert [item["upstream_version"] for item in view["items"]] == ["b1"]
    world.registry.server.__exit__(None, None, None)
    launcher = other_machine(world, tmp_path)
    launcher.offline.import_paths([path], Silent())
    recorder = Recorder()
    (installed,) = launcher.install([LLAMA], recorder)
    assert installed["upstream_version"] == "b1"
    assert any("cannot be fetched" in message for message in recorder.messages)
    with world.registry.server:  # for the fixture to stop
        pass
