from __future__ import annotations

import base64
import re
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from launcher.domain.errors import (
    BadSignerRegistry,
    ExpiredSigner,
    NotYetValidSigner,
    RevokedSigner,
    SignatureError,
    WrongChannel,
)
from launcher.domain.signers import (
    NOBODY,
    Signer,
    decode_base64,
    default_key_id,
    is_weak_key,
    parse_signer_registry,
)
from launcher.domain.trust import public_key_of
from tests.documents import ALICE, BOB, NOW, fingerprint, registry_bytes, trust_in, trust_in_entry

KEY = public_key_of(ALICE.secret)
SECOND = timedelta(seconds=1)
SIGNER = Signer("alice", KEY, "Alice", ("preview",))


def test_registry_is_read_whole() -> None:
    entry = ALICE.as_signer(
        ["preview", "stable"],
        not_before="2026-01-01T00:00:00Z",
        expires_at="2027-01-01T00:00:00Z",
        revoked_at="2026-12-01T00:00:00Z",
        notes="n",
    )
    raw = registry_bytes(entry, BOB.as_signer([]), type="runtime-signers", channels={"stable": {"threshold": 2}})

    registry = parse_signer_registry(raw)

    assert registry.find_by_key_id("alice") == Signer(
        "alice",
        KEY,
        "Alice",
        ("preview", "stable"),
        datetime(2026, 1, 1, tzinfo=UTC),
        datetime(2027, 1, 1, tzinfo=UTC),
        datetime(2026, 12, 1, tzinfo=UTC),
        "n",
    )
    assert registry.find_by_key(public_key_of(BOB.secret)) == Signer("bob", public_key_of(BOB.secret), "Bob", ())
    assert registry.find_by_key_id("carol") is None
    assert registry.find_by_key(bytes(32)) is None
    assert (registry.threshold("stable"), registry.threshold("preview")) == (2, 1)


@pytest.mark.parametrize(
    ("changes", "named"),
    [
        ({"type": "runtime-catalog"}, "`type`"),
        ({"version": 2}, "`version`"),
        ({"version": None}, "`version`"),
        ({"signers": {}}, "`signers`"),
        ({"signers": [ALICE.as_signer(), {}]}, "`signers[1].public_key_b64`"),
        ({"signers": [ALICE.as_signer(key_id="")]}, "`signers[0].key_id`"),
        ({"signers": [ALICE.as_signer(key_id="a\x1b[2J")]}, "`signers[0].key_id`"),
        ({"signers": [ALICE.as_signer(public_key_b64=base64.b64encode(KEY[:31]).decode())]}, "public_key_b64"),
        ({"signers": [ALICE.as_signer(public_key_b64=base64.b64encode(KEY + b"x").decode())]}, "public_key_b64"),
        ({"signers": [{**ALICE.as_signer(), "channels": "*"}]}, "`signers[0].channels`"),
        ({"signers": [{**ALICE.as_signer(), "channels": [None]}]}, "`signers[0].channels`"),
        ({"channels": []}, "`channels`"),
        ({"channels": {"preview": 2}}, "`channels.preview`"),
        ({"channels": {"preview": {"threshold": 0}}}, "`channels.preview.threshold`"),
        ({"channels": {"preview": {"threshold": 101}}}, "`channels.preview.threshold`"),
        ({"channels": {"*": {"threshold": 2}}}, "channel's name"),  # would silently demand nothing
        ({"channels": {"Stable": {"threshold": 2}}}, "channel's name"),
    ],
)
def test_one_bad_entry_refuses_the_registry_and_is_named(changes: dict[str, Any], named: str) -> None:
    with pytest.raises(BadSignerRegistry, match=rf"The signer registry is broken\. .*{re.escape(named)}"):
        parse_signer_registry(registry_bytes(**changes))


@pytest.mark.parametrize(
    ("changes", "at", "objection"),
    [
        ({}, NOW, None),
        ({"not_before": NOW}, NOW, None),
        ({"not_before": NOW}, NOW - SECOND, NotYetValidSigner),
        ({"expires_at": NOW}, NOW, None),
        ({"expires_at": NOW}, NOW + SECOND, ExpiredSigner),
        ({"revoked_at": NOW}, NOW - SECOND, None),
        ({"revoked_at": NOW}, NOW, RevokedSigner),
        ({"revoked_at": NOW, "expires_at": NOW - SECOND}, NOW, RevokedSigner),
        ({"channels": ("*",)}, NOW, None),
        ({"channels": ("stable", "preview")}, NOW, None),
        ({"channels": ("stable",)}, NOW, WrongChannel),
        ({"channels": ()}, NOW, WrongChannel),
        ({"channels": ("prev", "preview-2", "PREVIEW", "")}, NOW, WrongChannel),
    ],
)
def test_signer_holds_for_its_channels_in_its_time(
    changes: dict[str, Any], at: datetime, objection: type[SignatureError] | None
) -> None:
    found = SIGNER._replace(**changes).find_objection("preview", at)

    assert (None if found is None else type(found)) is objection


def test_objection_names_channels_and_times() -> None:
    wrong = SIGNER._replace(channels=("stable", "nightly")).find_objection("preview", NOW)
    expired = SIGNER._replace(expires_at=NOW - SECOND).find_objection("preview", NOW)

    assert wrong is not None
    assert (wrong.expected, wrong.actual) == ("a signer of `preview`", "a signer of `stable`, `nightly`")
    assert expired is not None
    assert (expired.expected, expired.actual) == (
        "a signer that is valid on 2026-11-23T08:00:00Z",
        "expired 2026-11-23T07:59:59Z",
    )


def test_standing_keys_are_the_listed_and_not_revoked_ones() -> None:
    assert trust_in(ALICE, BOB).standing_keys(NOW) == {fingerprint(ALICE), fingerprint(BOB)}
    assert trust_in_entry(expires_at="2020-01-01T00:00:00Z").standing_keys(NOW) == {fingerprint(ALICE)}
    revoked = trust_in_entry(revoked_at="2026-11-23T08:00:00Z")
    assert revoked.standing_keys(NOW) == frozenset()
    assert revoked.standing_keys(NOW - SECOND) == {fingerprint(ALICE)}
    assert NOBODY.standing_keys(NOW) == frozenset()


@pytest.mark.parametrize("text", ["", "QUI=", "QUJD", "+/+/"])
def test_canonical_base64_is_decoded(text: str) -> None:
    assert decode_base64(text) == base64.b64decode(text)


@pytest.mark.parametrize(
    "text", ["QUI", "QUJ=", "QUI=\n", " QUI=", "QU-_", "QUI==", "Q", "====", "QUI=QUI=", "é", "\ud800"]
)
def test_other_spellings_of_base64_are_refused(text: str) -> None:
    assert decode_base64(text) is None


def test_honest_keys_are_not_weak() -> None:
    assert not is_weak_key(KEY)
    assert not is_weak_key(public_key_of(BOB.secret))


def test_default_key_id_is_the_start_of_the_digest_of_the_key() -> None:
    # the test key A of tests/golden/keys.json, written by the older implementation
    key = base64.b64decode("A6EHv/POEL4dcN0Y50vAmWfk1jCbpQ1fHdyGZBJVMbg=")

    assert default_key_id(key) == "ed25519-sha256:56475aa75463474c0285"
