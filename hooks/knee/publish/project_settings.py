"""What mkdocs.yml says, read without a site builder: some of its settings come from the surroundings (`!ENV`)."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml
from yaml_env_tag import add_env_tag  # type: ignore[import-untyped]


class _Loader(yaml.SafeLoader):
    """Reads mkdocs.yml."""


def settings_of(file: Path) -> dict[str, Any]:
    """Return the settings in mkdocs.yml."""
    with file.open(encoding="utf-8") as text:
        read: dict[str, Any] = yaml.load(text, Loader=add_env_tag(_Loader))
    return read
