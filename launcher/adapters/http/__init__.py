"""Transfers over HTTP/1.1 (ADR 0005). Loads httpx and ssl, so `launcher.app` imports it only to fetch something."""

from __future__ import annotations

from launcher.adapters.http.environment import Route
from launcher.adapters.http.fetcher import HttpFetcher
from launcher.adapters.http.patience import Patience, StallRule
from launcher.adapters.http.retry import RetryRule

__all__ = ["HttpFetcher", "Patience", "RetryRule", "Route", "StallRule"]
