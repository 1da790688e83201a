"""What the end of a job means, in words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from launcher.faces.gui.jobs import JobState, Verb
from launcher.faces.gui.phrasebook import say, say_error
from launcher.faces.gui.quantities import duration_text, size_text
from launcher.faces.gui.texts import failure_title, still_active_text, translate
from launcher.faces.gui.theme import Tone

if TYPE_CHECKING:
    from launcher.domain.views import BundleView, ErrorView
    from launcher.faces.gui.jobs import Job

CHANGING = frozenset({Verb.INSTALL, Verb.UPDATE, Verb.ROLL_BACK})
SHOWN_FAULTS = 5


@dataclass(frozen=True, slots=True)
class Report:
    """How a job ended, as the panel shows it.

    Attributes:
        after: What is still active, where that is in question.
    """

    tone: Tone
    icon_name: str
    title: str
    text: str = ""
    error: ErrorView | None = None
    after: str = ""
    can_retry: bool = False


def report_of(job: Job, bundle: BundleView) -> Report:
    """Return the report of a job that is over."""
    verb, outcome = job.order.verb, job.outcome
    after = still_active_text(bundle) if verb in CHANGING else ""
    if job.state is JobState.CANCELLED or outcome is None:
        text = translate("outcome", "What was fetched so far is kept; starting again goes on from there.")
        is_fetching = verb in {Verb.INSTALL, Verb.UPDATE}
        title = translate("outcome", "Stopped, as you asked")
        return Report(Tone.NEUTRAL, "cancel", title, text if is_fetching else "", after=after, can_retry=True)
    if job.state is JobState.FAILED:
        error = outcome.error
        text = "\n".join([say_error(error) if error else "", *_faults(outcome.result)]).strip()
        return Report(Tone.DANGER, "warning", failure_title(verb), text, error, after, can_retry=True)
    if job.state is JobState.NOTHING_TO_DO:
        text = say_error(outcome.error) if outcome.error else ""
        return Report(Tone.NEUTRAL, "check", translate("outcome", "There was nothing to do"), text)
    return _success(verb, outcome.result or {}, bundle)


def activated_by(job: Job) -> str | None:
    """Return the revision that a job says it made the active one; None where it says no such thing."""
    result = (job.outcome.result if job.outcome else None) or {}
    if job.state is not JobState.DONE or job.order.verb not in {Verb.INSTALL, Verb.UPDATE, Verb.ROLL_BACK}:
        return None
    if job.order.verb is Verb.ROLL_BACK:
        return result.get("revision")
    rows = [*(result.get("installed") or []), *(result.get("updated") or [])]
    return next((row["revision"] for row in rows if row.get("id") == job.order.bundle_id), None)


def _success(verb: Verb, result: dict[str, Any], bundle: BundleView) -> Report:
    match verb:
        case Verb.INSTALL:
            return _installed(next(iter(result.get("installed") or []), {}), bundle)
        case Verb.UPDATE:
            return _updated(result, bundle)
        case Verb.ROLL_BACK:
            return _rolled_back(result, bundle)
        case Verb.VERIFY:
            return report_of_audit(result)
        case Verb.SMOKE:
            return _smoked(result)
        case _:
            icon_name = "verify" if verb is Verb.REPAIR else "check"
            return Report(Tone.GOOD, icon_name, _success_title(verb))


def _success_title(verb: Verb) -> str:
    titles = {
        Verb.REMOVE: translate("outcome", "Removed"),
        Verb.PIN: translate("outcome", "It stays until you unpin it"),
        Verb.UNPIN: translate("outcome", "It may go when it is old enough"),
        Verb.REPAIR: translate("outcome", "Every file is whole again"),
    }
    return titles.get(verb, translate("outcome", "Done"))


def _installed(installed: dict[str, Any], bundle: BundleView) -> Report:
    version = installed.get("upstream_version") or installed.get("revision") or bundle["name"]
    title = translate("outcome", "{version} is active").format(version=version)
    text = translate("outcome", "Fetched {size}, verified, unpacked and tested.")
    probe = installed.get("probe")
    said = translate("outcome", "It answered: {text}").format(text=probe) if probe else ""
    text = text.format(size=size_text(int(installed.get("fetch_bytes") or 0)))
    return Report(Tone.GOOD, "active", title, "\n".join(filter(None, [text, said])))


def _updated(result: dict[str, Any], bundle: BundleView) -> Report:
    for updated in result.get("updated") or []:
        if updated.get("id") == bundle["id"]:
            return _installed(updated, bundle)
    skipped: dict[str, Any] = next((row for row in result.get("skipped") or [] if row.get("id") == bundle["id"]), {})
    return Report(
        Tone.NEUTRAL, "check", translate("outcome", "There was nothing to do"), say(str(skipped.get("sentence") or ""))
    )


def _rolled_back(result: dict[str, Any], bundle: BundleView) -> Report:
    version = result.get("upstream_version") or result.get("revision") or bundle["name"]
    files = int(result.get("verified_files") or 0)
    text = translate("outcome", "%Ln file(s) ({size}) were verified before the switch.", "", files).format(
        size=size_text(int(result.get("verified_bytes") or 0))
    )
    return Report(Tone.GOOD, "active", translate("outcome", "{version} is active").format(version=version), text)


def report_of_audit(result: dict[str, Any]) -> Report:
    """Return what an audit found; ``result`` is an `AuditView`, of one bundle or of all."""
    items = result.get("items") or []
    files = sum(item["checked_files"] for item in items)
    text = translate("outcome", "Read again and compared, in all revisions: %Ln file(s), {size}.", "", files).format(
        size=size_text(sum(item["checked_bytes"] for item in items))
    )
    if not result.get("ok", False):
        return Report(Tone.DANGER, "warning", failure_title(Verb.VERIFY), "\n".join([text, *_faults(result)]))
    return Report(Tone.GOOD, "verify", translate("outcome", "Everything is as it was signed"), text)


def _smoked(result: dict[str, Any]) -> Report:
    facts = [str(result.get("first_line") or "")]
    if result.get("health_status") is not None:
        facts.append(translate("outcome", "Health: HTTP {status}").format(status=result["health_status"]))
    took = duration_text(int(result.get("duration_ms") or 0) / 1000)
    title = translate("outcome", "It starts and answers (in {time})").format(time=took)
    return Report(Tone.GOOD, "smoke", title, "\n".join(filter(None, facts)))


def _faults(result: dict[str, Any] | None) -> list[str]:
    faults = [say_error(fault) for item in (result or {}).get("items") or [] for fault in item["faults"]]
    more = len(faults) - SHOWN_FAULTS
    extra = [translate("outcome", "and %Ln more; the log has them all", "", more)] if more > 0 else []
    return [*faults[:SHOWN_FAULTS], *extra]
