"""The sample registry: made at first run on this machine, from real programs (docs/explanation/sample-registry.md)."""

from __future__ import annotations

from launcher.adapters.sample.layout import SampleRegistry
from launcher.adapters.sample.registry import prepare_sample
from launcher.adapters.sample.server import SampleServer

__all__ = ["SampleRegistry", "SampleServer", "prepare_sample"]
