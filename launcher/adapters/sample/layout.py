"""Where the parts of the sample registry lie (`launcher.adapters.sample.registry` shows the whole of it)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from pathlib import Path

KEY_NAME: Final = "signing.key"
SIGNERS_NAME: Final = "bundle_signers.json"
FIRST_STAGE: Final = 1
SECOND_STAGE: Final = 2


@dataclass(frozen=True, slots=True)
class SampleRegistry:
    """A sample registry that is ready to be served.

    Attributes:
        folder: What is served.
        signers: The signer registry that trusts its key, for its channel.
        catalog_name: The name under which the server publishes one of the two stages.
    """

    folder: Path
    signers: Path
    catalog_name: str = "bundles.sample.json"

    def catalog_path(self, stage: int) -> Path:
        """Return the catalog of a stage: the first, or the second, which offers the newest of everything."""
        return self.folder / f"bundles.sample.r{SECOND_STAGE if stage >= SECOND_STAGE else FIRST_STAGE}.json"
