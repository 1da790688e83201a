"""The sentences that several parts of the window share; all of them go through translation."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication

from launcher.domain.progress import Phase
from launcher.domain.reason import BLOCKING, ReasonCode
from launcher.faces.gui.actions import Action
from launcher.faces.gui.jobs import STALL_S, JobState, Verb
from launcher.faces.gui.phrasebook import say, say_error
from launcher.faces.gui.quantities import date_text, duration_text, share_text, size_text
from launcher.faces.gui.turns import DOWNLOADS

if TYPE_CHECKING:
    from launcher.domain.views import BundleView, ErrorView, RevisionView, State, TrustState
    from launcher.faces.gui.events import Progressed
    from launcher.faces.gui.jobs import Job

translate = QCoreApplication.translate
TELLING: Final = BLOCKING | {ReasonCode.RECOMMENDED}
_BACKTICKED: Final = re.compile(r"`([^`]*)`")


def state_word(state: State) -> str:
    """Return the word of a state chip."""
    return {
        "active": translate("texts", "Active"),
        "update-available": translate("texts", "Update available"),
        "installed": translate("texts", "Installed"),
        "not-installed": translate("texts", "Not installed"),
        "not-for-this-machine": translate("texts", "Not for this machine"),
    }[state]


def trust_word(state: TrustState) -> str:
    """Return the word of a trust chip."""
    return {
        "trusted": translate("texts", "Trusted"),
        "untrusted": translate("texts", "Untrusted"),
        "invalid": translate("texts", "Bad signature"),
        "unsigned": translate("texts", "Unsigned"),
        "unknown": translate("texts", "Not checked yet"),
    }[state]


def action_word(action: Action, bundle: BundleView) -> str:
    """Return the short text of a button, as a row has room for."""
    return {
        Action.INSTALL: translate("texts", "Install"),
        Action.UPDATE: translate("texts", "Update"),
        Action.RUN: translate("texts", "Run…"),
        Action.ROLL_BACK: rollback_word(bundle["rollback_target"], bundle),
        Action.VERIFY: translate("texts", "Verify"),
        Action.SMOKE: translate("texts", "Test"),
        Action.REPAIR: translate("texts", "Repair"),
        Action.REMOVE: translate("texts", "Remove…"),
        Action.PIN: translate("texts", "Pin"),
        Action.UNPIN: translate("texts", "Unpin"),
        Action.CANCEL: translate("texts", "Cancel"),
    }[action]


def action_text(action: Action, bundle: BundleView) -> str:
    """Return the full text of a button, which names its target (7-screens, rule 4)."""
    if action is Action.ROLL_BACK and bundle["rollback_target"]:
        target = bundle["rollback_target"]
        return f"{rollback_text(target, bundle)} ({', '.join(_facts(target, bundle))})"
    version = bundle["offered_upstream_version"]
    if action is Action.UPDATE and version:
        return translate("texts", "Update to {version}").format(version=version)
    if action is Action.INSTALL and version:
        return translate("texts", "Install {version}").format(version=version)
    return action_word(action, bundle)


def rollback_text(target: RevisionView, bundle: BundleView) -> str:
    """Return ``Roll back to b10964``, or ``Return to b11146`` where the target is the newer one."""
    is_newer = _is_newer_than_active(target, bundle)
    text = translate("texts", "Return to {version}") if is_newer else translate("texts", "Roll back to {version}")
    return text.format(version=version_of(target))


def version_of(revision: RevisionView) -> str:
    """Return what people call a revision: the upstream's version, or our name where it has none."""
    return revision["upstream_version"] or revision["revision"]


def rollback_word(target: RevisionView | None, bundle: BundleView) -> str:
    """Return ``Roll back``, or ``Return`` where the target is the newer one."""
    is_newer = target is not None and _is_newer_than_active(target, bundle)
    return translate("texts", "Return") if is_newer else translate("texts", "Roll back")


def _is_newer_than_active(target: RevisionView, bundle: BundleView) -> bool:
    active = bundle["active"]
    return active is not None and target["revision"] > active["revision"]


def _facts(target: RevisionView, bundle: BundleView) -> list[str]:
    active = bundle["active"]
    facts = []
    # It was the active one until what is active now was installed.
    until = date_text(active["installed_at"]) if active and target["revision"] < active["revision"] else ""
    if until:
        facts.append(translate("texts", "until {date}").format(date=until))
    facts.append(size_text(target["size_bytes"]))
    facts.append(trust_word(target["signature"]["state"]).lower())
    return facts


def version_line(bundle: BundleView) -> str:
    """Return what runs, or would: ``b11146 · preview r42``, with the way to the newer one where there is one."""
    active = bundle["active"]
    channel, offered = bundle["channel"], bundle["offered_upstream_version"]
    if active is None:
        number = bundle["offered_channel_revision"]
        place = f"{channel} r{number}" if number is not None else channel
        return " · ".join(filter(None, [offered, place]))
    text = f"{version_of(active)} · {channel} r{active['channel_revision']}"
    return f"{text} → {offered}" if bundle["state"] == "update-available" and offered else text


def main_reason(bundle: BundleView) -> str:
    """Return the reason that a row has room for: why it is the best one, why it does not fit, or the first."""
    telling = (reason for reason in bundle["reasons"] if reason["code"] in TELLING)
    reason = next(telling, bundle["reasons"][0] if bundle["reasons"] else None)
    return quoted(say(reason["sentence"])) if reason else ""


def quoted(text: str) -> str:
    """Return a message of the core as a window shows it: its `names` in quotation marks."""
    quotation = translate("texts", "\u201c{text}\u201d")
    return _BACKTICKED.sub(lambda match: quotation.format(text=match[1]), text)


def shown_size(bundle: BundleView) -> str:
    """Return the size of what is installed, or of the download."""
    if bundle["active"] is not None:
        return size_text(bundle["active"]["size_bytes"])
    return "" if bundle["download_bytes"] is None else size_text(bundle["download_bytes"])


def job_text(job: Job) -> str:
    """Return what a job is doing, in honest words (7-screens, rule 5)."""
    if resting := _resting_text(job):
        return resting
    phase, progress = _phase_word(job), job.progress
    if progress is None or not (progress.done_bytes or progress.total_bytes):
        is_known = not job.subject or job.subject == job.order.bundle_id
        return phase if is_known else f"{phase}: {job.subject}"
    share = share_text(progress.done_bytes, progress.total_bytes)
    text = f"{phase} {share}"
    if job.phase == Phase.DOWNLOADING and job.silent_s() > STALL_S:
        silence = duration_text(job.silent_s())
        return translate("texts", "{text}: nothing has come for {time}").format(text=text, time=silence)
    if progress.bytes_per_s:
        speed = size_text(round(progress.bytes_per_s))
        text = translate("texts", "{text} at {speed}/s").format(text=text, speed=speed)
    if progress.remaining_s is not None:
        left = duration_text(progress.remaining_s)
        text = translate("texts", "{text}, {time} left").format(text=text, time=left)
    return text


def _resting_text(job: Job) -> str:
    """Return what a job waits for; empty for one that works."""
    if job.state is JobState.PAUSED:
        return _paused_text(job.progress)
    if job.state is JobState.RUNNING and job.waits_on:
        return translate("texts", "Queued. {sentence}").format(sentence=say(job.waits_on))
    words = {
        JobState.QUEUED: _queued_text(job),
        JobState.PAUSING: translate("texts", "Pausing…"),
        JobState.CANCELLING: translate("texts", "Stopping…"),
    }
    return words.get(job.state, "")


def _queued_text(job: Job) -> str:
    rival = job.waits_for
    if rival is None:
        return translate("texts", "Queued")
    title = job_title(rival.verb)
    if rival.bundle_id is not None and rival.bundle_id == job.order.bundle_id:
        return translate("texts", "Queued: waits for another job of this bundle ({job})").format(job=title)
    if rival.verb in DOWNLOADS:
        return translate("texts", "Queued: waits until another download has ended")
    return translate("texts", "Queued: waits for another job ({job})").format(job=title)


def _paused_text(progress: Progressed | None) -> str:
    """Return where a paused job goes on from, if anything has come."""
    if progress is None or not progress.done_bytes:
        return translate("texts", "Paused")
    share = share_text(progress.done_bytes, progress.total_bytes)
    return translate("texts", "Paused at {share}").format(share=share)


def _phase_word(job: Job) -> str:
    words = {
        Phase.QUEUED: translate("texts", "Queued"),
        Phase.RESOLVING: _resolving_word(job.order.verb),
        Phase.DOWNLOADING: translate("texts", "Downloading"),
        Phase.VERIFYING: translate("texts", "Verifying"),
        Phase.UNPACKING: translate("texts", "Unpacking"),
        Phase.SAVING: translate("texts", "Saving to the disk"),
        Phase.TESTING: translate("texts", "Testing whether it starts"),
        Phase.ACTIVATING: translate("texts", "Activating"),
        Phase.ACTIVE: translate("texts", "Active"),
        Phase.STARTING: translate("texts", "Starting"),
        Phase.RUNNING: translate("texts", "Running"),
        Phase.HEALTHY: translate("texts", "Healthy"),
        Phase.REMOVING: translate("texts", "Removing"),
    }
    return next((word for phase, word in words.items() if phase == job.phase), job.phase)


def _resolving_word(verb: Verb) -> str:
    if verb in DOWNLOADS or verb is Verb.REFRESH:
        return translate("texts", "Reading the catalog")
    return translate("texts", "Preparing")


def job_title(verb: Verb) -> str:
    """Return what a job is, as the heading above its progress."""
    return {
        Verb.LIST: translate("texts", "Reading what is installed"),
        Verb.REFRESH: translate("texts", "Asking the sources for news"),
        Verb.INSTALL: translate("texts", "Installing"),
        Verb.UPDATE: translate("texts", "Updating"),
        Verb.ROLL_BACK: translate("texts", "Rolling back"),
        Verb.VERIFY: translate("texts", "Verifying every file"),
        Verb.SMOKE: translate("texts", "Testing the runtime"),
        Verb.DISMISS: translate("texts", "Dismissing a notice"),
        Verb.RESTORE: translate("texts", "Restoring a notice"),
        Verb.PREVIEW: translate("texts", "Looking for what can go"),
        Verb.PLAN_RUN: translate("texts", "Reading how it is started"),
        Verb.REVOKE: translate("texts", "Taking the consent back"),
        Verb.COMPARE: translate("texts", "Comparing two revisions"),
        Verb.NOTICES: translate("texts", "Reading the notices"),
        Verb.PRUNE: translate("texts", "Removing old revisions"),
        Verb.DOCTOR: translate("texts", "Checking this machine"),
        Verb.REPAIR: translate("texts", "Repairing"),
        Verb.REMOVE: translate("texts", "Removing"),
        Verb.PIN: translate("texts", "Keeping a revision for good"),
        Verb.UNPIN: translate("texts", "Letting a revision go when its time comes"),
        Verb.READ_SETTINGS: translate("texts", "Reading the settings"),
        Verb.SET: translate("texts", "Changing a setting"),
        Verb.RUN: translate("texts", "Running"),
        Verb.STOP: translate("texts", "Stopping the runtime"),
        Verb.IMPORT: translate("texts", "Importing"),
        Verb.EXPORT: translate("texts", "Exporting"),
        Verb.FETCH: translate("texts", "Downloading an update"),
        Verb.PLAN_MOVE: translate("texts", "Finding out what moving takes"),
        Verb.READ_SIGNERS: translate("texts", "Reading who is trusted"),
        Verb.MOVE: translate("texts", "Moving the store"),
        Verb.TEST_SOURCE: translate("texts", "Testing a source"),
    }[verb]


def failure_title(verb: Verb) -> str:
    """Return the heading above the error of a job that failed."""
    return {
        Verb.LIST: translate("texts", "The list could not be read"),
        Verb.REFRESH: translate("texts", "The sources could not be asked"),
        Verb.INSTALL: translate("texts", "The install was stopped"),
        Verb.UPDATE: translate("texts", "The update was stopped"),
        Verb.ROLL_BACK: translate("texts", "The rollback was stopped"),
        Verb.VERIFY: translate("texts", "The check found faults"),
        Verb.SMOKE: translate("texts", "The test failed"),
        Verb.DISMISS: translate("texts", "The notice could not be dismissed"),
        Verb.RESTORE: translate("texts", "The notice could not be restored"),
        Verb.PREVIEW: translate("texts", "What can go could not be found out"),
        Verb.PLAN_RUN: translate("texts", "How it is started could not be read"),
        Verb.REVOKE: translate("texts", "The consent could not be taken back"),
        Verb.COMPARE: translate("texts", "The revisions could not be compared"),
        Verb.NOTICES: translate("texts", "The notices could not be read"),
        Verb.PRUNE: translate("texts", "Old revisions could not be removed"),
        Verb.DOCTOR: translate("texts", "This machine could not be checked"),
        Verb.REPAIR: translate("texts", "The repair was stopped"),
        Verb.REMOVE: translate("texts", "It could not be removed"),
        Verb.PIN: translate("texts", "It could not be pinned"),
        Verb.UNPIN: translate("texts", "It could not be unpinned"),
        Verb.READ_SETTINGS: translate("texts", "The settings could not be read"),
        Verb.SET: translate("texts", "The setting could not be changed"),
        Verb.RUN: translate("texts", "The runtime ended"),
        Verb.STOP: translate("texts", "The runtime could not be stopped"),
        Verb.IMPORT: translate("texts", "Not all of it was imported"),
        Verb.EXPORT: translate("texts", "Not all of it was exported"),
        Verb.FETCH: translate("texts", "The update could not be downloaded"),
        Verb.PLAN_MOVE: translate("texts", "The store cannot be moved there"),
        Verb.READ_SIGNERS: translate("texts", "Who is trusted could not be read"),
        Verb.MOVE: translate("texts", "The store could not be moved"),
        Verb.TEST_SOURCE: translate("texts", "The source cannot be used"),
    }[verb]


def still_active_text(bundle: BundleView) -> str:
    """Return what is active after a failure; nothing running is touched before the new one is proven (rule 2)."""
    active = bundle["active"]
    if active is None:
        return translate("texts", "Nothing was changed: no revision of this bundle is active.")
    return translate("texts", "Nothing was changed: {version} is still active.").format(version=version_of(active))


def error_text(error: ErrorView) -> str:
    """Return an error without its code: what failed, the core's exact words, expected and actual, what helps."""
    said, message = say_error(error), error["message"]
    exact = [translate("texts", "In English: {text}").format(text=message)] if said != message else []
    return "\n".join([said, *exact, *error_facts(error)])


def error_facts(error: ErrorView) -> list[str]:
    """Return what is known of an error beyond what failed: expected and actual, what helps."""
    facts = (
        (translate("texts", "Expected: {text}"), error.get("expected")),
        (translate("texts", "Actual: {text}"), error.get("actual")),
        ("{text}", say(error.get("hint", ""))),
    )
    return [form.format(text=text) for form, text in facts if text]


def code_text(error: ErrorView) -> str:
    """Return the stable code of an error, for whoever helps; it stands last and never begins what a person reads."""
    return translate("texts", "Error code: {code}").format(code=error["code"])


def error_in_full(error: ErrorView) -> str:
    """Return an error with its code at the end, where there is one text for all of it."""
    return f"{error_text(error)}\n{code_text(error)}"
