"""Holds files against a published form (a JSON schema), by a program that knows nothing of this project."""

from __future__ import annotations

from pathlib import Path

from click.testing import CliRunner


def misfits(option: str, form: str | Path, *files: Path) -> str:
    """Say what in the files is not as the form asks; empty where all fits. `option` says where the form is from, as its command does.

    In this process: started anew for each question, the program takes longer than any other test.
    """
    from check_jsonschema import main  # it takes long to load, and most processes that test ask it nothing

    told = CliRunner().invoke(main, [option, str(form), *map(str, files)])
    return "" if told.exit_code == 0 else told.output or repr(told.exception)
