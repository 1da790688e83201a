"""What can be said to `arw-cli`: its commands and options, without what they do (6-interfaces).

Importing this must stay cheap: `--help` and shell completion need nothing else. ``docs/reference/cli.md`` is
generated from this tree.
"""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any, Final

from launcher import __version__
from launcher.domain.errors import UsageError
from launcher.faces.cli.grammar import (
    EXIT_STATUSES,
    PROG,
    SHELLS,
    Parser,
    add_dry_run,
    add_group,
    add_shared,
    add_verb,
    suggestion,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence


def parse_command_line(argv: Sequence[str]) -> argparse.Namespace:
    """Return what was said; ``command`` names the verb (`COMMANDS` in `launcher.faces.cli.commands`).

    Raises:
        UsageError: It makes no sense.
        SystemExit: Help or the version was asked for, and printed.
    """
    try:
        return _parse(build_parser(argv), argv)
    except UsageError:  # said again by the whole tree, which knows what else could have been meant
        return _parse(build_parser(), argv)


def _parse(parser: Parser, argv: Sequence[str]) -> argparse.Namespace:
    arguments, unknown = parser.parse_known_args(argv)
    leaf: Parser = arguments.leaf
    if unknown:
        options = [name for action in leaf._actions for name in action.option_strings]  # noqa: SLF001 - no public list
        leaf_hint = f"`{leaf.prog} --help` says what it takes."
        hint = suggestion(unknown[0].split("=")[0], options) if unknown[0].startswith("-") else None
        raise UsageError(f"`{leaf.prog}` does not take `{unknown[0]}`.", hint=hint or leaf_hint)
    if arguments.command is None:
        verbs = ", ".join(arguments.verbs)
        raise UsageError(
            f"`{leaf.prog}` needs a command.", expected=f"one of {verbs}", hint=f"`{leaf.prog} --help` explains them."
        )
    if arguments.events and arguments.json:
        leaf.error("`--events` and `--json` exclude each other")
    if arguments.events and getattr(arguments, "key_b64", None) == "-":
        leaf.error("`--events` listens for a cancel on stdin, so the key cannot come from there; use `--key-file`")
    return arguments


def build_parser(said: Sequence[str] = ()) -> Parser:
    """Return the tree of commands.

    Making all of it takes longer than most commands do, so where ``said`` names some families of commands, the others
    are left out. Help always shows all.
    """
    top = Parser(
        prog=PROG,
        description="Installs, verifies, activates, updates and rolls back local inference runtimes.",
        epilog=EXIT_STATUSES,
    )
    top.add_argument("--version", action="version", version=f"{PROG} {__version__}")
    add_shared(top, is_top=True)
    commands = add_group(top)
    runtime = add_group(add_verb(commands, "runtime", "The runtimes of this machine.", command=None))
    bundles = add_group(add_verb(runtime, "bundles", "Install, verify, update and roll back bundles.", command=None))
    words = set(said)
    named = [] if words & {"-h", "--help"} else [family for family in FAMILIES if words & family]
    for family, add_family in FAMILIES.items():
        if not named or family in named:
            add_family(bundles)
    if not named:
        _add_others(commands)
    return top


def _add_others(commands: Any) -> None:  # noqa: ANN401 - see `add_group`
    _add_settings(add_group(add_verb(commands, "settings", "What a person may choose.", command=None)))
    sample = add_verb(commands, "sample", "Try the whole way of a bundle on a registry made on this machine.")
    sample.add_argument(
        "--bundle-from",
        metavar="DIR_OR_ARCHIVE",
        help="a locally built runtime that joins the sample registry",
    )
    completion = add_verb(commands, "completion", "Print a completion script for a shell.")
    completion.add_argument("shell", choices=SHELLS, help="which shell")


def _add_source(parser: Parser) -> None:
    source = parser.add_mutually_exclusive_group()
    source.add_argument("--dir", metavar="DIR", help="look for catalogs in this folder only")
    source.add_argument("--catalog", metavar="FILE_OR_URL", help="take this catalog only")


def _add_remote(parser: Parser) -> None:
    parser.add_argument("--remote", action="store_true", help="ask nodes over HTTP instead of looking at this machine")
    parser.add_argument(
        "--base",
        metavar="URL",
        action="append",
        help="a node to ask, with `--remote`; may be given several times (default: $BASE_URL)",
    )


def _add_reading(bundles: Any) -> None:  # noqa: ANN401 - see `add_group`
    listing = add_verb(
        bundles, "list", "Show what the catalogs offer, what is installed, and what fits this machine and why."
    )
    _add_source(listing)
    listing.add_argument(
        "--install-dir", metavar="DIR", dest="dest", default=argparse.SUPPRESS, help="the same as --dest"
    )
    _add_remote(listing)
    path = add_verb(bundles, "path", "Print the absolute path of the active payload.")
    path.add_argument("bundle_id", metavar="ID", help="the bundle")
    add_verb(bundles, "survey", "Show what this machine is and has, as far as choosing a bundle needs it.")
    notices = add_verb(bundles, "notices", "Show the operators' notices that concern this machine.")
    notices.add_argument("--all", action="store_true", help="also those that were dismissed or are over")
    notices.add_argument("--dismiss", metavar="KEY", help="do not show this notice again")
    notices.add_argument("--restore", metavar="KEY", help="show a dismissed notice again")


def _add_changing(bundles: Any) -> None:  # noqa: ANN401 - see `add_group`
    install = add_verb(
        bundles,
        "install",
        "Fetch, verify, unpack, try and activate bundles.",
        epilog="example:\n  arw-cli runtime bundles install llama.cpp-preview/linux-x86_64-cpu --dry-run",
    )
    install.add_argument("bundle_ids", metavar="ID", nargs="+", help="the bundles to install")
    _add_source(install)
    install.add_argument("--channel", metavar="NAME", help="take the bundle from this channel")
    install.add_argument("--force", action="store_true", help="install again what is already active")
    add_dry_run(install)
    install.add_argument("--artifact-kind", metavar="KIND", help="only artifacts of this kind")
    install.add_argument("--artifact-format", metavar="FORMAT", help="only artifacts of this format, e.g. tar.zst")
    update = add_verb(
        bundles, "update", "Install what is newer on its channel; never another accelerator, never what is held."
    )
    update.add_argument(
        "bundle_ids", metavar="ID", nargs="*", help="the bundles to update (default: all that are installed)"
    )
    _add_source(update)
    update.add_argument(
        "--download-only", action="store_true", help="fetch and verify what is newer; nothing becomes active"
    )
    add_dry_run(update)
    rollback = add_verb(
        bundles,
        "rollback",
        "Make an earlier revision active again; a second rollback comes back.",
        epilog="example:\n  arw-cli runtime bundles rollback --bundle llama.cpp-preview/linux-x86_64-cpu --list",
    )
    rollback.add_argument("--bundle", metavar="ID", required=True, dest="bundle_id", help="the bundle")
    rollback.add_argument("--revision", metavar="REVISION", help="the revision to go to (default: the previous one)")
    rollback.add_argument(
        "--list", action="store_true", dest="list_revisions", help="only show the revisions there are"
    )
    add_dry_run(rollback)
    refresh = add_verb(bundles, "refresh", "Fetch and verify the catalogs and change logs of the network.")
    _add_source(refresh)
    refresh.add_argument(
        "--bundle-from",
        metavar="DIR_OR_ARCHIVE",
        help="with `--sample`: a locally built runtime that joins the registry",
    )


def _add_offline(bundles: Any) -> None:  # noqa: ANN401 - see `add_group`
    export = add_verb(
        bundles,
        "export",
        "Write bundles, with all that proves them, into one file or a folder.",
        epilog="example:\n  arw-cli runtime bundles export --output /media/stick/runtimes.arwcache",
    )
    export.add_argument("bundle_ids", metavar="ID", nargs="*", help="the bundles (default: all that are installed)")
    export.add_argument(
        "--output",
        metavar="PATH",
        required=True,
        help="a file `NAME.arwcache`, or a folder (a new one: end it with a slash)",
    )
    revisions = export.add_mutually_exclusive_group()
    revisions.add_argument(
        "--revision",
        metavar="[ID@]REVISION",
        action="append",
        dest="revisions",
        help="this revision instead of the active one; may be given several times",
    )
    revisions.add_argument(
        "--all-revisions", action="store_true", help="all revisions on this machine, not only the active ones"
    )
    importing = add_verb(
        bundles,
        "import",
        "Take in what was exported elsewhere, verified as online; `install` then makes it active.",
        epilog="example:\n  arw-cli runtime bundles import /media/stick/runtimes.arwcache --dry-run",
    )
    importing.add_argument(
        "paths", metavar="PATH", nargs="*", help="exported files or folders, or the archives that `--metadata` names"
    )
    importing.add_argument("--bundle", metavar="ID", dest="bundle_id", help="only this bundle")
    importing.add_argument("--metadata", metavar="FILE", help="the signed manifest of loose archives")
    importing.add_argument("--force", action="store_true", help="store again what is here already")
    importing.add_argument(
        "--all-platforms", action="store_true", help="also what is made for other systems; it is only stored"
    )
    add_dry_run(importing)
    source = add_group(add_verb(bundles, "source", "Catalogs and exported caches to follow.", command=None))
    add = add_verb(source, "add", "Follow a catalog or an exported cache.", command="add-source")
    add.add_argument(
        "source",
        metavar="URL_OR_PATH",
        help="e.g. file:///media/stick/runtimes/, https://…/runtimes/ or https://…/bundles.json",
    )
    add_verb(source, "list", "Show what is followed besides the shipped catalogs.", command="list-sources")
    test = add_verb(
        source,
        "test",
        "Look whether a source can be reached, read and trusted; nothing is kept.",
        command="test-source",
    )
    test.add_argument("source", metavar="URL_OR_PATH", help="a source, followed or not")
    remove = add_verb(source, "remove", "Follow a source no longer; what came from it stays.", command="remove-source")
    remove.add_argument("source", metavar="URL_OR_PATH", help="the source, as it was added")


def _add_checking(bundles: Any) -> None:  # noqa: ANN401 - see `add_group`
    audit = add_verb(
        bundles, "audit", "Check the signatures of what is installed, or of an exported cache (`--dest FILE`)."
    )
    audit.add_argument(
        "--require-signed", action="store_true", help="fail unless a trusted signer signed every installation"
    )
    audit.add_argument("--deep", action="store_true", help="also hash every installed file again")
    audit.add_argument("--bundle", metavar="ID", dest="bundle_id", help="only this bundle")
    _add_remote(audit)
    smoke = add_verb(bundles, "smoke", "Start the active revision once and see whether it answers.")
    smoke.add_argument("bundle_id", metavar="ID", help="the bundle")
    smoke.add_argument("--model", metavar="FILE", help="also start its server with this model until it is healthy")


def _add_care(bundles: Any) -> None:  # noqa: ANN401 - see `add_group`
    prune = add_verb(bundles, "prune", "Delete the revisions that no rule keeps; never one that is needed.")
    add_dry_run(prune)
    remove = add_verb(bundles, "remove", "Uninstall a bundle with all of its revisions.")
    remove.add_argument("bundle_id", metavar="ID", help="the bundle")
    for name, sentence in (("pin", "Keep a revision until it is unpinned."), ("unpin", "Keep a revision no longer.")):
        verb = add_verb(bundles, name, sentence)
        verb.add_argument("bundle_id", metavar="ID", help="the bundle")
        verb.add_argument("revision", metavar="REVISION", help="the revision, as `rollback --list` shows it")
    snapshot = add_verb(bundles, "snapshot", "Record hand edits of the active revision as a revision of their own.")
    snapshot.add_argument("bundle_id", metavar="ID", help="the bundle")
    repair = add_verb(
        bundles, "repair", "Publish a damaged revision anew from sound copies of its files; the network comes last."
    )
    repair.add_argument("bundle_id", metavar="ID", help="the bundle")
    repair.add_argument("--revision", metavar="REVISION", help="the damaged one (default: the active one)")
    move = add_verb(
        bundles,
        "move",
        "Move the whole store to another folder, and use it there from then on.",
        epilog="example:\n  arw-cli runtime bundles move /mnt/large/runtimes --dry-run",
    )
    where = move.add_mutually_exclusive_group(required=True)
    where.add_argument("folder", metavar="DIR", nargs="?", help="a new or an empty folder")
    where.add_argument("--clean-up", action="store_true", help="only delete what an interrupted move left")
    add_dry_run(move)
    compare = add_verb(bundles, "compare", "Show which files two revisions differ in, by their lists of files.")
    compare.add_argument("bundle_id", metavar="ID", help="the bundle")
    compare.add_argument("--before", metavar="REVISION", help="the one side (default: the previous revision)")
    compare.add_argument("--after", metavar="REVISION", help="the other side (default: the active revision)")
    add_verb(bundles, "doctor", "Look for what keeps installations from working, and say what helps.")


def _add_running(bundles: Any) -> None:  # noqa: ANN401 - see `add_group`
    run = add_verb(
        bundles,
        "run",
        "Run the active revision in the foreground until it is stopped.",
        epilog="example:\n  arw-cli runtime bundles run llama.cpp-preview/linux-x86_64-cpu --model tiny.gguf",
    )
    run.add_argument("bundle_id", metavar="ID", help="the bundle")
    run.add_argument("--model", metavar="FILE", help="the model to load")
    run.add_argument("--port", metavar="N", type=_port, help="where to listen on this machine (default: a free port)")
    run.add_argument(
        "--arg", metavar="ARG", action="append", help="a further argument for the runtime; write --arg=--threads"
    )
    run.add_argument(
        "--env", metavar="NAME=VALUE", action="append", type=_variable, help="a variable of its environment"
    )
    add_dry_run(run)
    consent = run.add_mutually_exclusive_group()
    consent.add_argument("--consent", action="store_true", help="agree to what the manifest says; it is remembered")
    consent.add_argument(
        "--revoke-consent", action="store_true", help="start nothing; forget what was agreed to for this bundle"
    )
    stop = add_verb(bundles, "stop", "End a runtime that `run` started.")
    stop.add_argument("bundle_id", metavar="ID", help="the bundle")


def _add_settings(settings: Any) -> None:  # noqa: ANN401 - see `add_group`
    add_verb(settings, "list", "Show every setting with its value.", command="list-settings")
    get = add_verb(
        settings, "get", "Print the value of a setting; `--pretty` says all about it.", command="get-setting"
    )
    get.add_argument("name", metavar="NAME", help="the setting")
    setting = add_verb(settings, "set", "Change a setting.", command="set-setting")
    setting.add_argument("name", metavar="NAME", help="the setting")
    setting.add_argument("values", metavar="VALUE", nargs="*", help="its value; several for a list, none for nothing")
    reset = add_verb(settings, "reset", "Take the defaults again; mends a damaged file.", command="reset-settings")
    reset.add_argument("names", metavar="NAME", nargs="*", help="the settings (default: all)")


def _port(text: str) -> int:
    port = int(text) if text.isdecimal() and len(text) < 6 else 0  # noqa: PLR2004 - digits of the highest port
    if not 0 < port < 2**16:
        raise argparse.ArgumentTypeError("a port is a number from 1 to 65535")
    return port


def _variable(text: str) -> tuple[str, str]:
    name, is_there, value = text.partition("=")
    if not name or not is_there:
        raise argparse.ArgumentTypeError("a variable is given as NAME=VALUE")
    return name, value


def _add_publishing(bundles: Any) -> None:  # noqa: ANN401 - see `add_group`
    manifest = add_group(add_verb(bundles, "manifest", "Make, sign and verify manifests.", command=None))
    create = add_verb(manifest, "create", "Make a manifest with its index of files from archives.", command="create")
    create.add_argument("--bundle-id", required=True, metavar="ID", help="e.g. llama.cpp-preview/linux-x86_64-cpu")
    create.add_argument("--channel", required=True, metavar="NAME", help="the channel it is published on")
    create.add_argument("--revision", required=True, metavar="N", type=int, help="the channel revision")
    create.add_argument("--name", metavar="TEXT", help="the name that people read")
    create.add_argument("--archive", required=True, metavar="FILE", nargs="+", help="what it unpacks, in order")
    create.add_argument("--url-base", metavar="URL", help="where the archives will be (default: beside the manifest)")
    create.add_argument("--strip-prefix", metavar="FOLDER", help="the leading folder of the archives that is dropped")
    create.add_argument("--command", metavar="MEMBER", dest="executable", help="the executable inside the bundle")
    create.add_argument(
        "--probe-arg",
        metavar="ARG",
        action="append",
        help="an argument of the trial start; write --probe-arg=--version",
    )
    create.add_argument("--from", metavar="FILE", dest="template", help="a manifest to take all other fields from")
    create.add_argument("--output", required=True, metavar="FILE", help="where to write it")
    sign = add_verb(manifest, "sign", "Sign a manifest; other signatures on it stay.", command="sign")
    sign.add_argument("path", metavar="PATH", help="the manifest")
    key = sign.add_mutually_exclusive_group(required=True)
    key.add_argument("--key-file", metavar="FILE", help="the secret key, in base64")
    key.add_argument("--key-b64", metavar="KEY", help="the secret key itself; `-` reads it from stdin")
    sign.add_argument("--issuer", metavar="NAME", help="who signs, for people to read")
    sign.add_argument("--key-id", metavar="ID", help="the key's id in the signer registries (default: from the key)")
    sign.add_argument("--output", metavar="FILE", help="write the signed manifest here (default: in place)")
    sign.add_argument("--compact", action="store_true", help="write it without indentation")
    verify = add_verb(manifest, "verify", "Say whose word a manifest is.", command="verify")
    verify.add_argument("path", metavar="PATH", help="the manifest")
    verify.add_argument("--require-trusted", action="store_true", help="fail unless enough trusted signers signed it")
    keys = add_group(add_verb(bundles, "keys", "Signing keys.", command=None))
    add_verb(keys, "list", "Show whose keys this machine trusts, for what, and until when.", command="list-keys")
    new = add_verb(keys, "new", "Make a signing key.", command="new-key")
    new.add_argument("--output", required=True, metavar="FILE", help="the new file that will hold the secret key")
    new.add_argument("--issuer", metavar="NAME", default="", help="who will sign with it, for the registry entry")
    new.add_argument("--key-id", metavar="ID", help="its id in the signer registries (default: from the key)")
    new.add_argument("--channel", metavar="NAME", action="append", help="a channel to trust it for (default: preview)")


FAMILIES: Final[Mapping[frozenset[str], Callable[[Any], None]]] = {
    frozenset({"list", "path", "survey", "notices"}): _add_reading,
    frozenset({"install", "update", "rollback", "refresh"}): _add_changing,
    frozenset({"export", "import", "source"}): _add_offline,
    frozenset({"audit", "smoke"}): _add_checking,
    frozenset({"prune", "remove", "pin", "unpin", "snapshot", "repair", "move", "compare", "doctor"}): _add_care,
    frozenset({"run", "stop"}): _add_running,
    frozenset({"manifest", "keys"}): _add_publishing,
}
"""The commands of each family, in the order of `--help`."""
