"""Measurements: how long a build takes, how heavy pages are, what the tests notice. Each is a command of the Makefile."""
