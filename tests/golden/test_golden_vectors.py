"""Every vector of ``verdicts.json`` gets its verdict, and accepted ones their exact canonical bytes."""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from launcher.domain.bundle import parse_signed_channel
from launcher.domain.canonical import parse_document
from launcher.domain.errors import DuplicateKey, ParseError
from launcher.domain.fields import find_time
from launcher.domain.signers import parse_signer_registry
from launcher.domain.trust import check_signatures

if TYPE_CHECKING:
    from datetime import datetime

HERE = Path(__file__).parent
VERDICTS: dict[str, Any] = json.loads((HERE / "verdicts.json").read_bytes())
VECTORS: dict[str, dict[str, str]] = VERDICTS["vectors"]
# Where our verdict is not the one in the table, and why.
DEVIATIONS = {
    "11_duplicate_keys": (
        "trusted",
        (
            "The file holds no key twice: the older tool had dropped the doubles before it signed what was left. "
            "`own/11_duplicate_keys_doubled.json` is the same content with its doubles, and refused."
        ),
    )
}
EXIT_STATUS = {"trusted": 0, "not-trusted": 1, "refused": 1}
# One vector of each kind goes through the command line too, and those on which the older tool erred.
ON_THE_COMMAND_LINE = [
    "01_ascii_simple",
    "08_floats",
    "negative/n01_tampered_field",
    "negative/n07_missing_signatures",
    "negative/n09_spoofed_trusted_key_id",
    "negative/n11_expired_signer",
    "negative/n17_trusted_plus_invalid",
    "negative/r08_invalid_utf8",
]


def raw_of(name: str) -> bytes:
    return (HERE / f"{name}.json").read_bytes()


@cache
def fixed_time() -> datetime:
    at = find_time(VERDICTS["at"])
    assert at is not None
    return at


def judge(raw: bytes) -> str:
    registry = parse_signer_registry((HERE / VERDICTS["registry"]).read_bytes())
    try:
        document = parse_document(raw)
        channel = parse_signed_channel(document)
    except ParseError:
        return "refused"
    return "trusted" if check_signatures(document, registry, channel, fixed_time()).is_trusted else "not-trusted"


def expected_verdict(name: str) -> str:
    return DEVIATIONS[name][0] if name in DEVIATIONS else VECTORS[name]["verdict"]


@pytest.mark.parametrize("name", VECTORS)
def test_vector_gets_its_verdict(name: str) -> None:
    assert judge(raw_of(name)) == expected_verdict(name)


@pytest.mark.parametrize("name", [name for name, vector in VECTORS.items() if "canonical_sha256" in vector])
def test_accepted_vector_has_its_exact_canonical_bytes(name: str) -> None:
    document = parse_document(raw_of(name))

    assert document.canonical == (HERE / f"{name}.canonical").read_bytes()
    assert document.sha256 == VECTORS[name]["canonical_sha256"]


def test_every_vector_and_every_canonical_form_is_judged() -> None:
    files = {path.relative_to(HERE).with_suffix("").as_posix() for path in HERE.rglob("*.json")}
    tables = {"verdicts", "keys", "signers"}
    canonical = {path.stem for path in HERE.glob("*.canonical")}

    assert {name for name in files - tables if not name.startswith("own/")} == set(VECTORS)
    assert canonical == {name for name, vector in VECTORS.items() if "canonical_sha256" in vector}
    assert {hashlib.sha256((HERE / f"{name}.canonical").read_bytes()).hexdigest() for name in canonical} == {
        vector["canonical_sha256"] for vector in VECTORS.values() if "canonical_sha256" in vector
    }


@pytest.mark.parametrize("name", DEVIATIONS)
def test_deviation_is_one(name: str) -> None:
    verdict, reason = DEVIATIONS[name]

    assert verdict != VECTORS[name]["verdict"]
    assert reason


def test_the_vector_of_duplicate_keys_holds_none() -> None:
    doubled: list[str] = []

    def note(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        doubled.extend(name for name in dict(pairs) if [key for key, _ in pairs].count(name) > 1)
        return dict(pairs)

    json.loads(raw_of("11_duplicate_keys"), object_pairs_hook=note)
    assert doubled == []
    json.loads(raw_of("own/11_duplicate_keys_doubled"), object_pairs_hook=note)
    assert doubled == ["k", "dup", "z"]


def test_true_duplicate_keys_are_refused_although_the_last_ones_are_what_was_signed() -> None:
    raw = raw_of("own/11_duplicate_keys_doubled")
    as_others_read_it = json.dumps(json.loads(raw)).encode()

    assert parse_document(as_others_read_it).canonical == parse_document(raw_of("11_duplicate_keys")).canonical
    assert judge(as_others_read_it) == "trusted"
    with pytest.raises(DuplicateKey):
        parse_document(raw)


@pytest.mark.parametrize("name", ON_THE_COMMAND_LINE)
def test_command_line_gives_the_verdict_as_its_exit_status(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ARW_RUNTIME_BUNDLE_SIGNERS", str(HERE / VERDICTS["registry"]))
    command = ["runtime", "bundles", "manifest", "verify", "--require-trusted", "--json", str(HERE / f"{name}.json")]

    done = subprocess.run(
        [sys.executable, "-m", "launcher", "cli", *command],
        check=False,
        capture_output=True,
        text=True,
        cwd=HERE.parents[1],
    )

    assert (done.returncode, "Traceback" in done.stderr) == (EXIT_STATUS[expected_verdict(name)], False), done.stderr
    assert isinstance(json.loads(done.stdout), dict)
