from __future__ import annotations

import pytest

from launcher.domain.errors import (
    BadSignature,
    KeyMismatch,
    SignatureError,
    ThresholdNotMet,
    UnknownSigner,
    Unsigned,
    WrongChannel,
)
from launcher.domain.signature_report import SignatureFinding, SignatureReport, Standing
from launcher.domain.signers import Signer

ALICE = Signer("alice", bytes(32), "Alice", ("preview",))
BOB = Signer("bob", bytes([1] * 32), "Bob", ("preview",))


def trusted(signer: Signer) -> SignatureFinding:
    return SignatureFinding(signer.key_id, signer.issuer, Standing.TRUSTED, None, signer)


def refused(error: SignatureError, standing: Standing = Standing.INVALID) -> SignatureFinding:
    return SignatureFinding("mallory", "", standing, error, None)


def report(*findings: SignatureFinding, threshold: int = 1) -> SignatureReport:
    return SignatureReport("preview", threshold, findings)


def test_each_key_counts_once() -> None:
    twice = report(trusted(ALICE), trusted(ALICE), threshold=2)
    both = report(trusted(ALICE), trusted(BOB), threshold=2)

    assert (twice.is_trusted, len(twice.trusted_keys)) == (False, 1)
    assert isinstance(twice.find_objection(), ThresholdNotMet)
    assert (both.is_trusted, both.trusted_key_ids, both.signer) == (True, frozenset({"alice", "bob"}), ALICE)
    assert both.find_objection() is None


def test_nobody_signed() -> None:
    empty = report()

    assert (empty.is_trusted, empty.is_valid, empty.signer) == (False, False, None)
    assert isinstance(empty.find_objection(), Unsigned)


@pytest.mark.parametrize("first", [0, 1, 2])
def test_the_gravest_objection_is_told_in_any_order(first: int) -> None:
    errors = [UnknownSigner("u"), BadSignature("b"), KeyMismatch("k")]
    findings = [refused(error) for error in errors[first:] + errors[:first]]

    assert isinstance(report(*findings).find_objection(), KeyMismatch)
    graver = [finding for finding in findings if not isinstance(finding.objection, KeyMismatch)]
    assert isinstance(report(*graver).find_objection(), BadSignature)


def test_of_equal_objections_the_first_is_told() -> None:
    unknown, wrong = UnknownSigner("u"), WrongChannel("w")

    assert report(refused(unknown), refused(wrong)).find_objection() is unknown
    assert report(refused(wrong), refused(unknown)).find_objection() is wrong


def test_good_signature_of_nobody_we_trust_is_valid_and_not_trusted() -> None:
    signed = report(refused(BadSignature("b")), refused(UnknownSigner("u"), Standing.UNTRUSTED))

    assert (signed.is_valid, signed.is_trusted, signed.signer) == (True, False, None)
    assert not report(refused(BadSignature("b"))).is_valid
