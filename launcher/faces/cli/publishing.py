"""What operators do: make, sign and verify manifests, and make signing keys."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from launcher.domain.canonical import parse_document
from launcher.domain.errors import BadField, UsageError
from launcher.faces.cli.context import Outcome
from launcher.faces.cli.terminal import fact_lines, printable, safe
from launcher.faces.cli.text_checks import verdict_lines
from launcher.faces.cli.text_errors import error_from_view

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Callable, Mapping

    from launcher.faces.cli.context import Context, Screen
    from launcher.faces.cli.results import KeyResult, ManifestResult, SignerEntry

DEFAULT_CHANNEL: Final = "preview"
FROM_STDIN: Final = "-"
_NO_PROBE: Final[dict[str, Any]] = {"expect_status": 0, "timeout_ms": 10_000}


def create(context: Context) -> Outcome:
    """Make a manifest from archives; what it does not say comes from the template."""
    said = context.arguments
    template = _load_template(said.template)
    output = Path(said.output)
    url_base = f"{said.url_base.rstrip('/')}/" if said.url_base else ""
    archives = [_existing(name) for name in said.archive]
    root = context.launcher.publishing.create_manifest(
        _bundle_of(said, template.get("bundle", {})),
        template.get("release", {}),
        [(path, url_base + path.name) for path in archives],
        output,
        context.observer,
        channel=said.channel,
        revision=said.revision,
        strip_prefix=said.strip_prefix,
    )
    return _written("Made", output, root)


def sign(context: Context) -> Outcome:
    """Sign a manifest."""
    said = context.arguments
    output = Path(said.output or said.path)
    signed = context.launcher.publishing.sign_manifest(
        _existing(said.path),
        secret_key=_secret_key(context),
        issuer=said.issuer,
        key_id=said.key_id,
        output=output,
        compact=said.compact,
    )
    return _written("Signed", output, signed)


def verify(context: Context) -> Outcome:
    """Say whose word a manifest is. Signed by a stranger is good enough, unless trust is asked for or enforced."""
    verdict = context.launcher.verify_manifest(_existing(context.arguments.path))
    must_be_trusted = context.arguments.require_trusted or context.launcher.is_enforced
    is_enough = verdict["trusted"] if must_be_trusted else verdict["ok"]
    error = None if is_enough or verdict["error"] is None else error_from_view(verdict["error"])
    return Outcome(verdict, lambda screen: verdict_lines(printable(verdict), screen.style), error)


def new_key(context: Context) -> Outcome:
    """Make a signing key; only its public half is printed."""
    said = context.arguments
    path = Path(said.output)
    for name, text in (
        ("--key-id", said.key_id),
        ("--issuer", said.issuer),
        *(("--channel", c) for c in said.channel or ()),
    ):
        if text is not None and not text.isprintable():
            raise UsageError(f"`{name}` holds characters that cannot be printed.", actual=ascii(text))
    entry: SignerEntry = context.launcher.publishing.new_key(  # type: ignore[assignment]  # a signer registry's entry
        path, issuer=said.issuer, channels=said.channel or [DEFAULT_CHANNEL], key_id=said.key_id
    )
    result: KeyResult = {
        "path": str(path.absolute()),
        "key_id": entry["key_id"],
        "public_key_b64": entry["public_key_b64"],
        "registry_entry": entry,
    }
    return Outcome(result, lambda screen: _key_lines(result, screen))


COMMANDS: Final[Mapping[str, Callable[[Context], Outcome]]] = {
    "create": create,
    "sign": sign,
    "verify": verify,
    "new-key": new_key,
}


def _existing(name: str) -> Path:
    path = Path(name)
    if not path.is_file():
        raise UsageError(f"There is no file `{name}`.")
    return path


def _load_template(name: str | None) -> dict[str, Any]:
    if name is None:
        return {}
    try:
        raw = _existing(name).read_bytes()
    except OSError as error:
        raise UsageError(f"The template `{name}` cannot be read.", actual=error.strerror) from error
    root = parse_document(raw).root
    for key in ("bundle", "release"):
        if not isinstance(root.get(key, {}), dict):
            raise BadField(f"`{key}` of the template is not an object.", expected="an object")
    return root


def _bundle_of(said: Namespace, template: Mapping[str, Any]) -> dict[str, Any]:
    """Return the manifest's ``bundle``: the template's, with what was said on top of it."""
    bundle = dict(template) | {"id": said.bundle_id}
    bundle["name"] = said.name or bundle.get("name") or said.bundle_id
    if said.executable is None and said.probe_arg is None:
        return bundle
    metadata = dict(bundle.get("metadata") or {})
    process = dict(metadata.get("process") or {})
    if said.executable is not None:
        process["command"] = said.executable
    if said.probe_arg is not None:
        process["probe"] = {**_NO_PROBE, **(process.get("probe") or {}), "args": said.probe_arg}
    if "command" not in process:
        raise UsageError("A trial start needs a program.", expected="`--command`", actual="only `--probe-arg`")
    return bundle | {"metadata": metadata | {"process": process}}


def _secret_key(context: Context) -> bytes:
    said = context.arguments
    if said.key_file is not None:
        return context.launcher.publishing.load_key(_existing(said.key_file))
    if said.key_b64 == FROM_STDIN:
        return context.launcher.publishing.parse_key(sys.stdin.readline(), "stdin")
    # Threat B17: the process list shows it to everybody on this machine, and the shell's history keeps it.
    context.warn("A key on the command line can be seen by others; use `--key-file`, or `--key-b64 -` and stdin.")
    return context.launcher.publishing.parse_key(said.key_b64, "`--key-b64`")


def _written(done: str, path: Path, root: Mapping[str, Any]) -> Outcome:
    files, signatures = root.get("files"), root.get("signatures")
    result: ManifestResult = {
        "path": str(path.absolute()),
        "id": root.get("bundle", {}).get("id"),
        "channel": root.get("catalog", root).get("channel"),
        "revision": root.get("catalog", root).get("revision"),
        "files": None if files is None else len(files),
        "key_id": signatures[-1]["key_id"] if signatures else None,
    }
    shown = printable(result)
    facts = [
        ("bundle", shown["id"]),
        ("channel", f"{shown['channel']} r{shown['revision']}"),
        ("files", "not listed" if files is None else str(len(files))),
        ("signed with", shown["key_id"]),
    ]
    return Outcome(result, lambda screen: [f"{done} {shown['path']}", *fact_lines(facts, style=screen.style)])


def _key_lines(result: KeyResult, screen: Screen) -> list[str]:
    entry = json.dumps(result["registry_entry"], indent=2)  # to be pasted, so exactly as it is; JSON in ASCII is safe
    return [
        f"Made the signing key {screen.style.paint(safe(result['key_id']), 'bold')}",
        f"  The secret half is in {safe(result['path'])}; keep it from others.",
        "  Its entry for `signers` in configs/runtime/bundle_signers.json:",
        *(f"    {line}" for line in entry.splitlines()),
    ]
