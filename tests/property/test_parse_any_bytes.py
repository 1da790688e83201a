"""For any bytes, parsing and verifying return a value or raise one of ours, nothing else (2-architecture, "Errors")."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from launcher.domain.bundle import parse_manifest, parse_signed_channel
from launcher.domain.canonical import MAX_DEPTH, MAX_INTEGER, canonical_bytes, parse_document
from launcher.domain.catalog import parse_catalog
from launcher.domain.errors import LauncherError, ParseError
from launcher.domain.fields import find_time, format_time
from launcher.domain.history import parse_state
from launcher.domain.member_path import collision_key, parse_member_path
from launcher.domain.settings import parse_settings
from launcher.domain.signers import parse_signer_registry
from launcher.domain.start import plan_start
from launcher.domain.trust import (
    Asked,
    check_not_expired,
    check_signatures,
    report_installed,
    verify_catalog,
    verify_installed,
    verify_manifest,
)
from tests.documents import ALICE, BOB, NOW, bundle_root, catalog_root, manifest_root, registry_bytes, signed, trust_in
from tests.registry import LLAMA

if TYPE_CHECKING:
    import random
    from collections.abc import Callable

REGISTRY = trust_in(ALICE)
MANIFEST = signed(
    manifest_root(
        bundle=bundle_root(
            support={"min_glibc": "2.34", "min_memory_bytes": 7},
            metadata={
                "process": {
                    "command": "llama-server",
                    "args": ["--port", "8080"],
                    "env": {"A": "b"},
                    "health": {"url": "http://127.0.0.1:8080/health", "timeout_ms": 5},
                    "probe": {"args": ["--version"]},
                },
                "consent": {"required": True},
            },
        )
    ),
    ALICE,
    BOB,
)
CATALOG = signed(catalog_root(changelog={"url": "c.md", "sha256": "ab" * 32}), ALICE)
SIGNERS = json.loads(
    registry_bytes(
        ALICE.as_signer(expires_at="2027-01-01T00:00:00Z"), BOB.as_signer(), channels={"preview": {"threshold": 2}}
    )
)
SETTINGS = {"channels": ["preview"], "sources": ["https://e.org"], "http_hosts": ["e.org"]}
STATE = {
    "version": 1,
    "sequence": 1,
    "active": "rev-20261101T000000Z",
    "held": [{"revision": "rev-20261101T000000Z", "manifest_sha256": "ab" * 32, "channel_revision": 1}],
    "history": [
        {"sequence": 1, "at": "2026-11-01T00:00:00Z", "action": "activate", "revision": "rev-20261101T000000Z"}
    ],
}

texts = st.text(max_size=12)
integers = st.integers(-MAX_INTEGER, MAX_INTEGER)
values = st.recursive(
    st.none() | st.booleans() | integers | texts,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(texts, inner, max_size=4),
    max_leaves=12,
)
objects = st.dictionaries(texts, values, max_size=5)
# What stands in for a field: other types, and texts that mean something elsewhere.
odd_values = values | st.sampled_from(
    [
        *("", "\x00", "..", "/", "a\\b", "con", "*", "\u202e", "é", "a=b", "http://127.0.0.1:1/\r\n", "http://[::1"),
        *("2026-11-23T08:00:60Z", "9999-12-31T23:59:59Z", "0001-01-01T00:00:00Z", "sha256:", "ab" * 32, "=" * 44),
        *(-1, 2**53 - 1, True, [], {}, [{}], [[]], [None], {"channel": None}),
    ]
)
raw_bytes = st.binary(max_size=200) | st.lists(
    st.sampled_from(
        [b"{", b"}", b"[", b"]", b'"', b"\\", b",", b":", b"1", b"-", b"e", b".", b"null", b'"a"', b"\xff", b" "]
    ),
    max_size=40,
).map(b"".join)


def judge_manifest(raw: bytes) -> None:
    document = parse_document(raw)
    report_installed(document, REGISTRY, NOW, NOW)
    manifest = parse_manifest(document)
    if manifest.bundle.process is not None:
        plan_start(manifest.bundle.process, port=1, model="m")
    verify_installed(manifest, REGISTRY, NOW, NOW)
    verify_manifest(manifest, REGISTRY, Asked(LLAMA, "preview"), NOW)


def judge_catalog(raw: bytes) -> None:
    catalog = parse_catalog(parse_document(raw))
    check_not_expired(catalog, NOW)
    verify_catalog(catalog, REGISTRY, NOW, is_local=True)


def judge_registry(raw: bytes) -> None:
    registry = parse_signer_registry(raw)
    document = parse_document(json.dumps(MANIFEST).encode())
    check_signatures(document, registry, "preview", NOW).find_objection()
    registry.standing_keys(NOW)


def judge_state(raw: bytes) -> None:
    parse_state(parse_document(raw).root)


KINDS: dict[str, tuple[dict[str, Any], Callable[[bytes], object]]] = {
    "manifest": (MANIFEST, judge_manifest),
    "catalog": (CATALOG, judge_catalog),
    "registry": (SIGNERS, judge_registry),
    "settings": (SETTINGS, parse_settings),
    "state": (STATE, judge_state),
}
kinds = pytest.mark.parametrize("kind", KINDS)


def raises_only_ours(judge: Callable[[bytes], object], raw: bytes) -> bool:
    """Return whether it was accepted; any error that is not ours fails the test by itself."""
    try:
        judge(raw)
    except LauncherError as error:
        refusal = error
    else:
        return True
    assert refusal.message
    assert refusal.code != LauncherError.code
    assert json.dumps(refusal.as_json(), ensure_ascii=False).encode()
    return False


def places_in(value: object) -> list[tuple[Any, ...]]:
    """Return the way to every value inside of a JSON value."""
    pairs = (
        list(value.items()) if isinstance(value, dict) else list(enumerate(value)) if isinstance(value, list) else []
    )
    return [(key, *rest) for key, inner in pairs for rest in [(), *places_in(inner)]]


def replaced(root: dict[str, Any], place: tuple[Any, ...], value: object) -> dict[str, Any]:
    copy: Any = json.loads(json.dumps(root))
    target = copy
    for key in place[:-1]:
        target = target[key]
    target[place[-1]] = value
    assert isinstance(copy, dict)
    return copy


def shuffled(value: Any, order: random.Random) -> Any:  # noqa: ANN401 - JSON
    """Return a JSON value whose objects have their keys in another order, at every depth."""
    if isinstance(value, list):
        return [shuffled(item, order) for item in value]
    if not isinstance(value, dict):
        return value
    items = list(value.items())
    order.shuffle(items)
    return {key: shuffled(item, order) for key, item in items}


@kinds
def test_the_valid_one_is_accepted(kind: str) -> None:
    root, judge = KINDS[kind]

    assert raises_only_ours(judge, json.dumps(root).encode())


@kinds
@given(raw=raw_bytes)
def test_any_bytes(kind: str, raw: bytes) -> None:
    raises_only_ours(KINDS[kind][1], raw)


@kinds
@given(root=objects)
def test_any_object(kind: str, root: dict[str, Any]) -> None:
    raises_only_ours(KINDS[kind][1], json.dumps(root).encode())


@kinds
@given(data=st.data())
def test_any_value_in_any_place(kind: str, data: st.DataObject) -> None:
    root, judge = KINDS[kind]
    place = data.draw(st.sampled_from(places_in(root)))

    raises_only_ours(judge, json.dumps(replaced(root, place, data.draw(odd_values))).encode())


@kinds
@given(data=st.data())
def test_any_damage_to_the_bytes(kind: str, data: st.DataObject) -> None:
    root, judge = KINDS[kind]
    raw = json.dumps(root).encode()
    start = data.draw(st.integers(0, len(raw)))
    end = data.draw(st.integers(start, min(len(raw), start + 8)))

    raises_only_ours(judge, raw[:start] + data.draw(st.binary(max_size=4)) + raw[end:])


@given(objects)
def test_canonical_form_is_a_fixpoint(root: dict[str, Any]) -> None:
    assume("signatures" not in root)
    canonical = parse_document(json.dumps(root).encode()).canonical

    assert json.loads(canonical) == root
    assert parse_document(canonical).canonical == canonical == canonical_bytes(root)


@given(objects, st.randoms(use_true_random=False), st.sampled_from([None, 0, 3, "\t", "\r\n"]), st.booleans())
def test_canonical_form_depends_on_neither_order_nor_spacing_nor_escapes(
    root: dict[str, Any],
    order: random.Random,
    indent: int | str | None,
    ensure_ascii: bool,  # noqa: FBT001
) -> None:
    text = json.dumps(shuffled(root, order), indent=indent, ensure_ascii=ensure_ascii)

    assert parse_document(f" {text}\n".encode()).canonical == parse_document(json.dumps(root).encode()).canonical


@given(objects, objects)
def test_two_contents_never_share_a_canonical_form(root: dict[str, Any], other: dict[str, Any]) -> None:
    first, second = (
        parse_document(json.dumps({**value, "signatures": []}).encode()).canonical for value in (root, other)
    )
    del_signatures = [{key: item for key, item in value.items() if key != "signatures"} for value in (root, other)]

    # As text, because Python takes True for 1.
    is_same = json.dumps(del_signatures[0], sort_keys=True) == json.dumps(del_signatures[1], sort_keys=True)
    assert (first == second) is is_same


@given(st.binary(max_size=60) | st.text(max_size=60).map(str.encode))
def test_what_is_parsed_is_never_deep_and_has_no_odd_numbers(raw: bytes) -> None:
    try:
        root = parse_document(raw).root
    except ParseError:
        return

    assert max((len(place) for place in places_in(root)), default=0) < MAX_DEPTH


@given(st.data())
def test_any_change_of_a_signed_byte_loses_trust(data: st.DataObject) -> None:
    raw = json.dumps(MANIFEST).encode()
    original = parse_document(raw).canonical
    index = data.draw(st.integers(0, len(raw) - 1))
    changed = raw[:index] + bytes([raw[index] ^ data.draw(st.integers(1, 255))]) + raw[index + 1 :]

    try:
        document = parse_document(changed)
        is_trusted = check_signatures(document, REGISTRY, parse_signed_channel(document), NOW).is_trusted
    except LauncherError:
        return
    assert not is_trusted or document.canonical == original


@given(st.data())
def test_any_change_of_a_signed_value_loses_trust(data: st.DataObject) -> None:
    unsigned = {key: value for key, value in MANIFEST.items() if key != "signatures"}
    changed = replaced(unsigned, data.draw(st.sampled_from(places_in(unsigned))), data.draw(odd_values))
    document = parse_document(json.dumps(changed | {"signatures": MANIFEST["signatures"]}).encode())

    is_trusted = check_signatures(document, REGISTRY, "preview", NOW).is_trusted
    assert is_trusted is (json.dumps(changed, sort_keys=True) == json.dumps(unsigned, sort_keys=True))


@given(st.datetimes(timezones=st.just(UTC)))
def test_times_survive_being_written(moment: datetime) -> None:
    assert find_time(format_time(moment)) == moment.replace(microsecond=0)


@given(
    st.text(max_size=40)
    | st.lists(st.sampled_from(["..", ".", "a", "A", "con", "é", "/", "\\", " ", ":"])).map("".join)
)
def test_a_path_is_returned_unchanged_or_refused(name: str) -> None:
    try:
        assert parse_member_path(name) == name
    except ParseError:
        return
    assert not name.startswith("/")
    assert ".." not in name.split("/")
    assert collision_key(collision_key(name)) == collision_key(name)
