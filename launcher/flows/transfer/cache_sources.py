"""Exported caches as sources: what is asked for is imported from them before it is looked for (ADR 0009)."""

from __future__ import annotations

from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING

from launcher.domain.errors import Cancelled, LauncherError
from launcher.domain.url import Url
from launcher.flows.session import Brought, BroughtManifest
from launcher.flows.transfer.contents import needed_members
from launcher.flows.transfer.imported_catalogs import find_acceptable, import_catalogs
from launcher.flows.transfer.importing import judge_cached, store_judged
from launcher.flows.transfer.judging import ImportOptions
from launcher.flows.transfer.remote_cache import open_remote_cache
from launcher.store.bundles import list_bundles
from launcher.store.cache_file.reading import open_cache

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence
    from pathlib import Path

    from launcher.domain.progress import Observer
    from launcher.flows.session import Session
    from launcher.flows.transfer.judging import Judged
    from launcher.store.cache_file.reading import OpenCache


@contextmanager
def open_cache_source(session: Session, place: Path | Url, observer: Observer) -> Iterator[OpenCache]:
    """Open a cache that is followed, on this machine or on a server.

    Raises:
        LauncherError: It is not there, or not what its listing says.
    """
    if isinstance(place, Url):
        yield open_remote_cache(session, place, observer)
        return
    with open_cache(place) as cache:
        yield cache


@contextmanager
def open_local_caches(places: Sequence[Path | Url], observer: Observer) -> Iterator[list[OpenCache]]:
    """Open those of the followed caches that are on this machine; one that is not there, or damaged, is logged."""
    with ExitStack() as stack:
        caches = []
        for place in places:
            if isinstance(place, Url):
                continue
            try:
                caches.append(stack.enter_context(open_cache(place)))
            except LauncherError as error:
                observer.log(f"{place}: {error.message}")
        yield caches


def bring_in(
    session: Session,
    places: Sequence[Path | Url],
    bundle_ids: Collection[str] | None,
    observer: Observer,
    *,
    dry_run: bool = False,
) -> Brought:
    """Import the catalogs of all caches, and of some bundles the newest that they hold; nothing becomes active by it.

    A cache that is not there, like a medium that is not plugged in, is logged and hides no other source.

    Args:
        session: What to work with.
        places: The caches.
        bundle_ids: The bundles; None for those that are on this machine already.
        observer: Told of every byte.
        dry_run: Store nothing; what would have been stored is returned all the same.

    Raises:
        StoreError: The store cannot be read.
        Cancelled: The observer said so.
    """
    if bundle_ids is None:
        bundle_ids = [folder.bundle_id for folder in list_bundles(session.layout)]
    found: list[Brought] = []
    for place in places:
        try:
            with open_cache_source(session, place, observer) as cache:
                found.append(_bring_catalogs(session, cache, observer, dry_run=dry_run))
                found += [
                    _bring_bundle(session, cache, bundle_id, observer, dry_run=dry_run) for bundle_id in bundle_ids
                ]
        except Cancelled:
            raise
        except LauncherError as error:
            observer.log(f"{place}: {error.message}")
    return Brought(
        tuple(catalog for brought in found for catalog in brought.catalogs),
        tuple(manifest for brought in found for manifest in brought.manifests),
        tuple(problem for brought in found for problem in brought.problems),
    )


def _bring_catalogs(session: Session, cache: OpenCache, observer: Observer, *, dry_run: bool) -> Brought:
    if dry_run:
        return Brought(catalogs=tuple(find_acceptable(session, cache, observer)))
    for row in import_catalogs(session, cache, observer):
        if row["error"]:
            observer.log(f"{cache.name}: {row['error']['message']}")
    return Brought()


def _bring_bundle(session: Session, cache: OpenCache, bundle_id: str, observer: Observer, *, dry_run: bool) -> Brought:
    judged = judge_cached(session, cache, ImportOptions(bundle_id, is_newest_only=True), observer)
    fetch_bytes = [_fetch_bytes(cache, one) for one in judged]  # before it is here
    if not dry_run:
        judged = [store_judged(session, one, f"imported from {cache.name}", observer) for one in judged]
    problems = [one.error for one in judged if one.error]
    for problem in problems:
        observer.log(f"{cache.name}: {problem.message}")
    manifests = filter(None, map(_manifest_of, judged, fetch_bytes))
    return Brought(manifests=tuple(manifests), problems=tuple((bundle_id, problem) for problem in problems))


def _fetch_bytes(cache: OpenCache, judged: Judged) -> int:
    if judged.trusted is None or judged.result != "accepted":
        return 0
    return cache.members.missing_bytes(needed_members(judged.trusted.manifest))


def _manifest_of(judged: Judged, fetch_bytes: int) -> BroughtManifest | None:
    if judged.trusted is None or judged.result != "accepted":
        return None
    manifest = judged.trusted.manifest
    return BroughtManifest(manifest.bundle.id, manifest.channel, manifest.document.raw, fetch_bytes)
