"""Attacks on what a channel publishes, through the whole launcher: threat rows A1 to A11, A15 and A18.

Every test begins with an installed runtime and ends with the same question (row A18): is it untouched, is nothing
left behind, and does the next good update work?
Rows A13 and A14, and the way back from A4, stand in `test_trust_signers.py`.
"""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from launcher.domain.canonical import parse_document
from launcher.domain.errors import (
    BadField,
    BadSignature,
    CatalogExpired,
    ChannelEquivocation,
    ChannelRevisionTooLow,
    KeyMismatch,
    LauncherError,
    MissingHash,
    NothingToDo,
    NotYetIssued,
    TooLarge,
    UnknownSigner,
    UnknownVersion,
    UnsafeNumber,
    Unsigned,
    WrongBundle,
    WrongChannel,
    WrongHash,
    WrongSize,
)
from launcher.domain.progress import Silent
from tests.hostile.trust_bench import (
    DAY,
    OTHER,
    SECOND,
    install,
    launcher_at,
    next_good_update_works,
    now,
    point_manifest_at,
    problem_of,
    refresh,
    refuses_catalog,
    refuses_install,
    rewrite,
    untouched,
)
from tests.lying_server import Lie
from tests.packing import runtime_tree
from tests.registry import LLAMA, WHISPER, Key, Offer

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.store_world import World


# --- A1: arbitrary software -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("keys", "error"),
    [
        ([], Unsigned),
        ([OTHER], UnknownSigner),
        ([Key(secret=b"\x0b" * 32)], KeyMismatch),
    ],
)
def test_a1_arbitrary_software(world: World, keys: list[Key], error: type[LauncherError]) -> None:
    world.publish("b2000")
    world.registry.write_catalog(keys=keys)
    refuses_catalog(world, error)

    world.registry.edit_manifest(keys=keys)
    refuses_install(world, error)

    next_good_update_works(world)


def test_a1_changed_after_it_was_signed(world: World) -> None:
    world.publish("b2000")
    rewrite(world.registry.catalog_path, lambda root: root.update(notes="Changed."))
    refuses_catalog(world, BadSignature)

    world.registry.edit_manifest(lambda root: root["bundle"].update(name="Changed"), sign_again=False)
    refuses_install(world, BadSignature)

    next_good_update_works(world)


def test_a1_any_flipped_byte_of_a_manifest_is_noticed(world: World) -> None:
    # Without the catalog's pin, so that the signature alone has to notice it; one bit of each 23rd byte.
    registry = world.registry
    raw = registry.manifest_path().read_bytes()
    original = parse_document(raw).canonical
    changed = registry.root / "changed.json"

    for index in range(0, len(raw), 23):
        changed.write_bytes(raw[:index] + bytes([raw[index] ^ 1]) + raw[index + 1 :])
        try:
            verdict = world.launcher().verify_manifest(changed)
        except LauncherError:
            continue
        assert not verdict["trusted"] or parse_document(changed.read_bytes()).canonical == original

    next_good_update_works(world)


# --- A2, A3, A4: which revision ---------------------------------------------------------------------------------


def test_a2_older_catalog_than_was_accepted(world: World) -> None:
    old = world.registry.catalog_path.read_bytes()
    world.publish("b2000")
    world.update()
    world.registry.catalog_path.write_bytes(old)

    for _ in range(2):  # a new process remembers it too
        with untouched(world):
            view = refresh(world.launcher())
            assert (problem_of(view), view["revision"]) == (ChannelRevisionTooLow.code, 2)
    next_good_update_works(world)


def test_a2_older_manifest_in_a_newer_catalog(world: World) -> None:
    old = world.registry.manifest_path()
    world.publish("b2000")
    world.update()
    world.registry.revision += 1
    world.registry.write_catalog(point_manifest_at(world, old))

    refuses_install(world, ChannelRevisionTooLow, message=LLAMA)
    next_good_update_works(world)


def test_a2_another_trusted_key_does_not_get_below_the_floor(world: World) -> None:
    registry = world.registry
    registry.trust(registry.key.as_signer(), OTHER.as_signer())
    registry.publish(Offer(tree=runtime_tree("b0900")))
    registry.write_catalog(keys=[OTHER])  # what OTHER signed once, as revision 2
    old = registry.catalog_path.read_bytes()
    world.publish("b2000")
    world.update()
    registry.catalog_path.write_bytes(old)

    with untouched(world):
        view = refresh(world.launcher())
    assert (problem_of(view), view["revision"]) == (ChannelRevisionTooLow.code, 3)
    next_good_update_works(world)


def test_a3_one_revision_with_two_contents(world: World) -> None:
    world.registry.write_catalog(lambda root: root.update(notes="Other contents."))
    refuses_catalog(world, ChannelEquivocation)

    world.registry.edit_manifest(lambda root: root["bundle"].update(name="Other contents"))
    world.registry.revision += 1
    world.registry.write_catalog()
    refuses_install(world, ChannelEquivocation)
    next_good_update_works(world)


def test_a3_signed_anew_is_the_same_content(world: World) -> None:
    def sign_too(root: dict[str, Any]) -> None:
        root["signatures"].append(OTHER.signature({key: value for key, value in root.items() if key != "signatures"}))

    rewrite(world.registry.catalog_path, sign_too)

    view = refresh(world.launcher())
    assert (view["problem"], view["revision"], view["signature"]["ok"]) == (None, 1, True)


@pytest.mark.parametrize(
    ("revision", "error"),
    [
        (2**63, UnsafeNumber),
        (2**53, UnsafeNumber),
        (2**53 - 1, ChannelRevisionTooLow),
        (200_000, ChannelRevisionTooLow),
    ],
)
def test_a4_fast_forward(world: World, revision: int, error: type[LauncherError]) -> None:
    def forward(root: dict[str, Any]) -> None:
        root["revision"] = revision

    if error is UnsafeNumber:
        rewrite(world.registry.catalog_path, forward)  # no tool of ours would sign it
    else:
        world.registry.write_catalog(forward)

    refuses_catalog(world, error)
    next_good_update_works(world)


# --- A5, A6, A7: time -------------------------------------------------------------------------------------------


def test_a5_expired_catalog_activates_nothing_new(world: World) -> None:
    expires_at = now() + 10 * DAY
    world.publish("b2000")
    world.registry.write_catalog(lambda root: root.update(expires_at=f"{expires_at:%Y-%m-%dT%H:%M:%SZ}"))

    for late in (SECOND, 30 * DAY):
        refuses_install(world, CatalogExpired, launcher_at(world, expires_at + late))
        assert refresh(launcher_at(world, expires_at + late))["is_expired"]
    assert install(launcher_at(world, expires_at - SECOND)) is not None
    world.assert_sound(world.active)
    # What is active goes on, and a person may still go back.
    back = launcher_at(world, expires_at + 30 * DAY).roll_back(LLAMA, Silent())
    assert back["upstream_version"] == "b1000"
    next_good_update_works(world)


def test_a6_time_moves_during_an_update(world: World) -> None:
    expires_at = now() + 10 * DAY
    world.publish("b2000")
    world.registry.write_catalog(lambda root: root.update(expires_at=f"{expires_at:%Y-%m-%dT%H:%M:%SZ}"))

    revision = install(launcher_at(world, expires_at - SECOND, expires_at + 10 * DAY))

    world.assert_sound(revision)
    next_good_update_works(world)


@pytest.mark.parametrize("behind", [61 * timedelta(minutes=1), DAY, 50 * 365 * DAY])
def test_a7_clock_that_is_behind(world: World, behind: timedelta) -> None:
    world.publish("b2000")

    with untouched(world):
        view = refresh(launcher_at(world, now() - behind))
    assert problem_of(view) == NotYetIssued.code
    next_good_update_works(world)


def test_a7_clock_that_is_a_little_behind(world: World) -> None:
    world.publish("b2000")

    assert install(launcher_at(world, now() - timedelta(minutes=50))) is not None
    next_good_update_works(world)


def test_a7_clock_that_is_far_ahead(world: World) -> None:
    world.publish("b2000")

    refuses_install(world, CatalogExpired, launcher_at(world, datetime(2100, 1, 1, tzinfo=UTC)))
    next_good_update_works(world)


# --- A8, A9: other bytes ----------------------------------------------------------------------------------------


def test_a8_endless_catalog(world: World) -> None:
    world.registry.server.lie(world.registry.catalog_path, Lie(body=b'{"a":"' + b"x" * 9_000_000))

    refuses_catalog(world, TooLarge)
    next_good_update_works(world)


def test_a8_manifest_that_is_longer_than_the_catalog_says(world: World) -> None:
    world.publish("b2000")
    path = world.registry.manifest_path()
    world.registry.server.lie(path, Lie(body=path.read_bytes() + b" " * 5_000_000))

    refuses_install(world, TooLarge)
    next_good_update_works(world)


def test_a9_archive_of_another_version(world: World) -> None:
    old = world.registry.archive_path().read_bytes()
    world.publish("b2000")
    before = world.active

    for body in (old, old + bytes(max(0, world.registry.archive_path().stat().st_size - len(old)))):
        world.registry.server.lie(world.registry.archive_path(), Lie(body=body))
        with pytest.raises((WrongHash, WrongSize)):
            install(world.launcher())
        world.assert_sound(before)
    next_good_update_works(world)


def test_a9_manifest_of_another_version(world: World) -> None:
    old = world.registry.manifest_path().read_bytes()
    world.publish("b2000")
    world.registry.server.lie(world.registry.manifest_path(), Lie(body=old))

    with untouched(world), pytest.raises((WrongHash, WrongSize)):
        install(world.launcher())
    next_good_update_works(world)


@pytest.mark.parametrize("field", ["sha256", "size_bytes"])
def test_a9_archive_without_its_proof(world: World, field: str) -> None:
    world.publish("b2000")
    world.registry.edit_manifest(lambda root: root["bundle"]["artifacts"][0].pop(field))

    refuses_install(world, MissingHash)
    next_good_update_works(world)


@pytest.mark.parametrize("field", ["sha256", "size_bytes"])
def test_a9_manifest_without_its_proof(world: World, field: str) -> None:
    def drop(root: dict[str, Any]) -> None:
        next(item for item in root["bundles"][0]["artifacts"] if item["kind"] == "manifest").pop(field)

    world.publish("b2000")
    world.registry.write_catalog(drop)

    refuses_install(world, MissingHash)
    next_good_update_works(world)


# --- A10, A11: another thing, validly signed --------------------------------------------------------------------


def test_a10_manifest_of_another_bundle(world: World) -> None:
    tree = runtime_tree("b1", command="whisper-cli")
    world.registry.publish(Offer(tree=tree, id=WHISPER, command="whisper-cli"))
    world.registry.write_catalog(point_manifest_at(world, world.registry.manifest_path(WHISPER)))

    refuses_install(world, WrongBundle, message="another bundle")
    next_good_update_works(world)


@pytest.mark.parametrize(
    ("edit", "what"),
    [
        (lambda root: root["bundle"].update(accelerator="cuda"), "accelerator"),
        (lambda root: root["bundle"]["platforms"][0].update(os="windows"), "platforms"),
        (lambda root: root["bundle"]["platforms"][0].update(arch="other"), "platforms"),
        (lambda root: root["bundle"]["platforms"].clear(), "platforms"),
    ],
)
def test_a10_manifest_for_another_machine(world: World, edit: Callable[[dict[str, Any]], None], what: str) -> None:
    world.publish("b2000")
    world.registry.edit_manifest(edit)

    refuses_install(world, WrongBundle, message=f"another {what}")
    next_good_update_works(world)


def test_a10_manifest_of_another_channel(world: World) -> None:
    registry = world.registry
    world.publish("b2000")
    registry.edit_manifest(lambda root: root["catalog"].update(channel="stable"))

    refuses_install(world, WrongChannel)
    registry.trust(registry.key.as_signer(["preview", "stable"]))
    refuses_install(world, WrongBundle, message="another channel")
    next_good_update_works(world)


def test_a11_signed_registry_as_catalog(world: World) -> None:
    registry = world.registry
    root = {
        "type": "runtime-signers",
        "channel": "preview",
        "revision": 2,
        **json.loads(registry.signers_path.read_bytes()),
    }
    registry.catalog_path.write_text(json.dumps(root | {"signatures": [registry.key.signature(root)]}))
    refuses_catalog(world, UnknownVersion)

    del root["type"], root["channel"]  # as it is today: without a type
    registry.catalog_path.write_text(json.dumps(root | {"signatures": [registry.key.signature(root)]}))
    refuses_catalog(world, BadField)
    next_good_update_works(world)


def test_a11_signed_manifest_as_catalog_and_catalog_as_manifest(world: World) -> None:
    registry = world.registry
    world.publish("b2000")
    good = registry.catalog_path.read_bytes()
    registry.catalog_path.write_bytes(registry.manifest_path().read_bytes())
    refuses_catalog(world, UnknownVersion)

    copy = registry.root / "copy.json"
    copy.write_bytes(good)
    registry.write_catalog(point_manifest_at(world, copy))
    refuses_install(world, UnknownVersion)
    next_good_update_works(world)


@pytest.mark.parametrize("document", ["catalog_path", "manifest"])
def test_a11_signed_document_as_registry(world: World, document: str) -> None:
    registry, good = world.registry, world.registry.signers_path.read_bytes()
    path = registry.catalog_path if document == "catalog_path" else registry.manifest_path()
    registry.signers_path.write_bytes(path.read_bytes())
    world.publish("b2000")

    with untouched(world):
        view = refresh(world.launcher())
    assert (view["signature"]["ok"], view["problem"] is not None) == (False, True)
    registry.signers_path.write_bytes(good)
    next_good_update_works(world)


# --- A15, A18 ---------------------------------------------------------------------------------------------------


def test_a15_nothing_but_the_listed_artifacts_is_fetched(world: World) -> None:
    elsewhere = f"{world.registry.server.url}/elsewhere.bin".encode()
    tree = runtime_tree("b2000") | {"bundle.json": b'{"bundle":{"artifacts":[{"url":"' + elsewhere + b'"}]}}'}
    world.publish("b2000", tree)

    world.assert_sound(install(world.launcher()))

    folder = f"/{LLAMA}/r2"
    assert world.registry.server.requests == [
        "/bundles.preview.json",
        f"{folder}/bundle.json",
        f"{folder}/payload.tar.zst",
    ]
    next_good_update_works(world)


def test_a18_no_row_of_refusals_wedges_the_client(world: World) -> None:
    registry = world.registry
    world.publish("b2000")
    good = registry.catalog_path.read_bytes()
    bodies = [b"", b"{", b"[]", b"\xff\xfe", b'{"channel":"preview"}', good[:-20], good.replace(b"b2000", b"b2001")]

    for body in bodies:
        registry.server.lie(registry.catalog_path, Lie(body=body))
        with untouched(world):
            assert refresh(world.launcher())["problem"] is not None
            with pytest.raises(NothingToDo):  # the last good catalog is still there, and says that this is active
                install(world.launcher())
    next_good_update_works(world)
