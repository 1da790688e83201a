"""Use cases, each read top to bottom, and the seams they need."""
