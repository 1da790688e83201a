"""What can be asked for: a verb, what it is about, and the words of its command line."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Verb(StrEnum):
    """What a job does."""

    LIST = "list"
    REFRESH = "refresh"
    INSTALL = "install"
    UPDATE = "update"
    ROLL_BACK = "rollback"
    VERIFY = "audit"
    SMOKE = "smoke"
    DISMISS = "dismiss"
    RESTORE = "restore"
    PREVIEW = "preview"
    PRUNE = "prune"
    DOCTOR = "doctor"
    REPAIR = "repair"
    REMOVE = "remove"
    PIN = "pin"
    UNPIN = "unpin"
    READ_SETTINGS = "read-settings"
    SET = "set"
    RUN = "run"
    STOP = "stop"
    PLAN_RUN = "plan-run"
    REVOKE = "revoke"
    COMPARE = "compare"
    NOTICES = "notices"
    IMPORT = "import"
    EXPORT = "export"
    FETCH = "fetch"
    PLAN_MOVE = "plan-move"
    READ_SIGNERS = "read-signers"
    MOVE = "move"
    TEST_SOURCE = "test-source"


@dataclass(frozen=True, slots=True)
class Order:
    """What is asked for: the verb, what it is about, and the words of its command line.

    Attributes:
        bundle_id: The bundle that it is about; None for a job about all of them.
        is_writer: Whether it changes the store or the settings, so that it must wait for others that do.
        about: What it is about, where that is no bundle or where it must not stand in the way of others about it.
    """

    verb: Verb
    arguments: tuple[str, ...]
    bundle_id: str | None = None
    is_writer: bool = True
    about: str = ""
