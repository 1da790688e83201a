"""Importing bundles: steps 0 to 6 of an installation without the network, and never its commit (threats E17, E19).

What comes in is treated as hostile: the same signatures, digests and rules as online, by this machine's own registry.
Nothing becomes active by it, and nothing of the exporter's trust, settings or state is taken over.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from launcher.domain.bundle import parse_manifest
from launcher.domain.canonical import parse_document
from launcher.domain.errors import (
    Cancelled,
    DiskFailure,
    DiskFull,
    LauncherError,
    NoPermission,
    NoSuchBundle,
    NoSuchSource,
    UsageError,
)
from launcher.domain.progress import Phase
from launcher.domain.trust import Asked
from launcher.flows.known import unpacked_bytes
from launcher.flows.manifests import floor_of
from launcher.flows.staged import probe_staged, record_staged
from launcher.flows.store_access import writing
from launcher.flows.transfer.contents import CachedContents, LooseContents
from launcher.flows.transfer.imported_catalogs import import_catalogs
from launcher.flows.transfer.judging import Candidate, ImportOptions, Judged, judge, view_judged
from launcher.flows.verify_file import read_file
from launcher.store.cache_file.reading import is_cache, open_cache
from launcher.store.disk_errors import named_disk_errors
from launcher.store.floors import accept
from launcher.store.layout import MANIFEST_NAME
from launcher.store.revisions import publish_revision
from launcher.store.space import require_space

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from launcher.domain.progress import Observer
    from launcher.domain.trust import TrustedManifest
    from launcher.domain.views import ImportItem, ImportView
    from launcher.flows.session import Session
    from launcher.store.cache_file.listing import CacheItem
    from launcher.store.cache_file.reading import OpenCache


def import_paths(
    session: Session,
    paths: Sequence[Path],
    options: ImportOptions,
    observer: Observer,
    *,
    metadata: Path | None = None,
) -> ImportView:
    """Import exported caches, or loose archives with their signed manifest; nothing becomes active by it.

    Args:
        session: What to work with.
        paths: Exported caches; with ``metadata`` the archives that it names. A folder with a `bundle.json` and its
            archives may stand for both.
        options: What was asked for.
        observer: Told of every byte.
        metadata: The signed manifest of loose archives.

    Raises:
        UsageError: Nothing was named.
        NoSuchSource: A path is not what can be imported.
        NoSuchBundle: The asked bundle is in none of them.
        DamagedCacheFile: A cache is not what its listing says; nothing of it was stored.
        ParseError: A listing or the manifest is malformed.
        StoreError: A cache or the store cannot be read.
        Cancelled: The observer said so; what was stored until then stays.
    """
    view: ImportView = {"ok": True, "dry_run": options.dry_run, "items": [], "catalogs": []}
    if metadata is not None:
        view["items"] += _import_loose(session, metadata, _files_in(paths), options, observer)
    else:
        if not paths:
            raise UsageError("There is nothing to import.", expected="an exported cache, or archives with `--metadata`")
        for path in paths:
            _import_path(session, path, options, observer, view)
    if options.bundle_id is not None and not view["items"]:
        raise NoSuchBundle(f"There is no `{options.bundle_id}` in what is imported.", hint="Leave `--bundle` out.")
    view["ok"] = not any(item["result"] == "refused" for item in (*view["items"], *view["catalogs"]))
    return view


def import_cached(session: Session, cache: OpenCache, options: ImportOptions, observer: Observer) -> list[ImportItem]:
    """Import the bundles of an open cache; each is accepted or refused by itself.

    Raises:
        StoreError: The store cannot be read.
        Cancelled: The observer said so.
    """
    judged = judge_cached(session, cache, options, observer)
    if not options.dry_run:
        judged = [store_judged(session, one, f"imported from {cache.name}", observer) for one in judged]
    return _view_all(judged)


def judge_cached(session: Session, cache: OpenCache, options: ImportOptions, observer: Observer) -> list[Judged]:
    """Decide over the bundles of an open cache; nothing is written.

    Raises:
        StoreError: The store cannot be read.
        Cancelled: The observer said so.
    """
    contents = CachedContents(cache)
    refused: list[Judged] = []
    candidates = []
    for item in _asked_items(cache, options):
        observer.phase(Phase.RESOLVING, item.bundle_id)
        try:
            raw = cache.read_document(item.manifest_path, item.manifest)
        except LauncherError as error:
            refused.append(Judged(item.bundle_id, contents, "refused", "").refused(error))
            continue
        candidates.append(Candidate(Asked(item.bundle_id, item.channel), raw, contents))
    return refused + judge(session, candidates, options, observer)


def store_judged(session: Session, judged: Judged, source_name: str, observer: Observer) -> Judged:
    """Store a bundle if it was accepted, or refuse it after all.

    Raises:
        DiskFull: There is no room; nor is there for those behind it.
        NoPermission: The store cannot be written.
        DiskFailure: The disk or its file system failed.
        Cancelled: The observer said so.
    """
    if judged.result != "accepted":
        return judged
    assert judged.trusted is not None  # noqa: S101 - nothing is accepted without a proof
    try:
        revision = _publish(session, judged, judged.trusted, source_name, observer)
    except (Cancelled, DiskFull, NoPermission, DiskFailure):
        raise  # going on, a newer revision would raise the channel's floor above the one that was left out
    except LauncherError as error:
        observer.log(f"{judged.bundle_id}: {error.message}")
        return judged.refused(error)
    sentence = f"Stored as {revision}; `install {judged.bundle_id}` makes it active."
    return replace(judged, revision=revision, sentence=sentence)


def _asked_items(cache: OpenCache, options: ImportOptions) -> list[CacheItem]:
    asked = [item for item in cache.listing.items if options.bundle_id in (None, item.bundle_id)]
    if not options.is_newest_only:
        return asked
    newest: dict[tuple[str, str], CacheItem] = {}
    for item in asked:  # what the listing claims decides only what is looked at; what it is, is proven
        known = newest.get((item.bundle_id, item.channel))
        if known is None or item.channel_revision > known.channel_revision:
            newest[item.bundle_id, item.channel] = item
    return list(newest.values())


def _import_path(session: Session, path: Path, options: ImportOptions, observer: Observer, view: ImportView) -> None:
    if not is_cache(path) and (path / MANIFEST_NAME).is_file():
        files = [file for file in _files_in([path]) if file.name != MANIFEST_NAME]
        view["items"] += _import_loose(session, path / MANIFEST_NAME, files, options, observer)
        return
    with open_cache(path) as cache:
        view["items"] += import_cached(session, cache, options, observer)
        view["catalogs"] += import_catalogs(session, cache, observer, dry_run=options.dry_run)


def _import_loose(
    session: Session, metadata: Path, files: Sequence[Path], options: ImportOptions, observer: Observer
) -> list[ImportItem]:
    raw = read_file(metadata)
    manifest = parse_manifest(parse_document(raw))
    asked = Asked(options.bundle_id or manifest.bundle.id, manifest.channel)
    candidate = Candidate(asked, raw, LooseContents(session, files))
    judged = judge(session, [candidate], options, observer)
    if not options.dry_run:
        judged = [store_judged(session, one, f"imported from {metadata.name}", observer) for one in judged]
    return _view_all(judged)


def _publish(session: Session, judged: Judged, trusted: TrustedManifest, source_name: str, observer: Observer) -> str:
    manifest = trusted.manifest
    bundle_id = manifest.bundle.id
    judged.contents.fetch(manifest, observer)
    with writing(session, f"importing {bundle_id}", observer):
        accept(session.layout.floors, floor_of(trusted), session.registry.standing_keys(session.at))
        size_bytes = unpacked_bytes(manifest)
        require_space(session.layout.root, size_bytes or 0)
        observer.phase(Phase.UNPACKING, bundle_id, size_bytes)
        staged = judged.contents.stage(session, trusted, observer)
        probe = None
        if judged.fit is not None and judged.fit.fits:  # a program for another machine tells nothing here
            observer.phase(Phase.TESTING, bundle_id)
            probe = probe_staged(session, staged)
        observer.phase(Phase.SAVING, bundle_id)
        record = record_staged(session, source_name, staged, probe)
        return publish_revision(session.layout, staged, record, observer).name


def _files_in(paths: Sequence[Path]) -> list[Path]:
    files: list[Path] = []
    for path in paths:
        with named_disk_errors(path):
            if path.is_dir():
                files += sorted(entry for entry in path.iterdir() if entry.is_file())
            elif path.is_file():
                files.append(path)
            else:
                raise NoSuchSource(f"There is no file `{path}`.")
    return files


def _view_all(judged: Sequence[Judged]) -> list[ImportItem]:
    return [view_judged(one) for one in judged]
