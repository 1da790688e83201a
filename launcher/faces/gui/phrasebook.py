"""The core's sentences in the window's language (ADR 13).

The core speaks English and knows nothing of languages. Its sentences are made of a fixed form and of values; the window
knows the forms that its screens show, finds the values in between, and says the translated form with them. What it
does not recognise it says in general, by the code of the error, and the exact English words stay among the details.
A test holds that every form here is one of the core's, and that reasons, checks and verdicts are all here.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication

from launcher.domain.errors import LauncherError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from launcher.domain.views import ErrorView

CONTEXT: Final = "core"
PHRASES: Final = (
    # why a bundle fits (domain/choose.py, domain/accelerator.py, flows/bundle_view.py)
    "Works on this machine.",
    "Works if your GPU is one that the build supports.",
    "Recommended: {title}, because {why}.",
    "{titles} also works.",
    "{titles} also work.",
    "Made for {need}; this machine runs {have}.",
    "Made for {need}; this machine is {have}.",
    "Needs macOS {need} or later; this Mac has {have}.",
    "Needs glibc {need} or later; this machine has {have}.",
    "Needs {need} or later; this machine has {have}.",
    "Wants {need} of memory; this machine has {have}.",
    "The accelerator `{name}` is unknown, so whether it works here is too.",
    "Which driver {name} needs is unknown.",
    "{name} has compute capability {have}; {need} is needed.",
    "{name} ({kind}) is not one of the GPUs that ROCm builds are made for.",
    "AMD's compute driver is not loaded.",
    "No GPU that Metal drives.",
    "Whether there is a Vulkan device could not be found out.",
    "Whether there is an {vendor} GPU could not be found out.",
    "No Vulkan loader (`{library}`).",
    "The Vulkan driver did not answer.",
    "Vulkan has no GPU here, only software ({name}).",
    "No Vulkan device.",
    "No {vendor} GPU.",
    "Which GPUs {name} is for is unknown.",
    "NVIDIA driver {have} is too old; {need} or later is needed.",
    "The NVIDIA driver is not there or does not answer; {need} or later is needed.",
    "{version} (channel revision {number}) is available.",
    "Revision {number} is available.",
    # what would help
    "Update the operating system.",
    "Update macOS.",
    "Update ARW Launcher.",
    "Update.",
    "Use a newer release of the distribution.",
    "Use a distribution with glibc.",
    "Use small models, and close other programs.",
    "Take a build for an older CUDA, or the Vulkan build.",
    "Take the Vulkan build.",
    "Install the `amdgpu` driver with ROCm.",
    "Install your GPU's driver with Vulkan support.",
    "Update your GPU's driver.",
    "Install NVIDIA driver {need} or later.",
    "{title} suits this machine better.",
    "Choose a bundle for {name}.",
    # what to try after a crash (domain/crash_advice.py)
    "It had too little memory: try a smaller model or a smaller context, or close other programs.",
    "This processor lacks an instruction that the build uses: install another bundle.",
    "The port is taken: choose another.",
    "The GPU or its driver does not suit the build: update the driver, or install the Vulkan or the CPU bundle.",
    "A library of the system is missing: `doctor` may know which; the CPU bundle needs the fewest.",
    "It cannot read the model: see that the file is whole and made for this runtime, or update the runtime.",
    "It does not take one of its arguments: leave out those that you added.",
    # whose word a bundle is (flows/trust_view.py and those that call it)
    "Signed by {issuer}, key {key}, trusted for {channel} until {date}.",
    "Signed by {issuer}, key {key}, trusted for {channel}.",
    "Signed with the key {key}, trusted for {channel} until {date}.",
    "Signed with the key {key}, trusted for {channel}.",
    "Not signed by anybody.",
    "Nobody signed.",
    "Edited by hand on this machine; nobody signed it.",
    "Its signatures cannot be read.",
    "It is neither installed nor offered.",
    "Its catalog lies on this machine unsigned; its own signature is checked before installing.",
    "It could not be read.",
    "The key {key} has expired since; this was verified before.",
    "Its manifest cannot be read.",
    "It was not looked at.",
    "The key {key} was revoked.",
    "The key {key} has expired.",
    "The key {key} is not valid yet.",
    "The key {key} is not trusted for the channel `{channel}`.",
    "Too few trusted keys signed for the channel `{channel}`.",
    # what an update, an import or an export passed over (flows/newer.py, flows/transfer)
    "No catalog offers it any more.",
    "{version} is the newest on its channel.",
    "You rolled back from channel revision {number}; it stays held until a newer one comes.",
    "Channel revision {number} was never healthy here; it stays held until a newer one comes.",
    "`--all-platforms` stores it all the same.",
    "It is here as {revision}.",
    "It would be stored.",
    "Stored as {revision}; `install {name}` makes it active.",
    "It does not expire.",
    "It has expired on {date}; nothing new is activated from it.",
    "It expires on {date}.",
    # what the doctor says (flows/doctor.py)
    "{path} is as it should be.",
    "`{key}` of {issuer} expired {date}.",
    "`{key}` of {issuer} expires {date}.",
    "Ask who runs the channel for a new signer registry.",
    "Trusted keys: {count}; none expires within {days} days.",
    "{source} expired {date}.",
    "Fetch a newer one: `arw-cli runtime bundles refresh`.",
    "{source} is valid until {date}.",
    "{source} can be read.",
    "There is none yet; {path} is made with the first installation.",
    "{path} is on a file system without locks.",
    "Nothing is installed there; choose another volume.",
    "{path} is on a file system without links.",
    "Bundles that have links are not installed there; a store on another volume takes them.",
    "{path} is on a file system where revisions cannot share files.",
    "Every revision takes its full size; a store on another volume takes less.",
    "{path} can be written; it has {abilities}.",
    "{free} GiB of {total} GiB are free.",
    "Old revisions are deleted by themselves.",
    "Nobody is changing the store.",
    "{holder} is changing the store.",
    "Wait for it; the lock ends with the process.",
    "`arw-cli runtime bundles repair {name}`, or install it again.",
    "Installed bundles: {count}; all can be read, and `audit --deep` hashes every file.",
    "There is an NVIDIA GPU, but no driver that answers.",
    "Install NVIDIA's driver.",
    "Vulkan is installed, but drives no GPU.",
    "Install the Vulkan driver of the GPU, if there is one.",
    "{driver}; Vulkan: {devices}.",
    # the same, of the way to the network and of the store's place (adapters/machine_checks.py)
    "The settings say to stay offline; no server is asked.",
    "Servers are asked directly, without a proxy.",
    "The proxy {address} answers.",
    "Servers are proven by the certificates of the system or the environment.",
    "Every certificate in {path} has expired.",
    "Ask who runs the network for a new file.",
    "Servers are proven by the certificates in {path}: {count}.",
    "A move of the store was interrupted; {path} is used, and what is left at {rest} takes room.",
    "Delete what is left: `arw-cli runtime bundles move --clean-up`.",
    # what trying a source says (flows/try_source.py)
    "It can be used, but it expired {date}: nothing new comes of it.",
    "It can be used, but its channel `{channel}` is not followed on this machine.",
    "It can be used; it offers {count} on the channel `{channel}`.",
    "It can be read; bundles in it: {count}. Each is proven when it is imported.",
    # for which other process a job waits (flows/store_access.py, store/downloads.py, adapters/sample)
    "Waiting for {holder} to finish with the store.",
    "Waiting for {holder}, which fetches the same file.",
    "Waiting for {holder} to finish with the sample registry.",
    # what fails most often; the rest is said by its code
    "What came is not the file that was signed.",
    "The archive `{name}` is not the one that was signed.",
    "The archive `{name}` has not the signed size.",
    "`{name}` is not what was signed.",
    "`{name}` is not of the signed size.",
    "`{path}` does not belong to the bundle.",
    "The proxy `{address}` does not answer.",
    "The operating system denied access to `{path}`.",
    "There is no room left for `{path}`.",
    "The disk or its file system failed at `{path}`.",
    "A file stands where there must be a folder, on the way to `{path}`.",
    "The manifest of `{name}` is not the one that the catalog pins.",
    "`{name}` is offered in an older revision than this machine has seen.",
    "The catalog of the channel `{channel}` has expired.",
    "The document is not signed.",
    "The key `{key}` is not in the signer registry.",
    "The signature carries the key id `{key}` with another key.",
    "A signature does not belong to this document.",
    "There is no signer registry, so nothing is trusted.",
    "`{host}` cannot be reached.",
    "`{host}` is not asked, because the settings say to stay offline.",
    "`{url}` answered {status}.",
    "`{url}` answered with a web page.",
    "`{host}` ended before all had come.",
    "The connection to `{host}` broke.",
    "The server did not answer in time.",
    "The server sends too slowly.",
    "There is not enough room in `{folder}`.",
    "Another process is changing the store.",
    "No catalog offers `{name}`.",
    "`{name}` is not installed.",
    "`{name}` cannot work on this machine.",
    "`{name}` is active in this very version already.",
    "`{revision}` of `{name}` is already active.",
    "`{revision}` of `{name}` is running.",
    "`{revision}` of `{name}` is as it was signed; there is nothing to repair.",
    "`{name}` has no earlier revision.",
    "`{name}` is running already.",
    "`{name}` asks for your consent first: {note}",
    "`{name}` does not run on this machine: {line}",
    "The runtime did not become healthy in time.",
    "The runtime ended by itself.",
    "The runtime ended by itself: {line}",
    "Its last words: {line}",
    "It printed nothing.",
    "Stop it first.",
    "Install it: `install {name}`.",
    # what helps in one case only; what always helps with a kind of error is with its class
    "The publisher can start anew with a new signing key; the operator revokes the old one.",
    "If you trust the sources, delete `{path}`; the next refresh starts anew.",
    "Look at `rollback --list`, and roll back if another revision was active.",
    "`repair {name} --revision {revision}` mends it; then roll back to it again.",
    "{revision} was never healthy on this machine, so {previous} is active again.",
    "`update` does not bring it back by itself.",
    "Update the bundle instead.",
    "Import it instead.",
    "Put the store on another volume; FAT and exFAT have no links.",
    "FAT takes no file of 4 GiB or more; exFAT, NTFS and others do.",
    "Move that file away, or choose another place.",
    "Install it with `--force`, which keeps them; then export again.",
    "The same export goes on from `{name}`; delete that file if you do not need it.",
    "Export to a folder instead.",
    "Export fewer bundles or revisions at a time.",
    "End the name of a new folder with a slash.",
    "Leave `--bundle` out.",
    "`rollback --bundle ID --list` shows the revisions of a bundle.",
    "Move the folder itself, or leave them out.",
    "Change it there.",
    "Correct the setting `proxy`, or the variables of the environment; or start the proxy.",
    "Look at HTTPS_PROXY.",
    "Build llama.cpp first: `cmake -B build && cmake --build build --target llama-server`.",
    # more than one bundle in the sentence about the recommended one; the least special form comes last
    "{names}: {clause}",
)
# What stands in the places of the forms above.
PARTS: Final = (
    "it needs no GPU",
    "this Mac's GPU supports it",
    "of {device} with driver {driver}",
    "of {device}",
    "another system",
    "no NVIDIA driver",
    "NVIDIA driver {version}",
    "not installed",
    "hard links",
    "an {name}",
    "a {name}",
    "process {pid} ({purpose}), which cannot be seen from here",
    "process {pid} ({purpose})",
    "another process, which has not written down its name",
    "{first} and {last}",
)
_PLACE: Final = re.compile(r"\{(\w+)\}")
_BETWEEN_SENTENCES: Final = re.compile(r"(?<=[.]) (?=[A-Z`])")
_VALUE: Final = r"(?:(?!\. [A-Z`]).)+?"  # within one sentence


def say(text: str) -> str:
    """Return a text of the core in the window's language; what is not recognised stays as it is."""
    if not text or not _is_foreign():
        return text
    if "\n" in text:
        return "\n".join(say(line) for line in text.split("\n"))
    whole = _find_said(text, PHRASES)
    if whole is not None:
        return whole
    sentences = _BETWEEN_SENTENCES.split(text)
    return " ".join(_find_said(sentence, PHRASES) or sentence for sentence in sentences)


def say_error(error: ErrorView) -> str:
    """Return what failed, in the window's language; the exact English words are for the details."""
    message = error["message"]
    said = say(message)
    if said != message or not _is_foreign():
        return said
    kind = find_kind(error["code"])
    return _translated(title_of(kind)) if kind else message


def title_of(kind: type[LauncherError]) -> str:
    """Return what a kind of error is, in one English sentence."""
    return (kind.__doc__ or kind.code).partition("\n")[0]


def find_kind(code: str) -> type[LauncherError] | None:
    """Return the class of a code, or None for one of another version."""
    return _kinds().get(code)


def every_kind(kind: type[LauncherError] = LauncherError) -> Iterator[type[LauncherError]]:
    """Give the whole tree of errors."""
    yield kind
    for child in kind.__subclasses__():
        yield from every_kind(child)


@cache
def _kinds() -> dict[str, type[LauncherError]]:
    return {kind.code: kind for kind in every_kind()}


def _is_foreign() -> bool:
    """Tell whether the window speaks another language than the core."""
    return _translated(PHRASES[0]) != PHRASES[0]


def _translated(text: str) -> str:
    return QCoreApplication.translate(CONTEXT, text)


def _find_said(text: str, forms: tuple[str, ...]) -> str | None:
    if (said := _translated(text)) != text:
        return said
    for form, pattern in _patterns(forms):
        if match := pattern.fullmatch(text):
            values = {name: _say_part(value) for name, value in match.groupdict().items()}
            return _translated(form).format(**values)
    return None


def _say_part(value: str) -> str:
    capital = value[:1].upper() + value[1:]
    return _find_said(value, PARTS) or (_find_said(capital, PHRASES[:-1]) if value.endswith(".") else None) or value


@cache
def _patterns(forms: tuple[str, ...]) -> list[tuple[str, re.Pattern[str]]]:
    """Return the forms with what they match; those without places are found without."""
    patterns = []
    for form in forms:
        pieces = _PLACE.split(form)
        parts = [f"(?P<{piece}>{_VALUE})" if index % 2 else re.escape(piece) for index, piece in enumerate(pieces)]
        if len(parts) > 1:
            patterns.append((form, re.compile("".join(parts))))
    return patterns
