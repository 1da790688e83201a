"""Auditing an exported cache without importing it: what long-term storage is checked with."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from launcher.domain.bundle import parse_manifest
from launcher.domain.canonical import parse_document
from launcher.domain.errors import DamagedRevision, LauncherError, StoreError
from launcher.domain.progress import Phase
from launcher.domain.trust import check_signatures
from launcher.flows.audit_view import judged, new_item, view_audit
from launcher.flows.transfer.contents import CachedContents, needed_members
from launcher.flows.trust_view import view_error, view_trust
from launcher.store.cache_file.reading import open_cache

if TYPE_CHECKING:
    from launcher.domain.progress import Observer
    from launcher.domain.views import AuditItem, AuditView
    from launcher.flows.session import Session
    from launcher.store.cache_file.listing import CacheItem
    from launcher.store.cache_file.reading import OpenCache


def audit_cache(
    session: Session,
    observer: Observer,
    *,
    require_signed: bool = False,
    deep: bool = False,
    bundle_id: str | None = None,
) -> AuditView:
    """Check every revision of an exported cache against this machine's registry, as of now; nothing is written.

    Args:
        session: What to work with; in the place of its store is the cache.
        observer: Told of every byte that is hashed.
        require_signed: Fail for unsigned bundles too, as enforcement does.
        deep: Hash every content; otherwise names and sizes are compared.
        bundle_id: Only this bundle.

    Raises:
        DamagedCacheFile: It is not what its listing says.
        ParseError: Its listing is malformed.
        StoreError: It cannot be read.
        Cancelled: The observer said so.
    """
    enforced = require_signed or session.is_enforced
    path = session.layout.root
    with open_cache(path) as cache:
        faults = _find_faults(cache, observer) if deep else {}
        items = [
            _audit_item(session, cache, item, faults, deep=deep, enforced=enforced)
            for item in cache.listing.items
            if bundle_id in (None, item.bundle_id)
        ]
    return view_audit(path, items, deep=deep, is_enforced=enforced)


def _find_faults(cache: OpenCache, observer: Observer) -> dict[str, LauncherError]:
    """Hash every member, each once whoever needs it; return what is wrong by the name of the member."""
    members = dict(cache.listing.members())
    observer.phase(Phase.VERIFYING, cache.name, sum(pin.size_bytes for pin in members.values()))
    faults: dict[str, LauncherError] = {}
    for name, pin in members.items():
        digest = hashlib.sha256()
        try:
            for piece in cache.read(name, pin.size_bytes):
                digest.update(piece)
                observer.advance(len(piece))
        except StoreError as error:
            faults[name] = error
            continue
        if digest.hexdigest() != pin.sha256:
            faults[name] = DamagedRevision(
                f"`{name}` is not what it was.", expected=f"sha256 {pin.sha256}", actual=f"sha256 {digest.hexdigest()}"
            )
    return faults


def _audit_item(
    session: Session,
    cache: OpenCache,
    item: CacheItem,
    faults: dict[str, LauncherError],
    *,
    deep: bool,
    enforced: bool,
) -> AuditItem:
    view = new_item(item.bundle_id, item.revision, is_index_signed=item.has_index)
    try:
        manifest = parse_manifest(parse_document(cache.read_document(item.manifest_path, item.manifest)))
        report = check_signatures(manifest.document, session.registry, manifest.channel, session.at)
        view["signature"] = view_trust(report, session.at)
        if manifest.bundle.id != item.bundle_id:  # threat A10
            raise DamagedRevision(
                f"`{item.manifest_path}` is of another bundle.", expected=item.bundle_id, actual=manifest.bundle.id
            )
        CachedContents(cache).require(manifest)
        needed = needed_members(manifest)
        view["faults"] += [view_error(faults[name]) for name in needed if name in faults]
        view["checked_files"] = len(needed)
        view["checked_bytes"] = sum(pin.size_bytes for pin in needed.values()) if deep else 0
    except LauncherError as error:
        view["faults"].append(view_error(error))
    return judged(view, is_enforced=enforced)
