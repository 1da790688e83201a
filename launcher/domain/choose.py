"""Choosing for a machine: which bundles fit it, which one is best, and why (6-interfaces, "Choosing for a machine")."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from launcher.domain.accelerator import Accelerator, assess_device, parse_accelerator
from launcher.domain.machine import find_os, is_at_least, normalised_arch
from launcher.domain.reason import Reason, ReasonCode
from launcher.domain.values import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from launcher.domain.bundle import Bundle, Platform
    from launcher.domain.machine import Machine

_OS_TITLES: Final = {"linux": "Linux", "macos": "macOS", "windows": "Windows"}
_WINDOWS_11: Final = "10.0.22000"  # what Windows 11 calls itself
# Firmware and graphics keep some memory for themselves: 16 GB in the shop are 15.3 to the system.
_VISIBLE_MEMORY_SHARE: Final = 0.9


class Fit(NamedTuple):
    """How a bundle and a machine go together.

    Attributes:
        fits: Whether it can work; low memory warns and does not block.
        reasons: Never empty; all that blocks, or ``compatible`` (``recommended``), then warnings.
        because: What makes it work, to follow the word "because".
        is_certain: False where only trying shows whether the device is one that the build drives.
    """

    fits: bool
    reasons: tuple[Reason, ...]
    because: str = ""
    is_certain: bool = True


class Choice(NamedTuple):
    """A bundle that was judged for this machine. Only `choose` makes one: a proof type (2-architecture).

    Attributes:
        rank: From 1, among the bundles of the same runtime: best first, then those that do not fit.
    """

    bundle: Bundle
    fit: Fit
    is_recommended: bool
    rank: int


def assess_bundle(bundle: Bundle, machine: Machine) -> Fit:
    """Judge one bundle by itself."""
    blockers = _platform_blockers(bundle.platforms, machine)
    if blockers:  # what the build would need of another system's drivers says nothing here
        return Fit(fits=False, reasons=blockers)
    device = assess_device(parse_accelerator(bundle.accelerator), bundle.support, machine)
    blockers = (*_library_blockers(bundle, machine), *([device.blocker] if device.blocker else []))
    if blockers:
        return Fit(fits=False, reasons=blockers)
    sentence = "Works on this machine." if device.is_certain else "Works if your GPU is one that the build supports."
    reasons = (Reason(ReasonCode.COMPATIBLE, sentence), *_warnings(bundle, machine))
    return Fit(fits=True, reasons=reasons, because=device.because, is_certain=device.is_certain)


def choose(bundles: Sequence[Bundle], machine: Machine) -> tuple[Choice, ...]:
    """Judge bundles for a machine and recommend the best one of each runtime.

    CUDA comes first in the newest version that the driver carries, then ROCm, Metal, Vulkan, SYCL, OpenVINO, OpenCL,
    CPU; where two are as good, the caller's order decides. Anything without doubt or warning goes before anything with.

    Returns:
        All bundles: the runtimes in the caller's order, in each the best first and those that do not fit last.
    """
    runtimes: dict[str, list[tuple[Bundle, Fit]]] = {}
    for bundle in bundles:
        runtimes.setdefault(bundle.runtime, []).append((bundle, assess_bundle(bundle, machine)))
    return tuple(choice for judged in runtimes.values() for choice in _rank(judged))


def _rank(judged: list[tuple[Bundle, Fit]]) -> Iterable[Choice]:
    judged.sort(key=lambda pair: _preference(*pair))
    best = parse_accelerator(judged[0][0].accelerator)
    for rank, (bundle, fit) in enumerate(judged, start=1):
        is_recommended = rank == 1 and fit.fits
        is_other = fit.fits and parse_accelerator(bundle.accelerator) != best
        shown = _recommended(fit, judged) if is_recommended else _second_best(fit, best) if is_other else fit
        yield Choice(bundle, shown, is_recommended, rank)


def _preference(bundle: Bundle, fit: Fit) -> tuple[bool, bool, tuple[int, tuple[int, ...]]]:
    has_doubt = not fit.is_certain or len(fit.reasons) > 1
    return not fit.fits, has_doubt, parse_accelerator(bundle.accelerator).preference


def _recommended(fit: Fit, judged: Sequence[tuple[Bundle, Fit]]) -> Fit:
    """Say why the first of ``judged`` is the best, and what is with the others (7-screens, rule 1)."""
    best = parse_accelerator(judged[0][0].accelerator)
    others = [(parse_accelerator(bundle.accelerator), other) for bundle, other in judged[1:]]
    others = [(accelerator, other) for accelerator, other in others if accelerator != best]
    why = f"Recommended: {best.title}, because {fit.because}."
    reason = Reason(ReasonCode.RECOMMENDED, " ".join([why, *_what_also_works(others), *_what_does_not(others)]))
    return fit._replace(reasons=(reason, *fit.reasons[1:]))


def _second_best(fit: Fit, best: Accelerator) -> Fit:
    """Say which bundle would be better."""
    first = fit.reasons[0]
    return fit._replace(reasons=(first._replace(act=f"{best.title} suits this machine better."), *fit.reasons[1:]))


def _what_also_works(others: Iterable[tuple[Accelerator, Fit]]) -> Iterable[str]:
    works = dict.fromkeys(accelerator for accelerator, fit in others if fit.fits)
    titles = [accelerator.title for accelerator in works if accelerator.family != "cpu"]  # CPU always does
    if titles:
        yield f"{_joined(titles)} also {'works' if len(titles) == 1 else 'work'}."


def _what_does_not(others: Iterable[tuple[Accelerator, Fit]]) -> Iterable[str]:
    titles: dict[str, dict[str, None]] = {}  # clause -> whom it is about, in order
    for accelerator, fit in others:
        reason = fit.reasons[0]
        if fit.fits or reason.subject in {"os", "arch"}:  # a build for another system is no alternative
            continue
        title = accelerator.family_title if reason.code is ReasonCode.NO_DEVICE else accelerator.title
        titles.setdefault(reason.clause, {})[title] = None
    for clause, names in titles.items():
        yield f"{_joined(list(names))}: {clause}"


def _joined(names: Sequence[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def _platform_blockers(platforms: Sequence[Platform], machine: Machine) -> tuple[Reason, ...]:
    """Compare systems and architectures; the first difference is reason enough."""
    same_os = [platform for platform in platforms if machine.os is not None and find_os(platform.os) == machine.os]
    if not same_os:
        need = _joined(sorted({_os_title(platform.os) for platform in platforms}) or ["a system that it does not name"])
        have = _os_title(machine.os) if machine.os else "another system"
        act = f"Choose a bundle for {have}." if machine.os else None
        return (_unsupported("os", f"Made for {need}; this machine runs {have}.", act, have=machine.os, need=need),)
    same_arch = [platform for platform in same_os if machine.arch in {None, normalised_arch(platform.arch)}]
    if not same_arch:
        need = _joined(sorted({normalised_arch(platform.arch) for platform in same_os}))
        sentence = f"Made for {need}; this machine is {machine.arch}."
        act = f"Choose a bundle for {machine.arch}."
        return (_unsupported("arch", sentence, act, have=machine.arch, need=need),)
    too_old = [_system_too_old(platform, machine) for platform in same_arch]
    return () if None in too_old else tuple(reason for reason in too_old[:1] if reason)


def _system_too_old(platform: Platform, machine: Machine) -> Reason | None:
    """Compare ``min_version`` with the system's version; what is not a version is prose and says nothing."""
    need = (platform.min_version or "").strip()
    # A bare number on Linux could be a distribution's as well as the kernel's.
    if machine.os_version is None or (machine.os == "linux" and not need.lower().startswith("kernel")):
        return None
    floor = _WINDOWS_11 if machine.os == "windows" and need in {"11", "11.0"} else need
    if is_at_least(machine.os_version, floor) is not False:
        return None
    if machine.os == "macos":
        return _macos_too_old(need, machine.os_version)
    what = need if machine.os == "linux" else f"Windows {need}"
    sentence = f"Needs {what} or later; this machine has {machine.os_version}."
    return _unsupported("os", sentence, "Update the operating system.", have=machine.os_version, need=need)


def _library_blockers(bundle: Bundle, machine: Machine) -> Iterable[Reason]:
    need_glibc, need_macos = bundle.support.min_glibc, bundle.support.min_macos
    if need_macos and machine.macos and is_at_least(machine.macos, need_macos) is False:
        yield _macos_too_old(need_macos, machine.macos)
    if machine.os != "linux" or not need_glibc:
        return
    have = "musl" if machine.libc == "musl" else machine.glibc
    if have is not None and (have == "musl" or is_at_least(have, need_glibc) is False):
        yield _unsupported(
            "glibc",
            f"Needs glibc {need_glibc} or later; this machine has {have}.",
            "Use a newer release of the distribution." if have != "musl" else "Use a distribution with glibc.",
            have=have,
            need=need_glibc,
        )


def _warnings(bundle: Bundle, machine: Machine) -> Iterable[Reason]:
    need, have = bundle.support.min_memory_bytes, machine.memory_bytes
    if need is not None and have is not None and have < need * _VISIBLE_MEMORY_SHARE:
        yield Reason(
            ReasonCode.LOW_MEMORY,
            f"Wants {_gibibytes(need)} of memory; this machine has {_gibibytes(have)}.",
            act="Use small models, and close other programs.",
            have=str(have),
            need=str(need),
        )


def _macos_too_old(need: str, have: str) -> Reason:
    sentence = f"Needs macOS {need} or later; this Mac has {have}."
    return _unsupported("macos", sentence, "Update macOS.", have=have, need=need)


def _unsupported(subject: str, sentence: str, act: str | None = None, *, have: str | None, need: str) -> Reason:
    return Reason(ReasonCode.UNSUPPORTED, sentence, act, subject, have, need)


def _os_title(name: str) -> str:
    os = find_os(name)
    return _OS_TITLES[os] if os else name


def _gibibytes(size_bytes: int) -> str:
    return f"{size_bytes / 2**30:.1f} GiB"
