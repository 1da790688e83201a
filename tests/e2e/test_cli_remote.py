"""Asking nodes: `list --remote` and `audit --remote` against servers that answer as ours and as the older ones do."""

from __future__ import annotations

import json
import os
from contextlib import ExitStack
from typing import TYPE_CHECKING, Any

import pytest

from tests.e2e.program import Program, program_for
from tests.lying_server import Lie, LyingServer
from tests.packing import runtime_tree
from tests.registry import LLAMA, Offer, Registry

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

pytestmark = pytest.mark.skipif(os.name != "posix", reason="the runtimes of this registry are shell scripts")

STATE = "state/runtime/bundles"
AUDIT = ("audit", "--remote", "--require-signed")
# As the older server answers, with what we do not know in it and much of what we know absent.
OLDER: dict[str, Any] = {
    "generated": "2025-10-12T08:00:00Z",
    "generated_ms": 1_760_256_000_000,
    "roots": ["/var/lib/arw/runtime/bundles"],
    "catalogs": [
        {"path": "configs/runtime/bundles.llama.json", "channel": "preview", "version": 1, "bundles": [{"id": LLAMA}]}
    ],
    "installations": [
        {
            "id": LLAMA,
            "adapter": "process",
            "channel": "preview",
            "profiles": ["text"],
            "installed_at": "2025-10-09T23:15:00Z",
            "signature": {
                "canonical_sha256": "sha256:" + "0" * 64,
                "signatures": [{"index": 0, "key_id": "preview-bundle-signing", "trusted": True}],
                "trust_enforced": True,
                "trusted_signatures": 1,
                "rejected_signatures": 0,
                "ok": True,
            },
        }
    ],
    "signature_summary": {"total": 1, "with_manifest": 1, "verified": 1, "trusted": 1, "ok": True, "enforced": True},
}


@pytest.fixture
def node(tmp_path: Path) -> Iterator[Callable[[Any], LyingServer]]:
    """Give a maker of nodes, each of which answers with one document."""
    with ExitStack() as running:

        def start(answer: Any) -> LyingServer:  # noqa: ANN401 - any value of JSON
            root = tmp_path / f"node-{len(list(tmp_path.glob('node-*')))}"
            (root / STATE).parent.mkdir(parents=True)
            (root / STATE).write_bytes(answer if isinstance(answer, bytes) else json.dumps(answer).encode())
            return running.enter_context(LyingServer(root))

        yield start


@pytest.fixture(scope="module")
def ours(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What our own node says, with one trusted installation."""
    folder = tmp_path_factory.mktemp("ours")
    registry = Registry(folder / "registry")
    registry.publish(Offer(tree=runtime_tree("b1000"), version="b1000"))
    arw = program_for(registry)
    arw.environ |= dict.fromkeys(("HOME", "XDG_CACHE_HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME"), str(folder))
    assert arw.bundles("install", LLAMA, "--dir", registry.root).status == 0
    answer: dict[str, Any] = arw.bundles("list", "--json").json
    return answer


def _judged(state: str, **summary: Any) -> dict[str, Any]:  # noqa: ANN401 - any value of JSON
    signature = {"ok": state == "trusted", "state": state, "sentence": f"It is {state}."}
    installation = {"id": LLAMA, "revision": "rev-1", "signature": signature}
    return {"installations": [installation], "signature_summary": {"total": 1, "ok": True, **summary}}


def test_a_node_of_ours_is_shown_as_this_machine_would_be(
    ours: dict[str, Any], node: Callable[[Any], LyingServer]
) -> None:
    server = node(ours)

    answer = Program().bundles("list", "--remote", "--base", server.url, "--pretty")

    assert answer.status == 0, answer.talk
    assert f"*  {LLAMA}  cpu          active  [trusted]  b1000 r1" in answer.out
    assert Program().bundles("list", "--remote", "--base", server.url, "--json").json == ours


def test_an_older_node_is_shown_as_far_as_it_tells(node: Callable[[Any], LyingServer]) -> None:
    server = node(OLDER)

    text = Program().bundles("list", "--remote", "--base", f"{server.url}/", "--pretty").out
    assert f"{LLAMA}  [trusted]  installed 2025-10-09T23:15:00Z" in text
    assert "Signatures  1 of 1 installation trusted; signatures are enforced" in text
    answer = Program().bundles("list", "--remote", "--base", server.url, "--json").json
    assert answer["signature_summary"]["enforced"] is True
    assert answer["installations"][0]["signature"]["state"] == "trusted"
    assert (answer["catalogs"][0]["bundles"], answer["catalogs"][0]["signature"]["state"]) == (1, "unknown")


def test_the_node_of_the_environment_is_asked_with_its_token(node: Callable[[Any], LyingServer]) -> None:
    server = node(OLDER)

    answer = Program({"BASE_URL": server.url, "ARW_ADMIN_TOKEN": "hunter2"}).bundles(*AUDIT)

    assert (answer.status, answer.out) == (
        0,
        f"ok  {server.url}: 1 of 1 installation trusted; signatures are enforced\n",
    )
    assert server.requests == [f"/{STATE}"]
    assert server.headers[0]["Authorization"] == "Bearer hunter2"
    assert "hunter2" not in answer.out + answer.talk


def test_a_redirect_does_not_carry_the_token_away(node: Callable[[Any], LyingServer]) -> None:
    thief, server = node(OLDER), node(OLDER)
    server.lie(STATE, Lie(redirect_to=f"{thief.url}/{STATE}"))

    answer = Program({"ARW_ADMIN_TOKEN": "hunter2"}).bundles("list", "--remote", "--base", server.url, "--json")

    assert (answer.status, answer.json["error"]["code"]) == (1, "http-status")
    assert thief.requests == []


@pytest.mark.parametrize(
    ("token", "hint"), [("", "Set ARW_ADMIN_TOKEN to its token."), ("wrong", "The node does not know this token.")]
)
def test_a_refused_token_is_named(node: Callable[[Any], LyingServer], token: str, hint: str) -> None:
    server = node(OLDER)
    server.lie(STATE, Lie(status=401))

    answer = Program({"ARW_ADMIN_TOKEN": token}).bundles("list", "--remote", "--base", server.url, "--json")

    assert (answer.status, answer.json["error"]["code"], answer.json["error"]["hint"]) == (1, "http-status", hint)


def test_a_token_never_travels_in_the_clear() -> None:
    answer = Program({"ARW_ADMIN_TOKEN": "hunter2"}).bundles(
        "list", "--remote", "--base", "http://hub.example.com", "--json"
    )

    assert (answer.status, answer.json["error"]["code"]) == (1, "forbidden-url")


@pytest.mark.parametrize("state", ["untrusted", "unsigned", "invalid", "unknown"])
def test_what_is_not_trusted_fails_the_audit_whatever_the_totals_say(
    node: Callable[[Any], LyingServer], state: str
) -> None:
    server = node(_judged(state, trusted=1))

    answer = Program().bundles(*AUDIT, "--base", server.url, "--json")

    assert (answer.status, answer.json["ok"], answer.json["nodes"][0]["ok"]) == (1, False, False)
    assert "error[audit-failed]: 1 of 1 node failed the audit." in answer.talk


def test_one_node_that_is_down_hides_no_other(node: Callable[[Any], LyingServer]) -> None:
    down, bad, good = node(OLDER), node(_judged("unsigned")), node(OLDER)
    down.lie(STATE, Lie(status=500))

    bases = [argument for server in (down, bad, good) for argument in ("--base", server.url)]
    answer = Program().bundles(*AUDIT, *bases)

    assert answer.status == 1
    assert [line.split()[0] for line in answer.out.splitlines() if not line.startswith(" ")] == [
        "FAILED",
        "FAILED",
        "ok",
    ]


@pytest.mark.parametrize("answer", [b"", b"<html>", b"[]", b"{}", b'{"installations": 1}', b"[" * 100_000, b"\xff"])
def test_another_kind_of_server_is_named(node: Callable[[Any], LyingServer], answer: bytes) -> None:
    refused = Program().bundles("list", "--remote", "--base", node(answer).url, "--json")

    assert (refused.status, refused.json["error"]["code"]) == (1, "bad-answer")


def test_an_endless_answer_is_cut_off(node: Callable[[Any], LyingServer]) -> None:
    refused = Program().bundles("list", "--remote", "--base", node(b" " * (8 * 1024 * 1024 + 1)).url, "--json")

    assert (refused.status, refused.json["error"]["code"]) == (1, "document-too-large")


def test_without_a_node_to_ask_it_says_how_to_name_one() -> None:
    answer = Program().bundles("list", "--remote")

    assert (answer.status, answer.talk.splitlines()[-1]) == (2, "  hint: Add `--base URL`, or set BASE_URL.")
