from __future__ import annotations

import base64
import json
import os
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from launcher.domain.canonical import parse_document
from launcher.domain.errors import BadField, BadKey, DiskFailure, DuplicateKey, UsageError
from launcher.domain.signers import default_key_id, parse_signer_registry
from launcher.domain.trust import check_signatures, public_key_of
from launcher.flows.signing import create_signer, dump, load_key, new_key, parse_key, sign_json

if TYPE_CHECKING:
    from pathlib import Path

AT = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
ONE, OTHER = bytes(range(32)), bytes(range(1, 33))
POSIX_MODES = pytest.mark.skipif(os.name != "posix", reason="this system has no mode bits")


def sign_with(secret_key: bytes, document: bytes | dict[str, Any], key_id: str | None = None) -> dict[str, Any]:
    return sign_json(document, secret_key, at=AT, issuer="ci@test", key_id=key_id)


def test_signed_document_is_trusted_by_a_registry_with_the_signer() -> None:
    signer = create_signer(public_key_of(ONE), issuer="ci@test", channels=["preview"])
    registry = parse_signer_registry(dump({"version": 1, "signers": [signer]}))

    signed = sign_with(ONE, {"a": "é", "b": [1, {"c": None}]})

    for raw in (dump(signed), dump(signed, compact=True), json.dumps(signed).encode()):
        report = check_signatures(parse_document(raw), registry, "preview", AT)
        assert report.trusted_key_ids == {default_key_id(public_key_of(ONE))}


def test_signing_again_replaces_the_signature_of_the_same_key_only() -> None:
    twice = sign_with(ONE, sign_with(OTHER, sign_with(ONE, {"a": 1}, key_id="one"), key_id="other"), key_id="one")

    assert [entry["key_id"] for entry in twice["signatures"]] == ["other", "one"]


def test_renamed_key_replaces_its_own_signature() -> None:
    renamed = sign_with(ONE, sign_with(ONE, {"a": 1}, key_id="old"), key_id="new")

    assert [entry["key_id"] for entry in renamed["signatures"]] == ["new"]


def test_bytes_are_parsed_strictly_before_they_are_signed() -> None:
    with pytest.raises(DuplicateKey):
        sign_with(ONE, b'{"a": 1, "a": 2}')
    with pytest.raises(BadField, match="signatures"):
        sign_with(ONE, b'{"signatures": ["no object"]}')


def test_signer_states_what_it_may() -> None:
    public_key = public_key_of(ONE)

    assert create_signer(
        public_key, issuer="ci@test", channels=["preview", "stable"], key_id="k", expires_at=AT + timedelta(days=1)
    ) == {
        "key_id": "k",
        "public_key_b64": base64.b64encode(public_key).decode(),
        "issuer": "ci@test",
        "channels": ["preview", "stable"],
        "expires_at": "2026-11-24T08:00:00Z",
    }


def test_new_key_can_be_loaded_and_is_never_overwritten(tmp_path: Path) -> None:
    path = tmp_path / "signing.key"

    public_key = new_key(path)

    assert public_key_of(load_key(path)) == public_key
    before = path.read_bytes()
    with pytest.raises(UsageError, match="already"):
        new_key(path)
    assert path.read_bytes() == before


def test_new_keys_differ(tmp_path: Path) -> None:
    assert new_key(tmp_path / "a") != new_key(tmp_path / "b")


@POSIX_MODES
def test_new_key_is_for_its_owner_alone_whatever_the_umask(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        new_key(tmp_path / "signing.key")
    finally:
        os.umask(before)

    assert (tmp_path / "signing.key").stat().st_mode & 0o777 == 0o600


@POSIX_MODES
@pytest.mark.parametrize("mode", [0o640, 0o604, 0o620, 0o601])
def test_key_that_others_can_reach_is_refused(mode: int, tmp_path: Path) -> None:
    path = tmp_path / "signing.key"
    new_key(path)
    path.chmod(mode)

    with pytest.raises(BadKey) as caught:
        load_key(path)
    assert (caught.value.expected, caught.value.actual) == ("mode 0600", f"mode {mode:04o}")


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"not base64!",
        base64.b64encode(ONE[:31]),
        base64.b64encode(ONE + OTHER),
        base64.b64encode(ONE).rstrip(b"="),
        b"\xff" * 44,
        base64.b64encode(ONE) * 200,
    ],
)
def test_what_is_no_key_is_refused_and_not_repeated(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "signing.key"
    path.write_bytes(content)
    path.chmod(0o600)

    with pytest.raises(BadKey) as caught:
        load_key(path)
    assert not content or content.decode("latin-1") not in json.dumps(caught.value.as_json())


def test_absent_key_is_a_named_failure(tmp_path: Path) -> None:
    with pytest.raises(DiskFailure):
        load_key(tmp_path / "absent")


def test_key_may_end_with_a_line_end() -> None:
    assert parse_key(base64.b64encode(ONE) + b"\r\n", "stdin") == ONE


def test_forms_of_a_document() -> None:
    assert dump({"é": [1]}) == '{\n  "é": [\n    1\n  ]\n}\n'.encode()
    assert dump({"é": [1]}, compact=True) == '{"é":[1]}'.encode()
