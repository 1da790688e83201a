"""The offline path: exporting what is installed, and importing it elsewhere (docs/how-to/offline.md, ADR 0009)."""
