"""How a runtime is started: the manifest's arguments with a port and a model of this machine's choosing."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from launcher.domain.errors import UsageError

if TYPE_CHECKING:
    from launcher.domain.bundle import Process

_PORT_IN_URL = re.compile(r"^(http://(?:127\.0\.0\.1|localhost|\[::1\])):(\d{1,5}|\{port\})(/|$)")
_MODEL_FLAGS: Final = frozenset({"-m", "--model"})


@dataclass(frozen=True, slots=True)
class StartPlan:
    """The arguments to start a server with, and where it answers; ``health_url`` is None where it says nothing."""

    args: tuple[str, ...]
    health_url: str | None


def plan_start(process: Process, *, port: int, model: str | None) -> StartPlan:
    """Plan the start of a runtime's server.

    The port that the manifest's health URL names is replaced wherever it stands as an argument, and so is ``{port}``;
    a model goes where ``{model}`` stands or a model flag is, else behind the arguments as ``-m``.

    Raises:
        UsageError: The manifest's health URL is not one of this machine.
    """
    health = process.health
    match = _PORT_IN_URL.match(health.url) if health else None
    if health is not None and match is None:
        raise UsageError(
            "The manifest's health URL is not one of this machine.",
            expected="http://127.0.0.1:PORT/...",
            actual=health.url,
        )
    manifest_port = match.group(2) if match else None
    args = [_placed(arg, manifest_port, port, model) for arg in process.args]
    if model is not None and model not in args:
        args += ["-m", model]
    url = f"{match.group(1)}:{port}{health.url[match.end(2) :]}" if health and match else None
    return StartPlan(tuple(_with_model(args, model)), url)


def _placed(arg: str, manifest_port: str | None, port: int, model: str | None) -> str:
    if arg in ("{port}", manifest_port):
        return str(port)
    return model if arg == "{model}" and model is not None else arg


def _with_model(args: list[str], model: str | None) -> list[str]:
    """Let the one given model win over one that the manifest names."""
    if model is None:
        return args
    kept = list(args)
    for index, arg in enumerate(args[:-1]):
        if arg in _MODEL_FLAGS and args[index + 1] != model:
            kept[index] = kept[index + 1] = ""
    return [arg for arg in kept if arg]
