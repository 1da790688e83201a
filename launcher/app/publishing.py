"""What publishers do: make, sign and check manifests, and make signing keys."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from launcher.app.wiring import Wiring
    from launcher.domain.progress import Observer


class Publishing:
    """The operations on documents and keys that go out; none of them looks at the store."""

    def __init__(self, wiring: Wiring) -> None:
        """Work with these parts."""
        self._wiring = wiring

    def sign_manifest(
        self,
        path: Path,
        *,
        secret_key: bytes,
        issuer: str | None,
        key_id: str | None,
        output: Path | None = None,
        compact: bool = False,
    ) -> dict[str, Any]:
        """Add a signature to a document file, in place or into ``output``; return what was written."""
        from launcher.flows.signing import sign_json  # noqa: PLC0415 - start-up time
        from launcher.flows.verify_file import read_file  # noqa: PLC0415 - start-up time

        signed = sign_json(read_file(path), secret_key, at=self._wiring.clock.now(), issuer=issuer, key_id=key_id)
        self._save_document(output or path, signed, compact=compact)
        return signed

    @staticmethod
    def load_key(path: Path) -> bytes:
        """Return the secret bytes of a key file."""
        from launcher.flows.signing import load_key  # noqa: PLC0415 - start-up time

        return load_key(path)

    @staticmethod
    def parse_key(text: str, source: str) -> bytes:
        """Return the secret bytes that a text of base64 holds; ``source`` says where it came from."""
        from launcher.flows.signing import parse_key  # noqa: PLC0415 - start-up time

        return parse_key(text.encode(), source)

    def new_key(self, path: Path, *, issuer: str, channels: Sequence[str], key_id: str | None = None) -> dict[str, Any]:
        """Make a signing key in a new file that only its owner can read; return its signer registry entry."""
        from launcher.flows.signing import create_signer, new_key  # noqa: PLC0415 - start-up time

        return create_signer(new_key(path), issuer=issuer, channels=channels, key_id=key_id)

    def create_manifest(  # noqa: PLR0913 - all that an operator says, by name
        self,
        bundle: Mapping[str, Any],
        release: Mapping[str, Any],
        archives: Sequence[tuple[Path, str]],
        output: Path,
        observer: Observer,
        *,
        channel: str,
        revision: int,
        strip_prefix: str | None = None,
    ) -> dict[str, Any]:
        """Write an unsigned manifest with the index of its archives; each archive comes with its URL."""
        from launcher.flows.publish import Edition, create_manifest, name_archive  # noqa: PLC0415 - start-up time

        to_publish = [name_archive(path, url, strip_prefix) for path, url in archives]
        edition = Edition(channel, revision, self._wiring.clock.now())
        root = create_manifest(bundle, release, to_publish, edition, observer)
        self._save_document(output, root)
        return root

    @staticmethod
    def _save_document(path: Path, root: Mapping[str, Any], *, compact: bool = False) -> None:
        from launcher.flows.signing import dump  # noqa: PLC0415 - start-up time
        from launcher.store.disk_errors import named_disk_errors  # noqa: PLC0415 - start-up time
        from launcher.store.durable import write_durably  # noqa: PLC0415 - start-up time

        with named_disk_errors(path):
            write_durably(path, dump(root, compact=compact))
