"""Attacks on keys and signatures: threat rows B1 to B9 and B15 to B17.

B10 stands in `test_trust.py`, B11 to B14 in `test_documents.py`.
"""

from __future__ import annotations

import base64
import hashlib
import json
import subprocess
import sys
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from launcher.domain.bundle import parse_manifest
from launcher.domain.canonical import parse_document
from launcher.domain.catalog import parse_catalog
from launcher.domain.errors import (
    BadField,
    BadKey,
    BadSignature,
    BadSignerRegistry,
    ExpiredSigner,
    KeyMismatch,
    LauncherError,
    NotYetValidSigner,
    RevokedSigner,
    UnknownSigner,
    UnknownVersion,
    WrongChannel,
)
from launcher.domain.signers import is_weak_key, parse_signer_registry
from launcher.domain.trust import check_signatures, public_key_of, report_installed, sign
from launcher.flows.signing import load_key, parse_key
from tests.documents import (
    ALICE,
    BOB,
    MALLORY,
    NOW,
    catalog_root,
    document,
    manifest_root,
    registry_bytes,
    signed,
    trust_in,
    trust_in_entry,
)
from tests.registry import Key

if TYPE_CHECKING:
    from launcher.domain.signature_report import SignatureReport

SECOND = timedelta(seconds=1)
ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
# Edwards25519 (RFC 8032): -x² + y² = 1 + d·x²·y² over the integers modulo P; L is the order of the base point.
P = 2**255 - 19
L = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, -1, P) % P
Point = tuple[int, int]


def b64(data: bytes) -> str:
    return base64.b64encode(data).decode()


def entry_with(key: Key = ALICE, /, **changes: Any) -> dict[str, Any]:  # noqa: ANN401 - JSON
    """Return a manifest that a key signed, with changes to its one signature entry; None takes a field away."""
    root = signed(manifest_root(), key)
    entry = root["signatures"][0] | changes
    return root | {"signatures": [{name: value for name, value in entry.items() if value is not None}]}


def judge(root: dict[str, Any]) -> SignatureReport:
    return check_signatures(document(root), trust_in(ALICE), "preview", NOW)


def objection(root: dict[str, Any]) -> type[LauncherError] | None:
    report = judge(root)
    found = report.find_objection()
    assert report.is_trusted is (found is None)
    return None if found is None else type(found)


def test_b1_copied_key_id() -> None:
    theirs = Key(ALICE.key_id, ALICE.issuer, MALLORY.secret)
    alice_key = b64(public_key_of(ALICE.secret))

    assert objection(entry_with(ALICE)) is None
    assert objection(entry_with(theirs)) is KeyMismatch
    assert (
        objection(entry_with(theirs, public_key_b64=None)) is BadSignature
    )  # the registry's key is the one that counts
    assert objection(entry_with(theirs, public_key_b64=alice_key)) is BadSignature
    assert (
        objection(entry_with(theirs, public_key_b64=None, public_key=b64(public_key_of(MALLORY.secret)))) is KeyMismatch
    )


def test_b2_trusted_key_under_another_id() -> None:
    renamed = Key("somebody-else", "Alice", ALICE.secret)

    assert objection(entry_with(renamed)) is KeyMismatch
    assert objection(entry_with(renamed, public_key_b64=None)) is BadSignature


def test_b2_swapped_ids() -> None:
    swapped = signed(manifest_root(), Key("alice", "", BOB.secret), Key("bob", "", ALICE.secret))

    report = check_signatures(document(swapped), trust_in(ALICE, BOB), "preview", NOW)
    assert not report.is_valid
    assert isinstance(report.find_objection(), KeyMismatch)


def spellings(key: bytes) -> list[str]:
    """Return texts that lax decoders of base64 take for the same key."""
    text = b64(key)
    position = ALPHABET.index(text[-2])
    trailing_bits = (
        text[:-2] + ALPHABET[position ^ 1] + "="
    )  # the last two bits of the last character belong to no byte
    url_safe = text.replace("+", "-").replace("/", "_")
    return [text, f"{text}\n", f" {text}", text[:-1], trailing_bits, *([url_safe] if url_safe != text else [])]


@pytest.mark.parametrize("spelling", spellings(public_key_of(ALICE.secret)))
def test_b3_one_key_twice_in_the_registry(spelling: str) -> None:
    again = ALICE.as_signer() | {"key_id": "another", "public_key_b64": spelling}

    with pytest.raises(BadSignerRegistry, match=r"signers\[1\]"):
        parse_signer_registry(registry_bytes(ALICE.as_signer(), again))


def test_b3_one_key_id_twice_in_the_registry() -> None:
    again = BOB.as_signer() | {"key_id": ALICE.key_id}

    with pytest.raises(BadSignerRegistry, match="stands twice"):
        parse_signer_registry(registry_bytes(ALICE.as_signer(), again))


def add(left: Point, right: Point) -> Point:
    (x1, y1), (x2, y2) = left, right
    product = D * x1 * x2 * y1 * y2 % P
    x3 = (x1 * y2 + x2 * y1) * pow(1 + product, -1, P) % P
    y3 = (y1 * y2 + x1 * x2) * pow(1 - product, -1, P) % P
    return x3, y3


def times(factor: int, point: Point) -> Point:
    total: Point = (0, 1)
    for bit in f"{factor:b}":
        total = add(total, total)
        if bit == "1":
            total = add(total, point)
    return total


def root_of(square: int) -> int | None:
    """Return a square root modulo P, or None where there is none."""
    candidate = pow(square, (P + 3) // 8, P)
    for root in (candidate, candidate * pow(2, (P - 1) // 4, P) % P):
        if root * root % P == square % P:
            return root
    return None


def find_points(y: int) -> list[Point]:
    """Return the curve's points of this y."""
    x = root_of((y * y - 1) * pow(D * y * y + 1, -1, P))
    return [] if x is None else sorted({(x, y), (-x % P, y)})


def low_order_points() -> set[Point]:
    """Return the eight points whose order divides eight: what is left of any point after taking it L times."""
    found: set[Point] = set()
    y = 2
    while len(found) < 8:
        found |= {times(L, point) for point in find_points(y)}
        y += 1
    assert all(times(8, point) == (0, 1) for point in found)
    return found


def encodings_of(points: set[Point]) -> set[bytes]:
    """Return every 32 bytes that a decoder may take for one of the points: y or y + P, and either sign where x is 0."""
    numbers = {
        encoded_y | sign << 255
        for x, y in points
        for encoded_y in (y, y + P)
        if encoded_y < 2**255
        for sign in ({x & 1} if x else {0, 1})
    }
    return {number.to_bytes(32, "little") for number in numbers}


LOW_ORDER = sorted(encodings_of(low_order_points()))


def test_b4_there_are_fourteen_low_order_encodings() -> None:
    assert len(LOW_ORDER) == 14


@pytest.mark.parametrize("key", LOW_ORDER, ids=[key.hex()[:8] + key.hex()[-4:] for key in LOW_ORDER])
def test_b4_low_order_key(key: bytes) -> None:
    assert is_weak_key(key)
    with pytest.raises(BadSignerRegistry, match=r"signers\[1\]\.public_key_b64"):
        parse_signer_registry(registry_bytes(ALICE.as_signer(), BOB.as_signer(public_key_b64=b64(key))))
    # R the same small point and S zero: with luck in the hash, a signature without any secret.
    for first in LOW_ORDER:
        forged = entry_with(key_id="weak", public_key_b64=b64(key), signature=b64(first + bytes(32)))
        assert objection(forged) is BadSignature


@pytest.mark.parametrize("above", range(19))
@pytest.mark.parametrize("sign", [0, 1])
def test_b4_key_that_is_not_spelled_canonically(above: int, sign: int) -> None:
    key = (P + above | sign << 255).to_bytes(32, "little")

    with pytest.raises(BadSignerRegistry):
        parse_signer_registry(registry_bytes(ALICE.as_signer(public_key_b64=b64(key))))


def test_b5_malleable_signature() -> None:
    good = base64.b64decode(entry_with()["signatures"][0]["signature"])
    number = int.from_bytes(good[32:], "little")
    assert number < L

    for factor in (1, 2, 7):
        other = good[:32] + (number + factor * L).to_bytes(32, "little")
        assert objection(entry_with(signature=b64(other))) is BadSignature
    assert objection(entry_with(signature=b64(good))) is None


def lax(text: str) -> list[str]:
    position = ALPHABET.index(text.rstrip("=")[-1])
    padding = "=" * text.count("=")
    trailing_bits = text.rstrip("=")[:-1] + ALPHABET[position ^ 1] + padding
    url_safe = text[:8] + "-_" + text[10:]
    return [
        f"{text}\n",
        f"{text[:20]}\n{text[20:]}",
        f"{text}!",
        trailing_bits,
        url_safe,
        text.rstrip("="),
        f"{text}==",
    ]


@pytest.mark.parametrize("form", range(7))
@pytest.mark.parametrize("field", ["signature", "public_key_b64"])
def test_b6_lax_base64(field: str, form: int) -> None:
    text = entry_with()["signatures"][0][field]

    assert objection(entry_with(**{field: lax(text)[form]})) is BadSignature
    if field == "public_key_b64":
        with pytest.raises(BadSignerRegistry):
            parse_signer_registry(registry_bytes(ALICE.as_signer(public_key_b64=lax(text)[form])))


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"expires_at": "2026-11-23T07:59:59Z"}, ExpiredSigner),
        ({"expires_at": "2026-11-23T08:00:00Z"}, None),
        ({"not_before": "2026-11-23T08:00:01Z"}, NotYetValidSigner),
        ({"not_before": "2026-11-23T08:00:00Z"}, None),
        ({"revoked_at": "2026-11-23T08:00:00Z"}, RevokedSigner),
        ({"revoked_at": "2026-11-23T08:00:01Z"}, None),
        ({"channels": ["stable"]}, WrongChannel),
        ({"channels": []}, WrongChannel),
        ({"channels": ["*"]}, None),
    ],
)
def test_b7_signer_that_does_not_hold(changes: dict[str, Any], error: type[LauncherError] | None) -> None:
    report = check_signatures(document(entry_with()), trust_in_entry(**changes), "preview", NOW)

    found = report.find_objection()
    assert (None if found is None else type(found)) is error
    assert (report.is_trusted, report.is_valid) == (error is None, True)


def test_b7_absent_channels_are_no_channels() -> None:
    entry = ALICE.as_signer()
    del entry["channels"]

    report = check_signatures(document(entry_with()), parse_signer_registry(registry_bytes(entry)), "preview", NOW)
    assert isinstance(report.find_objection(), WrongChannel)


def test_b8_signer_that_expired_after_the_installation() -> None:
    registry = trust_in_entry(expires_at="2026-11-23T09:00:00Z")
    later = NOW + timedelta(days=365)

    assert report_installed(document(entry_with()), registry, NOW, later).is_trusted
    assert not report_installed(document(entry_with()), registry, NOW + timedelta(hours=2), later).is_trusted
    assert not check_signatures(document(entry_with()), registry, "preview", later).is_trusted


BAD_TIMES = [
    *(
        "",
        "never",
        "2026-13-01",
        "2026-12-01",
        "2026-12-01T00:00:00",
        "2026-12-01T00:00:00+14:00",
        "2026-06-30T23:59:60Z",
    ),
    *("2026-12-01T00:00:00-00:00", "2026-02-30T00:00:00Z", "2026-12-01T00:00Z", "1796083200", "2026-12-01T00:00:00z"),
]


@pytest.mark.parametrize("moment", [*BAD_TIMES, None, 0, 1796083200, False])
@pytest.mark.parametrize("field", ["expires_at", "not_before", "revoked_at"])
def test_b9_malformed_time_in_the_registry(field: str, moment: object) -> None:
    with pytest.raises(BadSignerRegistry, match=rf"signers\[1\]\.{field}"):
        parse_signer_registry(registry_bytes(BOB.as_signer(), ALICE.as_signer() | {field: moment}))


@pytest.mark.parametrize("moment", [*BAD_TIMES, None, 0])
@pytest.mark.parametrize("field", ["expires_at", "issued_at"])
def test_b9_malformed_time_in_the_catalog(field: str, moment: object) -> None:
    with pytest.raises(BadField):
        parse_catalog(document(catalog_root(**{field: moment})))


def test_b15_spacing_order_and_escapes_are_not_signed() -> None:
    root = entry_with()
    root["later"] = {"é\u2028\x7f😀": [1, None, True], "B": -7, "a": '\u0000\n"\\/'}
    root = signed(root, ALICE)
    reversed_keys = dict(reversed(root.items()))
    forms = [
        json.dumps(root),
        json.dumps(root, indent=4, ensure_ascii=False),
        json.dumps(reversed_keys, separators=(",", ":")).replace("/", "\\/"),
        json.dumps(reversed_keys, indent="\t").replace("\n", "\r\n"),
    ]

    for form in forms:
        assert check_signatures(parse_document(form.encode()), trust_in(ALICE), "preview", NOW).is_trusted


@pytest.mark.parametrize(
    "edit",
    [
        lambda root: root["bundle"].update(name=root["bundle"]["name"] + " "),
        lambda root: root["bundle"].update(name=root["bundle"]["name"].replace("(", "\u200b(")),
        lambda root: root["catalog"].update(revision=43),
        lambda root: root["catalog"].update(revision=str(root["catalog"]["revision"])),
        lambda root: root["files"].reverse(),
        lambda root: root["files"][0].update(executable=1),
        lambda root: root["bundle"].update(license=None),
        lambda root: root.pop("release"),
        lambda root: root.update({"": ""}),
        lambda root: root["bundle"].update(signatures=[]),
    ],
)
def test_b15_everything_else_is_signed(edit: Any) -> None:  # noqa: ANN401 - a function of JSON
    root = entry_with()
    edit(root)

    assert objection(root) is BadSignature


def test_b15_normalisation_is_not_applied() -> None:
    composed = signed(manifest_root(note="caf\u00e9"), ALICE)

    assert objection(composed) is None
    assert objection(composed | {"note": "cafe\u0301"}) is BadSignature


def test_b15_a_claimed_digest_is_no_proof() -> None:
    other = document(signed(manifest_root(note="other"), ALICE))
    root = entry_with() | {"note": "other"}
    root["signatures"][0]["manifest_sha256"] = f"sha256:{other.sha256}"

    assert objection(root) is BadSignature


def test_b16_unknown_fields_are_covered_by_the_signature() -> None:
    root = signed(manifest_root(x_later={"a": 1}), ALICE)

    assert parse_manifest(document(root)).channel == "preview"
    assert objection(root) is None
    assert objection(root | {"x_later": {"a": 2}}) is BadSignature


@pytest.mark.parametrize("version", [0, 2, 10**9])
def test_b16_unknown_major_version_is_refused_however_well_it_is_signed(version: int) -> None:
    with pytest.raises(UnknownVersion):
        parse_manifest(document(signed(manifest_root(version=version), ALICE)))
    with pytest.raises(UnknownVersion):
        parse_catalog(document(signed(catalog_root(version=version), ALICE)))
    with pytest.raises(BadSignerRegistry):
        parse_signer_registry(registry_bytes(ALICE.as_signer(), version=version))


SECRET = hashlib.sha256(b"a secret of this test").digest()
SECRETS = [b64(SECRET), SECRET.hex(), repr(SECRET)[2:-1], base64.urlsafe_b64encode(SECRET).decode().rstrip("=")]


def test_b17_no_error_repeats_a_secret(tmp_path: Path) -> None:
    key_file = tmp_path / "key"
    key_file.write_text(b64(SECRET) + b64(SECRET))
    key_file.chmod(0o600)
    with pytest.raises(BadKey) as of_file:
        load_key(key_file)
    with pytest.raises(BadKey) as of_text:
        parse_key(b64(SECRET)[:-1].encode(), "the key")
    key_file.chmod(0o644)
    with pytest.raises(BadKey) as of_mode:
        load_key(key_file)

    said = [json.dumps(caught.value.as_json()) + repr(caught.value) for caught in (of_file, of_text, of_mode)]
    said.append(json.dumps(sign(document({}), SECRET, at=NOW, issuer=None, key_id=None)))
    assert [secret for secret in SECRETS for text in said if secret in text] == []


def test_b17_signing_leaves_no_secret_anywhere(tmp_path: Path, home: Path) -> None:
    key_file, manifest = tmp_path / "signing.key", tmp_path / "bundle.json"
    key_file.write_text(b64(SECRET) + "\n")
    key_file.chmod(0o600)
    manifest.write_text(json.dumps(manifest_root()))
    sign_it = ["runtime", "bundles", "manifest", "sign", str(manifest), "--issuer", "ci"]
    said = b""

    for arguments, fed, status in [
        (["--key-file", str(key_file)], "", 0),
        (["--key-b64", "-"], b64(SECRET), 0),
        (["--key-file", str(key_file), "--events", "jsonl"], "", 0),
        (["--key-b64", "-"], b64(SECRET) + "x", 1),
    ]:
        done = subprocess.run(
            [sys.executable, "-m", "launcher", "cli", *sign_it, *arguments],
            check=False,
            capture_output=True,
            input=fed.encode(),
            cwd=Path(__file__).parents[2],
        )
        assert done.returncode == status, done.stderr
        said += done.stdout + done.stderr

    assert objection(json.loads(manifest.read_bytes())) is UnknownSigner
    written = b"".join(path.read_bytes() for path in home.rglob("*") if path.is_file()) + manifest.read_bytes()
    assert [secret for secret in SECRETS if secret.encode() in said + written] == []
