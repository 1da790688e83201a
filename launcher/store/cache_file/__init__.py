"""Exported caches: bundles in one file, or in a folder of the same layout (docs/reference/cache-file.md, ADR 0009)."""
