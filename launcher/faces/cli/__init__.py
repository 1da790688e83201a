"""`arw-cli`: text, `--json` and the event stream."""
