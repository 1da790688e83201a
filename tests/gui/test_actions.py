from __future__ import annotations

import pytest

from launcher.faces.gui.actions import Action, command_line, find_main_action, order_for, other_actions
from launcher.faces.gui.jobs import Job, JobState
from tests.gui import scene

CARE = (Action.REPAIR, Action.REMOVE)
UPDATE = scene.installed(state="update-available", offered_channel_revision=43)
MISFIT = scene.bundle(fits=False, state="not-for-this-machine")
NO_LONGER_OFFERED = scene.bundle(catalog=None, offered_channel_revision=None)


@pytest.mark.parametrize(
    ("bundle", "main", "others"),
    [
        (scene.bundle(), Action.INSTALL, ()),
        (UPDATE, Action.UPDATE, (Action.RUN, Action.ROLL_BACK, Action.SMOKE, Action.VERIFY, *CARE)),
        (scene.installed(), Action.ROLL_BACK, (Action.RUN, Action.SMOKE, Action.VERIFY, *CARE)),
        (scene.installed(with_previous=False), Action.SMOKE, (Action.RUN, Action.VERIFY, *CARE)),
        (scene.rolled_back(), Action.ROLL_BACK, (Action.RUN, Action.SMOKE, Action.VERIFY, *CARE)),
        (
            {**scene.rolled_back(), "offered_channel_revision": 43},
            Action.ROLL_BACK,
            (Action.RUN, Action.INSTALL, Action.SMOKE, Action.VERIFY, *CARE),
        ),
        (MISFIT, None, ()),
        (NO_LONGER_OFFERED, None, ()),
    ],
)
def test_the_button_that_makes_sense(bundle: object, main: Action | None, others: tuple[Action, ...]) -> None:
    assert find_main_action(bundle) is main  # type: ignore[arg-type]
    assert other_actions(bundle) == others  # type: ignore[arg-type]


def test_a_job_can_only_be_cancelled_and_only_once() -> None:
    job = Job(order_for(Action.INSTALL, scene.LLAMA_CPU))
    assert (find_main_action(scene.bundle(), job), other_actions(scene.installed(), job)) == (Action.CANCEL, ())
    job.state = JobState.CANCELLING
    assert find_main_action(scene.bundle(), job) is None


@pytest.mark.parametrize(
    ("action", "revision", "expected"),
    [
        (Action.INSTALL, None, "arw-cli --sample runtime bundles install a/b"),
        (Action.UPDATE, None, "arw-cli --sample runtime bundles update a/b"),
        (Action.ROLL_BACK, None, "arw-cli --sample runtime bundles rollback --bundle a/b"),
        (Action.ROLL_BACK, "rev-1", "arw-cli --sample runtime bundles rollback --bundle a/b --revision rev-1"),
        (Action.VERIFY, None, "arw-cli --sample runtime bundles audit --deep --bundle a/b"),
        (Action.SMOKE, None, "arw-cli --sample runtime bundles smoke a/b"),
        (Action.REPAIR, None, "arw-cli --sample runtime bundles repair a/b"),
        (Action.REMOVE, None, "arw-cli --sample runtime bundles remove a/b"),
        (Action.PIN, "rev-1", "arw-cli --sample runtime bundles pin a/b rev-1"),
        (Action.UNPIN, "rev-1", "arw-cli --sample runtime bundles unpin a/b rev-1"),
    ],
)
def test_everything_can_be_said_in_a_terminal(action: Action, revision: str | None, expected: str) -> None:
    assert command_line(order_for(action, "a/b", revision), ["--sample"]) == expected


def test_a_path_with_spaces_survives_a_shell() -> None:
    assert command_line(order_for(Action.INSTALL, "a/b"), ["--dest", "/my store"]).startswith(
        "arw-cli --dest '/my store' "
    )


@pytest.mark.parametrize("action", [Action.CANCEL, Action.RUN])
def test_what_is_no_order(action: Action) -> None:
    with pytest.raises(ValueError, match=action):
        order_for(action, "a/b")
