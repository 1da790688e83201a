"""Bundles and their manifests (3-trust, "Manifest `bundle.json`"): the shapes, and how bytes become them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, Literal

from launcher.domain.errors import BadField, MissingHash, UnknownVersion
from launcher.domain.fields import Fields
from launcher.domain.index import MAX_FILE_BYTES, parse_index
from launcher.domain.member_path import parse_member_path
from launcher.domain.values import NamedTuple

if TYPE_CHECKING:
    from datetime import datetime

    from launcher.domain.canonical import Document
    from launcher.domain.index import IndexEntry

ArchiveFormat = Literal["tar.zst", "tar.gz", "zip"]
ARCHIVE_FORMATS: Final[tuple[ArchiveFormat, ...]] = ("tar.zst", "tar.gz", "zip")
MANIFEST_TYPE: Final = "runtime-bundle"

_ID_SEGMENT = r"[A-Za-z0-9](?:[A-Za-z0-9._-]{0,98}[A-Za-z0-9])?"
_BUNDLE_ID = re.compile(rf"{_ID_SEGMENT}/{_ID_SEGMENT}", re.ASCII)
_CHANNEL = re.compile(r"[a-z][a-z0-9-]{0,39}", re.ASCII)


class Platform(NamedTuple):
    """An operating system and CPU architecture that a bundle is for, as in the manifest."""

    os: str
    arch: str
    min_version: str | None = None
    notes: str | None = None


class Artifact(NamedTuple):
    """One downloadable file. ``url`` may be relative to the document that names it.

    ``sha256`` and ``size_bytes`` are None only in documents of the older format; nothing is ever
    fetched without both (`require_proof`).
    """

    kind: str
    format: str
    url: str | None
    sha256: str | None
    size_bytes: int | None
    strip_prefix: str | None = None
    notes: str | None = None

    def require_proof(self) -> tuple[str, int]:
        """Return ``(sha256, size_bytes)``.

        Raises:
            MissingHash: One of them is absent (threat A9).
        """
        if self.sha256 is None or self.size_bytes is None:
            raise MissingHash(
                f"The {self.kind} artifact `{self.url or self.format}` cannot be proven.",
                expected="sha256 and size_bytes",
                actual="sha256 only" if self.sha256 else "size_bytes only" if self.size_bytes else "neither",
            )
        return self.sha256, self.size_bytes


class Probe(NamedTuple):
    """What staging runs to see that the executable starts on this machine."""

    args: tuple[str, ...]
    expect_status: int
    timeout_ms: int


class Health(NamedTuple):
    """The request that a running server answers when it is well."""

    url: str
    method: str
    expect_status: int
    timeout_ms: int


class Process(NamedTuple):
    """How the runtime is started. ``command`` is a path inside the bundle."""

    command: str
    args: tuple[str, ...] = ()
    env: tuple[tuple[str, str], ...] = ()
    health: Health | None = None
    probe: Probe | None = None


class Consent(NamedTuple):
    """What a person must agree to before the runtime is started."""

    required: bool = False
    modalities: tuple[str, ...] = ()
    note: str = ""


class Support(NamedTuple):
    """The least that the bundle needs of a machine; None means that it does not say."""

    min_glibc: str | None = None
    min_macos: str | None = None
    min_driver: str | None = None
    min_compute_capability: str | None = None
    min_memory_bytes: int | None = None
    driver_notes: str | None = None


class Release(NamedTuple):
    """Which upstream release the bundle holds."""

    upstream: str | None = None
    upstream_version: str | None = None
    issued_at: datetime | None = None
    notes_url: str | None = None


class Bundle(NamedTuple):
    """One runtime for one platform and accelerator.

    ``release`` and ``channel_revision`` are filled where a catalog says them; a manifest says them for itself.
    """

    id: str
    name: str
    description: str
    adapter: str
    accelerator: str
    modalities: tuple[str, ...]
    profiles: tuple[str, ...]
    platforms: tuple[Platform, ...]
    artifacts: tuple[Artifact, ...]
    notes: tuple[str, ...]
    license: str | None
    support: Support
    process: Process | None
    consent: Consent
    release: Release
    channel_revision: int | None

    @property
    def runtime(self) -> str:
        """The runtime's name without channel, ``llama.cpp`` for ``llama.cpp-preview/linux-x86_64-cpu``."""
        return self.id.split("/")[0].rsplit("-", 1)[0]


class Manifest(NamedTuple):
    """A well-formed ``bundle.json``; being well-formed is not being trusted.

    Attributes:
        files: The signed index, or None where the publisher has not unpacked the archives.
        is_older_format: True for a manifest without ``type``.
    """

    document: Document
    bundle: Bundle
    channel: str
    channel_revision: int
    release: Release
    files: tuple[IndexEntry, ...] | None
    is_older_format: bool


def parse_bundle_id(text: str) -> str:
    """Return a bundle id of two plain parts, ``llama.cpp-preview/linux-x86_64-cpu``, or refuse it.

    The id names a folder in the store, so it is as strict as a file name.

    Raises:
        BadField: It is not two plain parts joined by a slash.
        UnsafePath: A part means something else on some system.
    """
    if not _BUNDLE_ID.fullmatch(text):
        raise BadField(
            "A bundle id is not what it must be.",
            expected="two parts of letters, digits, `.`, `_`, `-`, joined by a slash",
            actual=ascii(text[:120]),
        )
    return parse_member_path(text)


def parse_channel(text: str) -> str:
    """Return a channel's name or refuse it.

    Raises:
        BadField: Not a short lower-case word.
    """
    if not _CHANNEL.fullmatch(text):
        raise BadField(
            "A channel's name is not what it must be.", expected="a lower-case word", actual=ascii(text[:60])
        )
    return text


def parse_signed_channel(document: Document) -> str:
    """Return the channel that a manifest or catalog is signed for, without reading the rest of it.

    Raises:
        BadField: It names none.
    """
    root = Fields(document.root, "")
    return parse_channel((root.child("catalog") if "catalog" in root else root).text("channel"))


def parse_manifest(document: Document) -> Manifest:
    """Read a manifest's shape from a strictly parsed document.

    Raises:
        UnknownVersion: Another type of document, or a major version that we do not know.
        BadField: A field is missing or wrong.
        UnsafePath: A listed file name is not safe, or two are one on some system.
    """
    root = Fields(document.root, "")
    check_type(root, MANIFEST_TYPE, optional=True)
    catalog = root.child("catalog")
    bundle = parse_bundle(root.child("bundle"))
    return Manifest(
        document=document,
        bundle=bundle,
        channel=parse_channel(catalog.text("channel")),
        channel_revision=catalog.integer("revision", default=0),
        release=_parse_release(root.child("release")),
        files=parse_index(root.children("files"), len(bundle.artifacts)) if "files" in root else None,
        is_older_format="type" not in root,
    )


def check_type(root: Fields, expected_type: str, *, optional: bool = False) -> None:
    """Check ``type`` and ``version``: one type is never read as another (threats A11, B16).

    ``optional`` lets the older formats pass, which say no type.

    Raises:
        UnknownVersion: They are not the expected type and version 1.
    """
    found = root.text("type", "nothing")
    if found != expected_type and ("type" in root or not optional):
        raise UnknownVersion("This is another type of document.", expected=expected_type, actual=found)
    version = root.integer("version", default=1)
    if version != 1:
        raise UnknownVersion(f"This `{expected_type}` has a version that is not known.", expected=1, actual=version)


def parse_bundle(fields: Fields) -> Bundle:
    """Read a bundle as manifests and catalogs both write it; the errors are those of `parse_manifest`."""
    process = fields.child("metadata").child("process")
    consent = fields.child("metadata").child("consent")
    support = fields.child("support")
    return Bundle(
        id=parse_bundle_id(fields.text("id")),
        name=fields.name("name"),
        description=fields.text("description", ""),
        adapter=fields.text("adapter", "process"),
        accelerator=fields.text("accelerator", "cpu"),
        modalities=fields.texts("modalities"),
        profiles=fields.texts("profiles"),
        platforms=tuple(_parse_platform(platform) for platform in fields.children("platforms")),
        artifacts=tuple(parse_artifact(artifact) for artifact in fields.children("artifacts")),
        notes=fields.texts("notes"),
        license=fields.find_text("license"),
        support=Support(
            min_glibc=support.find_text("min_glibc"),
            min_macos=support.find_text("min_macos"),
            min_driver=support.find_text("min_driver"),
            min_compute_capability=support.find_text("min_compute_capability"),
            min_memory_bytes=support.find_integer("min_memory_bytes"),
            driver_notes=support.find_text("driver_notes"),
        ),
        process=_parse_process(process) if "command" in process else None,
        consent=Consent(consent.flag("required"), consent.texts("modalities"), consent.text("note", "")),
        release=_parse_release(fields.child("release")),
        channel_revision=fields.find_integer("revision"),
    )


def parse_artifact(fields: Fields) -> Artifact:
    """Read one artifact.

    Raises:
        BadField: A field is missing or wrong.
        UnsafePath: ``strip_prefix`` is not a safe folder name.
    """
    strip_prefix = fields.find_text("strip_prefix")
    return Artifact(
        kind=fields.text("kind", "archive"),
        format=fields.text("format", ""),
        url=fields.find_text("url"),
        sha256=fields.find_sha256("sha256"),
        size_bytes=fields.find_integer("size_bytes", maximum=MAX_FILE_BYTES),
        strip_prefix=parse_member_path(strip_prefix.rstrip("/")) if strip_prefix else None,
        notes=fields.find_text("notes"),
    )


def _parse_release(fields: Fields) -> Release:
    return Release(
        upstream=fields.find_text("upstream"),
        upstream_version=fields.find_text("upstream_version"),
        issued_at=fields.find_time("issued_at"),
        notes_url=fields.find_text("notes_url"),
    )


def _parse_platform(fields: Fields) -> Platform:
    return Platform(
        os=fields.name("os"),
        arch=fields.name("arch"),
        min_version=fields.find_text("min_version"),
        notes=fields.find_text("notes"),
    )


def _parse_process(fields: Fields) -> Process:
    health, probe = fields.child("health"), fields.child("probe")
    env = fields.text_map("env")
    if any(not name or "=" in name or "\0" in name + value for name, value in env.items()):
        raise fields.bad("env", "names and values that a process can be given", "another")
    return Process(
        command=parse_member_path(fields.text("command")),
        args=_parse_args(fields),
        env=tuple(env.items()),
        health=_parse_health(health) if "url" in health else None,
        probe=_parse_probe(probe) if "probe" in fields else None,
    )


def _parse_args(fields: Fields) -> tuple[str, ...]:
    args = fields.texts("args")
    if any("\0" in arg for arg in args):
        raise fields.bad("args", "texts that a process can be given", "one with a NUL")
    return args


def _parse_health(fields: Fields) -> Health:
    url = fields.name("url")
    if not url.isascii():
        raise fields.bad("url", "a URL in ASCII", ascii(url[:120]))
    return Health(
        url=url,
        method=fields.text("method", "GET"),
        expect_status=fields.integer("expect_status", 100, 599, default=200),
        timeout_ms=fields.integer("timeout_ms", 1, 600_000, default=2_000),
    )


def _parse_probe(fields: Fields) -> Probe:
    return Probe(
        args=_parse_args(fields),
        expect_status=fields.integer("expect_status", 0, 255, default=0),
        timeout_ms=fields.integer("timeout_ms", 1, 600_000, default=10_000),
    )
