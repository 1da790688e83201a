"""The HTTP node, which shows this machine's state."""
