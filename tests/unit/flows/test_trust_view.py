from __future__ import annotations

from typing import Any

import pytest

from launcher.domain.errors import BadSignerRegistry
from launcher.domain.trust import check_signatures, report_installed
from launcher.flows.trust_view import summarise, view_trust, view_unknown
from tests.documents import ALICE, BOB, MALLORY, NOW, document, manifest_root, signed, trust_in, trust_in_entry
from tests.registry import Key


def view_of(*keys: Key, more: dict[str, Any] | None = None, threshold: int = 1) -> Any:  # noqa: ANN401 - by key
    root = signed(manifest_root(), *keys) if keys else manifest_root()
    registry = trust_in(ALICE, BOB, threshold=threshold) if more is None else trust_in_entry(**more)
    return view_trust(check_signatures(document(root), registry, "preview", NOW), NOW)


def test_trusted() -> None:
    assert view_of(ALICE, more={"expires_at": "2027-06-30T00:00:00Z"}) == {
        "ok": True,
        "state": "trusted",
        "sentence": "Signed by Alice, key alice, trusted for preview until 2027-06-30.",
        "key_id": "alice",
        "issuer": "Alice",
        "expires_at": "2027-06-30T00:00:00Z",
        "error": None,
        "warnings": [],
    }


def test_trusted_by_somebody_without_a_name() -> None:
    view = view_of(ALICE, more={"issuer": ""})

    assert (view["sentence"], view["issuer"]) == ("Signed with the key alice, trusted for preview.", None)


@pytest.mark.parametrize(
    ("keys", "threshold", "state", "code", "sentence"),
    [
        ([], 1, "unsigned", "unsigned", "Not signed by anybody."),
        ([MALLORY], 1, "untrusted", "unknown-signer", "The key `mallory` is not in the signer registry."),
        ([ALICE], 2, "untrusted", "threshold-not-met", "Too few trusted keys signed for the channel `preview`."),
        (
            [Key("alice", "Alice", MALLORY.secret)],
            1,
            "invalid",
            "key-mismatch",
            "The signature carries the key id `alice` with another key.",
        ),
    ],
)
def test_not_trusted(keys: list[Key], threshold: int, state: str, code: str, sentence: str) -> None:
    view = view_of(*keys, threshold=threshold)

    assert (view["ok"], view["state"], view["error"]["code"], view["sentence"]) == (False, state, code, sentence)
    assert view["warnings"] == []


def test_nobody_unknown_is_named_as_the_issuer() -> None:
    view = view_of(Key("mallory", "The Operator", MALLORY.secret))

    assert (view["key_id"], view["issuer"]) == ("mallory", None)


def test_bad_signature_beside_a_good_one_is_a_warning() -> None:
    view = view_of(MALLORY, ALICE)

    assert (view["state"], view["key_id"]) == ("trusted", "alice")
    assert view["warnings"] == ["mallory: The key `mallory` is not in the signer registry."]


def test_key_that_expired_since_is_a_warning() -> None:
    registry = trust_in_entry(expires_at="2026-11-20T00:00:00Z")
    report = report_installed(document(signed(manifest_root(), ALICE)), registry, NOW.replace(month=10), NOW)

    view = view_trust(report, NOW)
    assert (view["ok"], view["warnings"]) == (True, ["The key alice has expired since; this was verified before."])


def test_what_was_not_looked_at_is_unknown_and_what_is_broken_is_invalid() -> None:
    broken = view_unknown("S.", BadSignerRegistry("B."))

    assert view_unknown("S.") == {
        "ok": False,
        "state": "unknown",
        "sentence": "S.",
        "key_id": None,
        "issuer": None,
        "expires_at": None,
        "error": None,
        "warnings": [],
    }
    assert (broken["state"], broken["error"] is not None) == ("invalid", True)


@pytest.mark.parametrize("is_enforced", [False, True])
def test_summary_counts_every_state(is_enforced: bool) -> None:  # noqa: FBT001
    forged = Key("alice", "Alice", MALLORY.secret)
    views = [view_of(ALICE), view_of(MALLORY, ALICE), view_of(MALLORY), view_of(forged), view_of(), view_unknown("S.")]

    assert summarise(views, is_enforced=is_enforced) == {
        "total": 6,
        "with_manifest": 5,
        "verified": 3,
        "failed": 2,
        "warnings": 1,
        "missing_signatures": 1,
        "trusted": 2,
        "rejected": 3,
        "trust_shortfall": 1,
        "ok": False,
        "enforced": is_enforced,
    }


@pytest.mark.parametrize(
    ("views", "is_enforced", "is_ok"),
    [
        ([], True, True),
        ([view_of(ALICE)], True, True),
        ([view_of(ALICE), view_of()], False, True),
        ([view_of(ALICE), view_of()], True, False),
        ([view_of(ALICE), view_of(MALLORY)], False, False),
        ([view_of(ALICE), view_unknown("S.")], False, False),
    ],
)
def test_unsigned_fails_only_where_that_is_enforced(views: list[Any], is_enforced: bool, is_ok: bool) -> None:  # noqa: FBT001
    assert summarise(views, is_enforced=is_enforced)["ok"] is is_ok
