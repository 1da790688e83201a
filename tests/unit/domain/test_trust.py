from __future__ import annotations

import base64
import json
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from launcher.domain.bundle import parse_manifest
from launcher.domain.canonical import parse_document
from launcher.domain.catalog import parse_catalog
from launcher.domain.errors import (
    BadField,
    BadSignature,
    CatalogExpired,
    ExpiredSigner,
    KeyMismatch,
    LauncherError,
    NotYetIssued,
    RevokedSigner,
    ThresholdNotMet,
    UnknownSigner,
    Unsigned,
    WrongBundle,
    WrongChannel,
)
from launcher.domain.signature_report import Standing
from launcher.domain.signers import NOBODY, parse_signer_registry
from launcher.domain.trust import (
    MAX_SIGNATURES,
    Asked,
    check_not_expired,
    check_signatures,
    new_secret_key,
    public_key_of,
    report_installed,
    sign,
    verify_catalog,
    verify_installed,
    verify_manifest,
)
from tests.documents import (
    ALICE,
    BOB,
    MALLORY,
    NOW,
    bundle_root,
    catalog,
    catalog_root,
    document,
    fingerprint,
    manifest,
    manifest_root,
    registry_bytes,
    signed,
    trust_in,
    trust_in_entry,
)
from tests.registry import LLAMA, Key

if TYPE_CHECKING:
    from launcher.domain.signers import SignerRegistry

ASKED = Asked(LLAMA, "preview")
DAY = timedelta(days=1)
HOUR = timedelta(hours=1)
SECOND = timedelta(seconds=1)


def entry_with(**changes: Any) -> dict[str, Any]:  # noqa: ANN401 - JSON
    """Return a manifest signed by Alice whose one signature entry is changed; None takes a field away."""
    root = signed(manifest_root(), ALICE)
    entry = root["signatures"][0] | changes
    return root | {"signatures": [{name: value for name, value in entry.items() if value is not None}]}


def test_trusted_manifest_is_a_proof_that_names_its_signer() -> None:
    signed_by_both = manifest(ALICE, BOB)

    trusted = verify_manifest(signed_by_both, trust_in(ALICE, BOB, threshold=2), ASKED, NOW)

    assert trusted.manifest is signed_by_both
    assert [(finding.key_id, finding.standing) for finding in trusted.report.findings] == [
        ("alice", Standing.TRUSTED),
        ("bob", Standing.TRUSTED),
    ]
    assert trusted.report.trusted_keys == {fingerprint(ALICE), fingerprint(BOB)}
    assert (trusted.report.channel, trusted.report.threshold) == ("preview", 2)


@pytest.mark.parametrize(
    ("keys", "registry", "error"),
    [
        ([], trust_in(ALICE), Unsigned),
        ([MALLORY], trust_in(ALICE), UnknownSigner),
        ([ALICE], NOBODY, UnknownSigner),
        ([Key("alice", "Alice", MALLORY.secret)], trust_in(ALICE), KeyMismatch),
        ([Key("mallory", "Mallory", ALICE.secret)], trust_in(ALICE), KeyMismatch),
        ([ALICE], trust_in(ALICE, BOB, threshold=2), ThresholdNotMet),
        ([ALICE, ALICE], trust_in(ALICE, BOB, threshold=2), ThresholdNotMet),
        ([ALICE], trust_in_entry(channels=["stable"]), WrongChannel),
        ([ALICE], trust_in_entry(expires_at="2026-11-23T07:59:59Z"), ExpiredSigner),
        ([ALICE], trust_in_entry(revoked_at="2026-11-23T08:00:00Z"), RevokedSigner),
    ],
)
def test_manifest_without_enough_trusted_signatures_is_refused(
    keys: list[Key], registry: SignerRegistry, error: type[LauncherError]
) -> None:
    with pytest.raises(error):
        verify_manifest(manifest(*keys), registry, ASKED, NOW)


@pytest.mark.parametrize(
    "changes",
    [
        {"alg": None},
        {"alg": "ED25519"},
        {"alg": "rsa"},
        {"alg": 7},
        {"key_id": None},
        {"key_id": 7},
        {"issuer": 7},
        {"signature": None},
        {"signature": ""},
        {"signature": base64.b64encode(bytes(63)).decode()},
        {"signature": base64.b64encode(bytes(64)).decode()},
        {"manifest_sha256": None},
        {"manifest_sha256": "ab" * 32},
        {"manifest_sha256": "sha256:" + "ab" * 32},
        {"public_key_b64": "!"},
        {"public_key_b64": base64.b64encode(bytes(31)).decode()},
        {"public_key_b64": 7},
        {"key_id": "unknown", "public_key_b64": None},
    ],
)
def test_malformed_signature_is_a_finding_and_refused(changes: dict[str, Any]) -> None:
    report = check_signatures(document(entry_with(**changes)), trust_in(ALICE), "preview", NOW)

    assert [finding.standing for finding in report.findings] == [Standing.INVALID]
    assert isinstance(report.find_objection(), BadSignature)


@pytest.mark.parametrize("changes", [{"public_key_b64": None}, {"issuer": None}, {"issued_at": None}, {"more": 1}])
def test_what_a_signature_need_not_say(changes: dict[str, Any]) -> None:
    assert check_signatures(document(entry_with(**changes)), trust_in(ALICE), "preview", NOW).is_trusted


def test_embedded_key_may_have_its_older_name() -> None:
    key = entry_with()["signatures"][0]["public_key_b64"]
    other = base64.b64encode(public_key_of(MALLORY.secret)).decode()

    good = document(entry_with(public_key_b64=None, public_key=key))
    bad = document(entry_with(public_key_b64=None, public_key=other))
    assert check_signatures(good, trust_in(ALICE), "preview", NOW).is_trusted
    assert isinstance(check_signatures(bad, trust_in(ALICE), "preview", NOW).find_objection(), KeyMismatch)


@pytest.mark.parametrize("signatures", ["x", {}, [1], 7])
def test_signatures_that_are_no_list_of_objects_are_malformed(signatures: object) -> None:
    with pytest.raises(BadField):
        check_signatures(document(manifest_root(signatures=signatures)), trust_in(ALICE), "preview", NOW)


def test_signatures_have_a_limit() -> None:
    root = signed(manifest_root(), ALICE)
    entry = root["signatures"][0]

    most = document(root | {"signatures": [entry] * MAX_SIGNATURES})
    assert check_signatures(most, trust_in(ALICE), "preview", NOW).is_trusted
    with pytest.raises(BadField):
        check_signatures(document(root | {"signatures": [entry] * (MAX_SIGNATURES + 1)}), NOBODY, "preview", NOW)


def test_who_signed_is_what_the_registry_says_for_nobody_signed_the_entry() -> None:
    report = check_signatures(document(entry_with(issuer="The Operator")), trust_in(ALICE), "preview", NOW)
    unknown = check_signatures(document(entry_with(issuer="The Operator")), NOBODY, "preview", NOW)

    assert [finding.issuer for finding in report.findings] == ["Alice"]
    assert [finding.issuer for finding in unknown.findings] == ["The Operator"]


@pytest.mark.parametrize(
    ("asked", "what"),
    [
        (Asked("llama.cpp-preview/linux-arm64-cpu", "preview"), "bundle"),
        (Asked(LLAMA, "stable"), "channel"),
        (Asked(LLAMA, "preview", catalog(bundles=[bundle_root(accelerator="cuda")]).bundles[0]), "accelerator"),
        (
            Asked(
                LLAMA,
                "preview",
                catalog(bundles=[bundle_root(platforms=[{"os": "linux", "arch": "arm64"}])]).bundles[0],
            ),
            "platforms",
        ),
        (Asked(LLAMA, "preview", catalog(bundles=[bundle_root(platforms=[])]).bundles[0]), "platforms"),
    ],
)
def test_what_was_signed_must_be_what_was_asked_for(asked: Asked, what: str) -> None:
    with pytest.raises(WrongBundle, match=f"signed for another {what}"):
        verify_manifest(manifest(ALICE), trust_in(ALICE), asked, NOW)


def test_platforms_may_be_in_any_order() -> None:
    linux, mac = {"os": "linux", "arch": "x86_64"}, {"os": "macos", "arch": "arm64", "min_version": "13.3"}
    offered = catalog(bundles=[bundle_root(platforms=[mac, linux])]).bundles[0]
    signed_manifest = manifest(ALICE, bundle=bundle_root(platforms=[linux, mac]))

    assert verify_manifest(signed_manifest, trust_in(ALICE), Asked(LLAMA, "preview", offered), NOW).report.is_trusted


@pytest.mark.parametrize(("ahead", "is_refused"), [(HOUR, False), (HOUR + SECOND, True), (-3650 * DAY, False)])
def test_nothing_is_from_the_future(ahead: timedelta, is_refused: bool) -> None:  # noqa: FBT001
    issued_at = (NOW + ahead).strftime("%Y-%m-%dT%H:%M:%SZ")
    new_manifest, new_catalog = manifest(ALICE, release={"issued_at": issued_at}), catalog(ALICE, issued_at=issued_at)
    if not is_refused:
        assert verify_manifest(new_manifest, trust_in(ALICE), ASKED, NOW).report.is_trusted
        assert verify_catalog(new_catalog, trust_in(ALICE), NOW, is_local=False).report.is_trusted
        return
    with pytest.raises(NotYetIssued):
        verify_manifest(new_manifest, trust_in(ALICE), ASKED, NOW)
    with pytest.raises(NotYetIssued):
        verify_catalog(new_catalog, trust_in(ALICE), NOW, is_local=False)


def test_catalog_of_the_network_must_be_signed_and_one_of_this_machine_need_not() -> None:
    unsigned = catalog()

    with pytest.raises(Unsigned):
        verify_catalog(unsigned, trust_in(ALICE), NOW, is_local=False)
    local = verify_catalog(unsigned, trust_in(ALICE), NOW, is_local=True)
    assert (local.is_local, local.report.is_trusted) == (True, False)


@pytest.mark.parametrize("is_local", [True, False])
def test_catalog_that_is_signed_must_be_signed_well_wherever_it_lies(is_local: bool) -> None:  # noqa: FBT001
    forged = parse_catalog(document(signed(catalog_root(), ALICE) | {"revision": 43}))

    assert verify_catalog(catalog(ALICE), trust_in(ALICE), NOW, is_local=is_local).report.is_trusted
    with pytest.raises(UnknownSigner):
        verify_catalog(catalog(MALLORY), trust_in(ALICE), NOW, is_local=is_local)
    with pytest.raises(BadSignature):
        verify_catalog(forged, trust_in(ALICE), NOW, is_local=is_local)


def test_catalog_expires_a_second_after_its_time() -> None:
    offered = catalog(expires_at="2026-11-23T08:00:00Z")

    check_not_expired(offered, NOW)
    with pytest.raises(CatalogExpired) as caught:
        check_not_expired(offered, NOW + SECOND)
    assert (caught.value.expected, caught.value.actual) == (
        "one that is valid on 2026-11-23T08:00:01Z",
        "expired 2026-11-23T08:00:00Z",
    )


def test_catalog_without_an_expiry_does_not_expire() -> None:
    root = catalog_root()
    del root["expires_at"]

    check_not_expired(parse_catalog(document(root)), NOW + 3650 * DAY)


def installed_registry(alice: dict[str, Any], bob: dict[str, Any], threshold: int) -> SignerRegistry:
    entries = [ALICE.as_signer() | alice, BOB.as_signer() | bob]
    return parse_signer_registry(registry_bytes(*entries, channels={"preview": {"threshold": threshold}}))


EXPIRED = {"expires_at": "2026-11-20T00:00:00Z"}
REVOKED = {"revoked_at": "2026-11-20T00:00:00Z"}
NEVER_HELD = {"expires_at": "2026-11-01T00:00:00Z"}
LATER = {"not_before": "2026-11-16T00:00:00Z"}


@pytest.mark.parametrize(
    ("alice", "bob", "threshold", "is_trusted"),
    [
        ({}, {}, 2, True),
        (EXPIRED, {}, 2, True),
        (EXPIRED, EXPIRED, 2, True),
        (EXPIRED, REVOKED, 1, True),  # one was good then and is not revoked; the other is only a finding
        (EXPIRED, REVOKED, 2, False),
        ({}, REVOKED, 1, True),
        (REVOKED, REVOKED, 1, False),
        (EXPIRED | REVOKED, REVOKED, 1, False),
        (NEVER_HELD, NEVER_HELD, 1, False),
        (NEVER_HELD, EXPIRED, 1, True),
        (EXPIRED | LATER, REVOKED, 1, False),
        (EXPIRED | {"channels": ["stable"]}, REVOKED, 1, False),
    ],
)
def test_of_what_is_installed_expiry_alone_is_forgiven(
    alice: dict[str, Any],
    bob: dict[str, Any],
    threshold: int,
    is_trusted: bool,  # noqa: FBT001
) -> None:
    installed, registry = manifest(ALICE, BOB), installed_registry(alice, bob, threshold)
    installed_at = NOW - 8 * DAY

    assert report_installed(installed.document, registry, installed_at, NOW).is_trusted is is_trusted
    if is_trusted:
        assert verify_installed(installed, registry, installed_at, NOW).is_trusted
        return
    with pytest.raises(LauncherError):
        verify_installed(installed, registry, installed_at, NOW)


def test_installed_in_the_future_is_installed_now() -> None:
    registry = trust_in_entry(not_before="2027-01-01T00:00:00Z", expires_at="2027-02-01T00:00:00Z")

    assert not report_installed(manifest(ALICE).document, registry, NOW + 60 * DAY, NOW).is_trusted


def test_installed_is_judged_for_the_channel_that_was_signed() -> None:
    stable = manifest(ALICE, catalog={"channel": "stable", "revision": 1})

    report = report_installed(stable.document, trust_in(ALICE), NOW, NOW)
    assert (report.channel, report.is_trusted) == ("stable", False)


def test_signature_is_over_the_canonical_bytes_and_says_whose_it_is() -> None:
    entry = sign(document({"b": 1, "a": 2}), ALICE.secret, at=NOW, issuer="ci", key_id=None)

    assert set(entry) == {"alg", "key_id", "public_key_b64", "signature", "manifest_sha256", "issued_at", "issuer"}
    assert (entry["alg"], entry["key_id"], entry["issuer"]) == ("ed25519", fingerprint(ALICE), "ci")
    assert entry["issued_at"] == "2026-11-23T08:00:00Z"
    assert base64.b64decode(entry["public_key_b64"]) == public_key_of(ALICE.secret)
    same = sign(document({"a": 2, "b": 1}), ALICE.secret, at=NOW, issuer=None, key_id="k")
    assert (same["signature"], same["key_id"], "issuer" in same) == (entry["signature"], "k", False)


def test_signatures_do_not_sign_each_other() -> None:
    root = manifest_root()
    both = signed(root, ALICE, BOB)
    alone = root | {"signatures": both["signatures"][1:]}

    assert verify_manifest(parse_manifest(document(alone)), trust_in(BOB), ASKED, NOW).report.is_trusted
    assert parse_document(json.dumps(both).encode()).sha256 == document(root).sha256


def test_new_keys_are_random() -> None:
    assert len({new_secret_key() for _ in range(8)}) == 8
    assert {len(new_secret_key()), len(public_key_of(new_secret_key()))} == {32}
