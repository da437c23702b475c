"""The pictures that pages show: what is in them, and whether it may be published."""
