"""The pictures that strangers send: what is in them, whether it may be published, and what is published in their place."""
