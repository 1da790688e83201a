"""Values and rules, with no input or output, no clock and no environment."""
