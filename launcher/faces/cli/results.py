"""The objects that ``--json`` prints where a view of `launcher.domain.views` alone is not one object.

`list`, `update`, `rollback`, `audit`, `smoke` and `manifest verify` print their view as it is.
``docs/reference/json.md`` is generated from here and from there.
"""

from __future__ import annotations

from typing import Any, Literal, TypedDict

from launcher.domain.care_views import SettingView  # noqa: TC001 - docs/generate.py reads the annotations
from launcher.domain.views import (  # noqa: TC001 - docs/generate.py reads the annotations
    BannerView,
    CatalogView,
    ErrorView,
    InstallationView,
    InstallView,
    RevisionView,
    SignatureSummary,
    SourceView,
)


class FailureResult(TypedDict):
    """Any command that failed before it had a result."""

    ok: Literal[False]
    error: ErrorView


class InstallResult(TypedDict):
    """``install``: what was installed, in the order that it was asked for."""

    installed: list[InstallView]


class RevisionsResult(TypedDict):
    """``rollback --list``: the revisions on this machine."""

    id: str
    active: str | None
    revisions: list[RevisionView]


class PathResult(TypedDict):
    """``path``: where the active payload is."""

    id: str
    path: str


class RefreshResult(TypedDict):
    """``refresh``: the catalogs after it; ``ok`` tells whether all of them could be fetched and verified."""

    ok: bool
    catalogs: list[CatalogView]


class RemoveResult(TypedDict):
    """``remove``: what is gone; ``size_bytes`` counts contents that other bundles share too."""

    id: str
    size_bytes: int


class PinResult(TypedDict):
    """``pin`` and ``unpin``: whether the revision is kept for good now."""

    id: str
    revision: str
    is_pinned: bool


class CleanUpResult(TypedDict):
    """``move --clean-up``: the folders in which something was deleted."""

    removed: list[str]


class ConsentResult(TypedDict):
    """``run --revoke-consent``: whether there is a consent now."""

    id: str
    has_consent: bool


class SettingsResult(TypedDict):
    """``settings``: the settings that were asked for or changed; ``path`` is the file of all, which need not exist."""

    path: str
    settings: list[SettingView]


class NoticesResult(TypedDict):
    """``notices``: those that concern this machine and are not dismissed."""

    banners: list[BannerView]


class DismissResult(TypedDict):
    """``notices --dismiss`` and ``--restore``: the key that was given, and whether it is shown now."""

    key: str
    is_shown: bool


class NodeAudit(TypedDict):
    """What one node said of its installations; ``error`` where it could not be asked."""

    base: str
    ok: bool
    signature_summary: SignatureSummary | None
    installations: list[InstallationView]
    error: ErrorView | None


class FleetResult(TypedDict):
    """``audit --remote``: every node that was asked; ``ok`` decides the exit status."""

    ok: bool
    require_signed: bool
    nodes: list[NodeAudit]


class SignerEntry(TypedDict):
    """An entry of a signer registry, ready to paste (3-trust, "Signer registry")."""

    key_id: str
    public_key_b64: str
    issuer: str
    channels: list[str]


class KeyResult(TypedDict):
    """``keys new``: where the secret half of a new key is, and its entry for a signer registry."""

    path: str
    key_id: str
    public_key_b64: str
    registry_entry: SignerEntry


class ManifestResult(TypedDict):
    """``manifest create`` and ``sign``: what was written; ``files`` is null where the publisher lists none."""

    path: str
    id: str | None
    channel: str | None
    revision: int | None
    files: int | None
    key_id: str | None


class SourcesResult(TypedDict):
    """``source list``, and the one source of ``source add`` and ``source remove``."""

    sources: list[SourceView]


class SampleStep(TypedDict):
    """One step of ``sample``: what was done, and what came of it."""

    step: str
    sentence: str


class SampleResult(TypedDict):
    """``sample``: the bundle that was chosen, and the steps with it."""

    id: str
    steps: list[SampleStep]


MachineResult = dict[str, Any]
"""``survey``: the facts of `launcher.domain.machine.Machine`, null where one could not be found out."""
