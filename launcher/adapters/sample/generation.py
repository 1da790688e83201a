"""One generation of the sample registry: found on disk, or made from the one before and what is new."""

from __future__ import annotations

import os
import shutil
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from launcher.adapters.sample.bundles import (
    CHANNEL,
    ISSUER,
    KEY_ID,
    MANIFEST_NAME,
    Publisher,
    build_name,
    publish_llama,
    publish_whisper,
)
from launcher.adapters.sample.layout import FIRST_STAGE, KEY_NAME, SECOND_STAGE, SIGNERS_NAME, SampleRegistry
from launcher.adapters.sample.notices import write_change_log
from launcher.domain.bundle import parse_manifest
from launcher.domain.canonical import parse_document
from launcher.domain.catalog import parse_catalog
from launcher.domain.errors import LauncherError, UsageError
from launcher.domain.trust import public_key_of
from launcher.flows.publish import Edition, PublishedFile, create_catalog
from launcher.flows.signing import create_signer, dump, load_key, new_key, sign_json
from launcher.store.disk_errors import named_disk_errors
from launcher.store.durable import remove_tree, write_durably

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from pathlib import Path

    from launcher.adapters.sample.bundles import PackedBuild
    from launcher.adapters.sample.whisper import WhisperReleases
    from launcher.domain.bundle import Manifest
    from launcher.domain.catalog import Catalog

CATALOG_LIFETIME: Final = timedelta(days=30)
RENEWED_BEFORE: Final = timedelta(days=1)
KEY_LIFETIME: Final = timedelta(days=365)
WHISPER: Final = f"whisper.cpp-{CHANNEL}"
LLAMA: Final = f"llama.cpp-{CHANNEL}"


@dataclass(frozen=True, slots=True)
class Generation:
    """A generation on disk; ``catalog`` is that of its second stage."""

    number: int
    folder: Path
    catalog: Catalog

    def has(self, runtime: str) -> bool:
        """Tell whether it offers bundles of a runtime, `WHISPER` or `LLAMA`."""
        return any(bundle.id.startswith(f"{runtime}/") for bundle in self.catalog.bundles)

    def holds(self, sha256: str) -> bool:
        """Tell whether it offers an archive of this digest."""
        return any(artifact.sha256 == sha256 for bundle in self.catalog.bundles for artifact in bundle.artifacts)

    def is_fresh(self, at: datetime) -> bool:
        """Tell whether its catalogs do not expire soon."""
        expires_at = self.catalog.expires_at
        return expires_at is not None and at < expires_at - RENEWED_BEFORE


@dataclass(frozen=True, slots=True)
class NewParts:
    """What a generation adds to the one before; None for what it does not."""

    whisper: WhisperReleases | None
    build: PackedBuild | None

    @property
    def are_new(self) -> bool:
        """Tell whether there is anything."""
        return self.whisper is not None or self.build is not None


def find_newest(folder: Path) -> Generation | None:
    """Return the newest generation below a folder, or None; one that was damaged by hand is as good as none."""
    for number in sorted(_numbers(folder), reverse=True):
        with suppress(LauncherError):
            return _read_generation(folder, number)
    return None


def make_generation(
    folder: Path, draft: Path, previous: Generation | None, parts: NewParts, at: datetime
) -> Generation:
    """Make the generation that follows ``previous`` in ``draft``, and rename it to its place when it is whole.

    Raises:
        LauncherError: A part cannot be published, or the disk refused.
    """
    secret_key = _provide_key(folder, at)
    number = max(_numbers(folder), default=0) + 1  # also past one that is damaged
    # Two channel revisions a generation, one for each stage: they only ever go up.
    editions = Edition(CHANNEL, 2 * number - 1, at), Edition(CHANNEL, 2 * number, at)
    with named_disk_errors(draft):
        draft.mkdir()
        if previous is not None:
            _take_over(previous, draft, replaced=[LLAMA] if parts.build else [])
    publisher = Publisher(draft, secret_key)
    if parts.whisper is not None:
        for wheel, edition in zip(parts.whisper.mine, editions, strict=False):
            publish_whisper(publisher, wheel, edition)
        for wheel in parts.whisper.others:
            publish_whisper(publisher, wheel, editions[0])
    if parts.build is not None:
        for edition in editions:
            publish_llama(publisher, parts.build, edition, is_again=edition is not editions[0])
    for stage, edition in zip((FIRST_STAGE, SECOND_STAGE), editions, strict=True):
        _write_stage(draft, stage, edition, secret_key)
    return _put_in_place(folder, draft, number)


def _provide_key(folder: Path, at: datetime) -> bytes:
    """Return the sample's key, made at the first call, and let the sample's signer registry trust it for a year."""
    path = folder / KEY_NAME
    with suppress(UsageError):  # it is there already
        new_key(path)
    secret_key = load_key(path)
    signer = create_signer(
        public_key_of(secret_key), issuer=ISSUER, channels=[CHANNEL], key_id=KEY_ID, expires_at=at + KEY_LIFETIME
    )
    registry = {"version": 1, "channels": {CHANNEL: {"threshold": 1}}, "signers": [signer]}
    with named_disk_errors(folder):
        write_durably(folder / SIGNERS_NAME, dump(registry))
    return secret_key


def _take_over(previous: Generation, draft: Path, replaced: Sequence[str]) -> None:
    """Bring the bundles of the generation before, sharing their files."""
    for runtime in {WHISPER, LLAMA}.difference(replaced):
        source = previous.folder / runtime
        if source.is_dir():
            shutil.copytree(source, draft / runtime, copy_function=_share)


def _share(source: str, target: str) -> None:
    try:
        os.link(source, target)
    except OSError:  # a file system without hard links
        shutil.copy2(source, target)


def _write_stage(draft: Path, stage: int, edition: Edition, secret_key: bytes) -> None:
    """Write one stage's change log and signed catalog: the first edition of each bundle, or the newest."""
    manifests: list[PublishedFile] = []
    mine: list[Manifest] = []
    for folder in sorted(draft.glob("*/*/")):
        paths = sorted(folder.glob(f"r*/{MANIFEST_NAME}"), key=lambda path: int(path.parent.name[1:]))[:stage]
        contents = [path.read_bytes() for path in paths]
        manifests.append(PublishedFile(paths[-1].relative_to(draft).as_posix(), contents[-1]))
        if folder.name == build_name():  # nobody wants notices about programs for other machines
            mine += [parse_manifest(parse_document(content)) for content in contents]
    change_log = PublishedFile(f"changes.r{stage}.md", write_change_log(mine))
    catalog = create_catalog(
        edition,
        manifests,
        expires_at=edition.at + CATALOG_LIFETIME,
        change_log=change_log,
        notes="The sample registry, made on this machine.",
    )
    signed = sign_json(catalog, secret_key, at=edition.at, issuer=ISSUER, key_id=KEY_ID)
    with named_disk_errors(draft):
        (draft / change_log.url).write_bytes(change_log.content)
        SampleRegistry(draft, draft).catalog_path(stage).write_bytes(dump(signed))


def _put_in_place(folder: Path, draft: Path, number: int) -> Generation:
    with named_disk_errors(folder):
        draft.rename(_generation_path(folder, number))
        for old in _numbers(folder):
            if old < number - 1:  # the one before may be served right now
                remove_tree(_generation_path(folder, old))
    return _read_generation(folder, number)


def _numbers(folder: Path) -> list[int]:
    """Return the numbers of all generations below a folder, whole or not."""
    return [int(path.name[-4:]) for path in folder.glob("generation-[0-9][0-9][0-9][0-9]")]


def _generation_path(folder: Path, number: int) -> Path:
    return folder / f"generation-{number:04}"


def _read_generation(folder: Path, number: int) -> Generation:
    path = _generation_path(folder, number)
    with named_disk_errors(path):
        raw = SampleRegistry(path, folder / SIGNERS_NAME).catalog_path(SECOND_STAGE).read_bytes()
    return Generation(number, path, parse_catalog(parse_document(raw)))
