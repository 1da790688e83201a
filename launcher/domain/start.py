"""How a runtime is started: the manifest's arguments with a port and a model of this machine's choosing."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from launcher.domain.errors import UsageError
from launcher.domain.values import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

    from launcher.domain.bundle import Process

_PORT_IN_URL = re.compile(r"(http://(?:127\.0\.0\.1|localhost|\[::1\])):(\d{1,5}|\{port\})(?=/|\Z)", re.ASCII)
MODEL_PLACE: Final = "{model}"
_MODEL_FLAGS: Final = frozenset({"-m", "--model"})


class StartPlan(NamedTuple):
    """The arguments to start a server with, and where it answers; ``health_url`` is None where it says nothing."""

    args: tuple[str, ...]
    health_url: str | None


def plan_start(process: Process, *, port: int, model: str | None) -> StartPlan:
    """Plan the start of a runtime's server.

    The port that the manifest's health URL names is replaced wherever it stands as an argument, and so is ``{port}``.
    A model goes where ``{model}`` stands; else it comes last as ``-m``, instead of any that the manifest names.

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
    args = process.args
    if model is not None and MODEL_PLACE not in args:
        args = (*_without_model(args), "-m", MODEL_PLACE)
    url = f"{match.group(1)}:{port}{health.url[match.end() :]}" if health and match else None
    return StartPlan(tuple(_placed(arg, manifest_port, port, model) for arg in args), url)


def _placed(arg: str, manifest_port: str | None, port: int, model: str | None) -> str:
    if arg in ("{port}", manifest_port):
        return str(port)
    return model if arg == MODEL_PLACE and model is not None else arg


def _without_model(args: Sequence[str]) -> list[str]:
    """Drop the model flags and what follows each."""
    pairs = zip(args, ("", *args), strict=False)
    return [arg for arg, before in pairs if arg not in _MODEL_FLAGS and before not in _MODEL_FLAGS]
