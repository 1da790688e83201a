"""Signing: signatures on documents, and the keys that make them (docs/explanation/trust.md)."""

from __future__ import annotations

import json
import os
import stat
from typing import TYPE_CHECKING, Any, Final

from launcher.domain.canonical import parse_document
from launcher.domain.errors import BadKey, UsageError
from launcher.domain.fields import Fields, format_time
from launcher.domain.signers import KEY_BYTES, decode_base64, default_key_id, encode_base64
from launcher.domain.trust import new_secret_key, public_key_of, sign
from launcher.store.disk_errors import named_disk_errors

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime
    from pathlib import Path

_KEY_FILE_MODE: Final = 0o600
_OTHERS: Final = stat.S_IRWXG | stat.S_IRWXO
_MAX_KEY_FILE_BYTES: Final = 4096
_HAS_MODES: Final = os.name == "posix"


def sign_json(
    document: bytes | Mapping[str, Any], secret_key: bytes, *, at: datetime, issuer: str | None, key_id: str | None
) -> dict[str, Any]:
    """Return a document with a signature added; an earlier signature by the same key is replaced.

    Args:
        document: A manifest or catalog, as bytes or parsed.
        secret_key: The 32 secret bytes of an ed25519 key.
        at: When it is signed.
        issuer: Who signs, for people to read.
        key_id: The key's id in the registries; None for the default one.

    Raises:
        ParseError: The document is not strict JSON, or its ``signatures`` are not an array of objects.
    """
    parsed = parse_document(document if isinstance(document, bytes) else dump(document))
    entry = sign(parsed, secret_key, at=at, issuer=issuer, key_id=key_id)
    Fields(parsed.root, "").children("signatures")
    kept = [
        other
        for other in parsed.root.get("signatures") or []
        if other.get("key_id") != entry["key_id"] and other.get("public_key_b64") != entry["public_key_b64"]
    ]
    return {**parsed.root, "signatures": [*kept, entry]}


def create_signer(
    public_key: bytes,
    *,
    issuer: str,
    channels: Sequence[str],
    key_id: str | None = None,
    expires_at: datetime | None = None,
) -> dict[str, Any]:
    """Return a key's entry for a signer registry (3-trust, "Signer registry").

    Args:
        public_key: The 32 public bytes of an ed25519 key.
        issuer: Whose it is, for people to read.
        channels: What it may sign; ``*`` is every channel.
        key_id: Its id; None for the default one.
        expires_at: Until when its word counts; None for ever.
    """
    entry = {
        "key_id": key_id or default_key_id(public_key),
        "public_key_b64": encode_base64(public_key),
        "issuer": issuer,
        "channels": list(channels),
    }
    return entry | ({"expires_at": format_time(expires_at)} if expires_at else {})


def dump(document: Mapping[str, Any], *, compact: bool = False) -> bytes:
    """Write a document as JSON; how it is spaced changes nothing about what is signed."""
    if compact:
        return json.dumps(document, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")
    return (json.dumps(document, ensure_ascii=False, indent=2) + "\n").encode("utf-8", "surrogatepass")


def new_key(path: Path) -> bytes:
    """Make a signing key and write it to a new file that only its owner can read; return its public half.

    The file holds the 32 secret bytes in base64 and a line end.

    Raises:
        UsageError: There is a file already; a key is never overwritten.
        StoreError: The disk refused.
    """
    secret_key = new_secret_key()
    with named_disk_errors(path):
        try:
            descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _KEY_FILE_MODE)
        except FileExistsError:
            raise UsageError(
                f"There is a file `{path}` already.", expected="a new name", hint="A key is never overwritten."
            ) from None
        with os.fdopen(descriptor, "wb") as file:
            file.write(encode_base64(secret_key).encode() + b"\n")
            file.flush()
            os.fsync(file.fileno())
    return public_key_of(secret_key)


def load_key(path: Path) -> bytes:
    """Return the 32 secret bytes of a key file.

    Raises:
        BadKey: Others can read the file, or it does not hold a key. Its content is in no message.
        StoreError: There is no such file, or the disk refused.
    """
    with named_disk_errors(path), path.open("rb") as file:
        mode = os.fstat(file.fileno()).st_mode
        content = file.read(_MAX_KEY_FILE_BYTES + 1)
    if _HAS_MODES and mode & _OTHERS:
        raise BadKey(
            f"The key file `{path}` is open to others.",
            expected=f"mode {_KEY_FILE_MODE:04o}",
            actual=f"mode {stat.S_IMODE(mode):04o}",
            hint=f"`chmod 600 {path}`; if others could read it, make a new key.",
        )
    return parse_key(content, f"the key file `{path}`")


def parse_key(content: bytes, source: str) -> bytes:
    """Return the 32 secret bytes that a text of base64 holds; ``source`` says where it came from.

    Raises:
        BadKey: It does not hold a key.
    """
    secret_key = decode_base64(content.strip().decode("ascii", "replace"))
    if secret_key is None or len(secret_key) != KEY_BYTES:
        raise BadKey(
            f"There is no signing key in {source}.",
            expected=f"{KEY_BYTES} bytes in canonical base64",
            actual="something else",
        )
    return secret_key
