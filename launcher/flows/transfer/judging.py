"""Deciding over each bundle of an import before anything of it is written: as online, by this machine's registry."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from launcher.domain.choose import assess_bundle
from launcher.domain.errors import LauncherError
from launcher.domain.floor import raise_floor
from launcher.domain.reason import ReasonCode
from launcher.flows.known import find_same, find_sound, unpacked_bytes
from launcher.flows.manifests import floor_of, prove_manifest
from launcher.flows.trust_view import view_error
from launcher.store.floors import load_floors

if TYPE_CHECKING:
    from launcher.domain.bundle import Manifest
    from launcher.domain.choose import Fit
    from launcher.domain.progress import Observer
    from launcher.domain.trust import Asked, TrustedManifest
    from launcher.domain.views import ImportItem, ImportResult
    from launcher.flows.session import Session
    from launcher.flows.transfer.contents import Contents

_OTHER_PLATFORM: Final = frozenset({"os", "arch"})


@dataclass(frozen=True, slots=True)
class ImportOptions:
    """What a person may ask of an import.

    Attributes:
        bundle_id: Only this bundle.
        force: Store again what is here already.
        dry_run: Say what would be done, and write nothing.
        all_platforms: Take what is made for other systems, too.
        is_newest_only: Of each bundle only what the cache calls the newest of each channel, as a source is followed.
    """

    bundle_id: str | None = None
    force: bool = False
    dry_run: bool = False
    all_platforms: bool = False
    is_newest_only: bool = False


@dataclass(frozen=True, slots=True)
class Candidate:
    """A bundle that an import brings.

    Attributes:
        asked: What it claims to be; what is signed must be the same.
        raw: Its manifest.
    """

    asked: Asked
    raw: bytes
    contents: Contents


@dataclass(frozen=True, slots=True)
class Judged:
    """A candidate after it was looked at; it is stored only if ``result`` is ``accepted``."""

    bundle_id: str
    contents: Contents
    result: ImportResult
    sentence: str
    trusted: TrustedManifest | None = None
    fit: Fit | None = None
    revision: str | None = None
    error: LauncherError | None = None

    def refused(self, error: LauncherError) -> Judged:
        """Return it as refused."""
        return replace(self, result="refused", sentence=error.message, revision=None, error=error)


def judge(session: Session, candidates: list[Candidate], options: ImportOptions, observer: Observer) -> list[Judged]:
    """Decide over all bundles of an import, those of older channel revisions first; nothing is written.

    Raises:
        StoreError: The store cannot be read.
        Cancelled: The observer said so.
    """
    proven = [_prove(session, candidate) for candidate in candidates]
    proven.sort(key=lambda judged: (judged.bundle_id, _channel_revision(judged)))
    floors = load_floors(session.layout.floors)
    standing_keys = session.registry.standing_keys(session.at)
    verdicts = []
    for judged in proven:
        verdict = _judge(session, judged, options, observer) if judged.trusted else judged
        if verdict.result == "accepted" and verdict.trusted is not None:
            try:
                for subject, floor in floor_of(verdict.trusted).items():  # threat E19
                    floors[subject] = raise_floor(subject, floors.get(subject), floor, standing_keys)
            except LauncherError as error:
                verdict = verdict.refused(error)
        verdicts.append(verdict)
    return verdicts


def view_judged(judged: Judged) -> ImportItem:
    """Return what became of a bundle as the faces show it."""
    manifest = judged.trusted.manifest if judged.trusted else None
    return {
        "id": judged.bundle_id,
        "revision": judged.revision,
        "channel": manifest.channel if manifest else None,
        "channel_revision": manifest.channel_revision if manifest else None,
        "upstream_version": manifest.release.upstream_version if manifest else None,
        "platforms": [f"{platform.os}-{platform.arch}" for platform in manifest.bundle.platforms] if manifest else [],
        "size_bytes": unpacked_bytes(manifest) if manifest else None,
        "result": judged.result,
        "sentence": judged.sentence,
        "error": view_error(judged.error) if judged.error else None,
    }


def _prove(session: Session, candidate: Candidate) -> Judged:
    judged = Judged(candidate.asked.bundle_id, candidate.contents, "accepted", "")
    try:
        return replace(judged, trusted=prove_manifest(session, candidate.raw, candidate.asked))
    except LauncherError as error:
        return judged.refused(error)


def _judge(session: Session, judged: Judged, options: ImportOptions, observer: Observer) -> Judged:
    assert judged.trusted is not None  # noqa: S101 - the caller's condition
    manifest = judged.trusted.manifest
    fit = assess_bundle(manifest.bundle, session.machine_probe.survey())
    reason = fit.reasons[0]
    is_foreign = reason.code is ReasonCode.UNSUPPORTED and reason.subject in _OTHER_PLATFORM
    if is_foreign and not options.all_platforms:
        return replace(
            judged, result="skipped", sentence=f"{reason.sentence} `--all-platforms` stores it all the same."
        )
    known = None if options.force else _find_known(session, manifest, options, observer)
    if known is not None:
        return replace(judged, result="already-here", sentence=f"It is here as {known}.", revision=known)
    try:
        judged.contents.require(manifest)
    except LauncherError as error:
        return judged.refused(error)
    return replace(judged, sentence="It would be stored.", fit=fit)


def _find_known(session: Session, manifest: Manifest, options: ImportOptions, observer: Observer) -> str | None:
    """Return which revision of the store makes an import needless: a damaged one does not, it is stored anew."""
    if not options.is_newest_only:
        return find_sound(session, manifest, observer)
    # Followed caches are looked into with every update; whoever then activates a revision compares it.
    return next(reversed(find_same(session, manifest)), None)


def _channel_revision(judged: Judged) -> int:
    return judged.trusted.manifest.channel_revision if judged.trusted else 0
