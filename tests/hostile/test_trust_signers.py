"""Several signers, and signers that hold no longer, on a whole machine: threat rows A4, A13, A14, B8 and B10."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from launcher.domain.errors import (
    BadSignerRegistry,
    ChannelRevisionTooLow,
    ExpiredSigner,
    LauncherError,
    NoSignerRegistry,
    RevokedSigner,
    ThresholdNotMet,
    UnknownSigner,
)
from launcher.domain.progress import Silent
from tests.hostile.trust_bench import (
    DAY,
    HOUR,
    OTHER,
    install,
    launcher_at,
    next_good_update_works,
    now,
    problem_of,
    refresh,
    untouched,
)
from tests.registry import LLAMA, Key
from tests.store_world import World

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


# --- A4: a rotation is the way back from a wild revision ----------------------------------------------------------


def test_a4_a_new_key_in_the_registry_is_the_way_back(tmp_path: Path) -> None:
    with World(tmp_path) as world:
        registry, old = world.registry, world.registry.key
        registry.revision = 2**40
        world.install_versions("b1000")
        start_anew(world, OTHER)

        registry.trust(old.as_signer(), OTHER.as_signer())
        with untouched(world):
            assert problem_of(refresh(world.launcher())) == ChannelRevisionTooLow.code
        registry.trust(old.as_signer(revoked_at="2026-01-01T00:00:00Z"), OTHER.as_signer())
        world.assert_sound(install(world.launcher()))
        assert world.payload.joinpath("model.txt").read_text() == "built from b6\n"
        next_good_update_works(world)


def test_a4_a_new_key_under_the_old_id_is_a_rotation_too(tmp_path: Path) -> None:
    with World(tmp_path) as world:
        world.registry.revision = 2**40
        world.install_versions("b1000")
        start_anew(world, Key(secret=b"\x0c" * 32))
        world.registry.trust(world.registry.key.as_signer())

        world.assert_sound(install(world.launcher()))
        assert world.payload.joinpath("model.txt").read_text() == "built from b6\n"
        next_good_update_works(world)


def start_anew(world: World, key: Key) -> None:
    """Publish with another key, from revision 6 on; what the old key had published is gone."""
    shutil.rmtree(world.registry.folder())
    world.registry.key, world.registry.revision = key, 5
    world.publish("b6")


# --- A13, A14: several keys -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("keys", "error"),
    [
        (lambda good: [good], ThresholdNotMet),
        (lambda good: [good, good], ThresholdNotMet),
        (lambda good: [good, Key("unknown", "", b"\x0e" * 32)], ThresholdNotMet),
        (lambda good: [good, Key("other", "", b"\x0e" * 32)], ThresholdNotMet),
        (lambda good: [good, Key("other", "", good.secret)], ThresholdNotMet),
        (lambda good: [Key("unknown", "", b"\x0e" * 32), Key("unknown too", "", b"\x0f" * 32)], UnknownSigner),
        (lambda good: [good, OTHER], None),
        (lambda good: [Key("unknown", "", b"\x0e" * 32), OTHER, good], None),
    ],
)
def test_a13_threshold_of_two(
    world: World, keys: Callable[[Key], list[Key]], error: type[LauncherError] | None
) -> None:
    registry = world.registry
    world.publish("b2000")
    registry.edit_manifest(keys=[registry.key, OTHER])
    registry.write_catalog(keys=[registry.key, OTHER])
    registry.trust(registry.key.as_signer(), OTHER.as_signer(), thresholds={"preview": 2})
    signers = keys(registry.key)
    if error is None:
        registry.edit_manifest(keys=signers)
        registry.write_catalog(keys=signers)
        world.assert_sound(install(world.launcher()))
    else:
        registry.write_catalog(keys=signers)
        with untouched(world):
            view = refresh(world.launcher())
            assert problem_of(view) == error.code
    registry.trust(registry.key.as_signer(), OTHER.as_signer())
    next_good_update_works(world)


def test_a13_two_ids_for_one_key_refuse_the_registry(world: World) -> None:
    registry = world.registry
    registry.trust(
        registry.key.as_signer(), Key("twin", "", registry.key.secret).as_signer(), thresholds={"preview": 2}
    )
    with untouched(world), pytest.raises(LauncherError):
        install(world.launcher())
    assert world.launcher().overview()["problems"][0]["code"] == BadSignerRegistry.code

    registry.trust(registry.key.as_signer())
    next_good_update_works(world)


def test_a13_revoked_key(world: World) -> None:
    registry = world.registry
    world.publish("b2000")
    registry.trust(registry.key.as_signer(revoked_at="2026-01-01T00:00:00Z"), OTHER.as_signer())

    with untouched(world):
        assert problem_of(refresh(world.launcher())) == RevokedSigner.code
        audit = world.launcher().audit(Silent())
    assert (audit["ok"], audit["items"][0]["signature"]["state"]) == (False, "untrusted")
    registry.key = OTHER
    next_good_update_works(world)


def test_a14_bad_signature_beside_a_good_one(world: World) -> None:
    registry = world.registry
    forged = Key("other", "", b"\x0d" * 32)
    registry.trust(registry.key.as_signer(), OTHER.as_signer())
    world.publish("b2000")
    registry.edit_manifest(keys=[forged, registry.key])
    registry.write_catalog(keys=[forged, registry.key, Key("nobody", "", b"\x0e" * 32)])

    view = refresh(world.launcher())
    assert (view["problem"], view["signature"]["state"], len(view["signature"]["warnings"])) == (None, "trusted", 2)
    (installed,) = world.launcher().install([LLAMA], Silent())
    assert (installed["signature"]["ok"], len(installed["signature"]["warnings"])) == (True, 1)
    next_good_update_works(world)


# --- B8, B10: the registry -------------------------------------------------------------------------------------


def test_b8_signer_that_expired_after_the_activation(world: World) -> None:
    registry = world.registry
    expires_at = now() + HOUR
    registry.trust(registry.key.as_signer(expires_at=f"{expires_at:%Y-%m-%dT%H:%M:%SZ}"))
    world.install_versions("b2000")
    world.publish("b3000")
    later = expires_at + 365 * DAY

    with untouched(world):
        assert problem_of(refresh(launcher_at(world, later))) == ExpiredSigner.code
        audit = launcher_at(world, later).audit(Silent(), require_signed=True)
    assert (audit["ok"], [item["signature"]["state"] for item in audit["items"]]) == (True, ["trusted", "trusted"])
    assert all("has expired since" in " ".join(item["signature"]["warnings"]) for item in audit["items"])
    assert launcher_at(world, later).roll_back(LLAMA, Silent())["upstream_version"] == "b1000"
    registry.trust(registry.key.as_signer())
    next_good_update_works(world)


def test_b10_registry_swapped_for_another(world: World) -> None:
    registry = world.registry
    registry.trust(OTHER.as_signer())
    world.publish("b2000")

    with untouched(world):
        assert problem_of(refresh(world.launcher())) == UnknownSigner.code
        audit = world.launcher().audit(Silent())
    assert (audit["ok"], audit["signature_summary"]["trust_shortfall"]) == (False, 1)
    registry.trust(registry.key.as_signer())
    next_good_update_works(world)


@pytest.mark.parametrize(
    ("contents", "error"),
    [
        (None, NoSignerRegistry),
        (b"", BadSignerRegistry),
        (b"{}", BadSignerRegistry),
        (b'{"version":1,"signers":[{}]}', BadSignerRegistry),
        (b"\xff", BadSignerRegistry),
    ],
)
@pytest.mark.parametrize("enforced", ["0", "1"])
def test_b10_absent_or_broken_registry_trusts_nobody(
    world: World, contents: bytes | None, error: type[LauncherError], enforced: str
) -> None:
    registry = world.registry
    good = registry.signers_path.read_bytes()
    registry.signers_path.unlink()
    if contents is not None:
        registry.signers_path.write_bytes(contents)
    world.publish("b2000")

    with untouched(world):
        launcher = world.launcher(ARW_REQUIRE_SIGNED_BUNDLES=enforced)
        assert refresh(launcher)["problem"] is not None
        assert launcher.overview()["problems"][0]["code"] == error.code
        assert not launcher.audit(Silent())["ok"]
        with pytest.raises(LauncherError):
            install(launcher)
        with pytest.raises(error):
            world.launcher(is_local=True).install([LLAMA], Silent(), force=True)
    registry.signers_path.write_bytes(good)
    next_good_update_works(world)
