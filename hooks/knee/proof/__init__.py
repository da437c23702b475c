"""The proof on the way out: what was written is what was read."""
