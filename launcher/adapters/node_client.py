"""Asking a node for its state: ``GET /state/runtime/bundles`` of ours and of the older ARW servers (ADR 0003).

What a node says is shown and counted, and nothing is ever installed or trusted on its word. So it is read leniently:
fields that a node does not know yet get their most cautious value, and those that we do not know are ignored.
Imports pydantic and httpx; `launcher.app` imports this only for ``--remote``.
"""

from __future__ import annotations

import time
from functools import cache
from types import UnionType
from typing import TYPE_CHECKING, Any, Final, Union, get_args, get_origin, get_type_hints, is_typeddict

from pydantic import BaseModel, ValidationError, create_model, model_validator

from launcher import __version__
from launcher.adapters.http.artifact_rules import OK, check_encoding, check_status
from launcher.adapters.http.environment import Route
from launcher.adapters.http.exchange import Exchange
from launcher.adapters.http.patience import Patience, Watch
from launcher.domain.canonical import MAX_DOCUMENT_BYTES
from launcher.domain.errors import BadAnswer, HttpStatus, OfflineMode, TooLarge
from launcher.domain.progress import Silent
from launcher.domain.url import parse_source_url
from launcher.domain.values import NamedTuple
from launcher.domain.views import CatalogView, IndexKind, Overview, TrustState, TrustView

if TYPE_CHECKING:
    from launcher.adapters.http.exchange import Answer

STATE_PATH: Final = "/state/runtime/bundles"
_UNAUTHORISED: Final = frozenset({401, 403})
_PATIENCE: Final = Patience(connect_s=5.0, answer_s=15.0, document_s=30.0)
_ESSENTIAL: Final = frozenset({"installations", "signature_summary"})
"""Without these it is not the answer of a node."""
_CAUTIOUS: Final[dict[Any, Any]] = {str: "", int: 0, bool: False, TrustState: "unknown", IndexKind: "recorded"}


class Way(NamedTuple):
    """What the settings say of the way to nodes, as to all other servers."""

    proxy: str | None = None
    ca_file: str | None = None
    is_offline: bool = False


USUAL_WAY: Final = Way()


def fetch_overview(
    base: str, token: str | None, allowed_http_hosts: frozenset[str] = frozenset(), way: Way = USUAL_WAY
) -> Overview:
    """Return what a node says of itself.

    Args:
        base: Its address, ``https://hub.example.com``; http for this machine and for listed hosts only, so that the
            token never travels in the clear.
        token: What `ARW_ADMIN_TOKEN` holds; sent to this node only, never to where it redirects.
        allowed_http_hosts: Hosts that the operator listed.
        way: Proxy, certificates, and whether servers are asked at all.

    Raises:
        OfflineMode: The settings say to stay offline.
        FetchError: The node cannot be asked, or refuses, or answers something else.
        TooLarge: The answer is longer than 8 MiB.
    """
    url = parse_source_url(base.rstrip("/") + STATE_PATH, allowed_http_hosts)
    headers = {"Accept": "application/json"} | ({"Authorization": f"Bearer {token}"} if token else {})
    if way.is_offline:
        raise OfflineMode(f"`{url.authority}` is not asked, because the settings say to stay offline.")
    route = Route(way.proxy, way.ca_file)
    exchange = Exchange(f"arw-cli/{__version__}", allowed_http_hosts, _PATIENCE.connect_s, route)
    watch = Watch(_PATIENCE, _PATIENCE.document_s, Silent(), time.monotonic, time.sleep)
    with exchange.ask(url, headers, watch, follows_redirects=False) as answer:
        raw = _read_answer(answer, has_token=bool(token))
    return parse_overview(raw, url.authority)


def parse_overview(raw: bytes, node: str) -> Overview:
    """Read the answer of a node, leniently.

    Raises:
        BadAnswer: It is not such an answer at all.
    """
    try:
        overview = _lenient_model(Overview).model_validate_json(raw)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        place = ".".join(map(str, first["loc"])) or "the whole"
        raise BadAnswer(f"`{node}` does not answer as a node does.", actual=f"{place}: {first['msg']}") from error
    return overview.model_dump()  # type: ignore[return-value]  # the model is made from Overview


class _Signature(BaseModel):
    @model_validator(mode="before")
    @classmethod
    def _find_state(cls, value: object) -> object:
        """Give a verdict of the older servers the state that it amounts to; none at all means unsigned."""
        if value is None:
            return {"state": "unsigned", "sentence": "Not signed by anybody."}
        if not isinstance(value, dict) or "state" in value:
            return value
        state = "invalid"
        if value.get("ok") and value.get("trusted_signatures"):
            state = "trusted"
        elif value.get("ok") or value.get("rejected_signatures"):
            state = "untrusted"
        elif not value.get("signatures"):
            state = "unsigned"
        return {**value, "state": state}


class _Catalog(BaseModel):
    @model_validator(mode="before")
    @classmethod
    def _count_bundles(cls, value: object) -> object:
        """Count the bundles that the older servers spell out."""
        if isinstance(value, dict) and isinstance(value.get("bundles"), list):
            return {**value, "bundles": len(value["bundles"])}
        return value


_OLDER_FORMS: Final[dict[type, type[BaseModel]]] = {TrustView: _Signature, CatalogView: _Catalog}


@cache
def _lenient_model(view: type) -> type[BaseModel]:
    """Make a model of one of our views in which all but the essential may be absent."""
    fields: dict[str, Any] = {
        name: (_lenient_type(hint), ... if name in _ESSENTIAL else _cautious_default(hint))
        for name, hint in get_type_hints(view).items()
    }
    return create_model(view.__name__, __base__=_OLDER_FORMS.get(view, BaseModel), **fields)


def _lenient_type(hint: Any) -> Any:  # noqa: ANN401 - a type
    if is_typeddict(hint):
        return _lenient_model(hint)
    if get_origin(hint) is list:
        return list[_lenient_type(get_args(hint)[0])]  # type: ignore[misc]  # a type made at run time
    if get_origin(hint) in (Union, UnionType):
        return _lenient_type(get_args(hint)[0]) | None
    return hint


def _cautious_default(hint: Any) -> Any:  # noqa: ANN401 - of that type
    if get_origin(hint) in (Union, UnionType):
        return None
    if get_origin(hint) is list:
        return []
    if hint is TrustView:
        return _lenient_model(TrustView).model_validate({"state": _CAUTIOUS[TrustState]})
    return _CAUTIOUS.get(hint, ...)


def _read_answer(answer: Answer, *, has_token: bool) -> bytes:
    try:
        check_status(answer, {OK})
    except HttpStatus as error:
        if error.status in _UNAUTHORISED:
            error.hint = "The node does not know this token." if has_token else "Set ARW_ADMIN_TOKEN to its token."
        raise
    check_encoding(answer)
    content = bytearray()
    for chunk in answer.chunks:
        content += chunk
        if len(content) > MAX_DOCUMENT_BYTES:  # threat A8
            raise TooLarge(f"`{answer.url.public}` answers too much.", expected=f"at most {MAX_DOCUMENT_BYTES} bytes")
    return bytes(content)
