"""`python -m knee.commands.schema`: writes what editors and others use, from the rules."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any, get_args

from knee.commands.new_technique import NEW
from knee.contract.bibliography import CitedSource
from knee.contract.models import POSITIONS, Evidence, ExerciseMeta, Meta, RoutineMeta, Where
from knee.publish import open_data
from knee.rules.front_matter_table import FIELDS

PROJECT = Path(__file__).resolve().parents[3]
_DIALECT = "http://json-schema.org/draft-07/schema#"
"""What editors' YAML support reads best."""


def files() -> dict[str, str]:
    """Return the text of each file, by its path in the project."""
    made: dict[str, dict[str, Any]] = {
        ".vscode/schema/technique.schema.json": _described(Meta.model_json_schema(), "The front matter of a technique page"),
        ".vscode/schema/exercise.schema.json": _described(ExerciseMeta.model_json_schema(), "The front matter of an exercise page"),
        ".vscode/schema/routine.schema.json": _described(RoutineMeta.model_json_schema(), "The front matter of a routine page"),
        ".vscode/schema/sources.schema.json": _sources(),
        ".vscode/schema/techniques.schema.json": open_data.schema(),
        ".vscode/technique.code-snippets": {"A technique page": _snippet()},
    }
    return {path: json.dumps(content, indent=2, ensure_ascii=False) + "\n" for path, content in made.items()}


def _described(schema: dict[str, Any], title: str) -> dict[str, Any]:
    """Say of each key what it must be and why, in the words of its rule."""
    for key, about in schema["properties"].items():
        field = FIELDS[key]
        about.pop("title", None)
        about |= {"uniqueItems": True} if about.get("type") == "array" else {}
        if key not in schema["required"]:  # it may be left out, but not be empty
            about |= next(choice for choice in about.pop("anyOf") if choice != {"type": "null"})
            about.pop("default")
        about["description"] = f"{field.must_be[0].upper()}{field.must_be[1:]}. Why: {field.why}"
    return _draft_07({"$schema": _DIALECT, **schema, "title": title, "description": title + " of Knee Ease"})


def _sources() -> dict[str, Any]:
    """The list of sources holds each source under its key."""
    entry = CitedSource.model_json_schema()
    keys = entry["properties"].pop("key")["pattern"]
    entry["required"].remove("key")
    title = "The list of sources"
    return _draft_07(
        {"$schema": _DIALECT, "title": title, "type": "object", "patternProperties": {keys: entry}, "additionalProperties": False}
    )


def _draft_07(schema: dict[str, Any]) -> dict[str, Any]:
    """Write references as that dialect has them."""
    text = json.dumps(schema).replace("#/$defs/", "#/definitions/").replace('"$defs"', '"definitions"')
    whole: dict[str, Any] = json.loads(text)
    return whole


def _snippet() -> dict[str, Any]:
    """The page that `make new` writes, with the words of the key facts to choose from."""
    choices = {"works_on: TODO": ("works_on: ", get_args(Where)), "evidence: none": ("evidence: ", tuple(reversed(get_args(Evidence))))}
    lines = NEW.read_text("utf-8").replace("$", r"\$").replace("[chair]", "[${1|" + ",".join(POSITIONS) + "|}]").splitlines()
    for number, (line, (start, words)) in enumerate(choices.items(), 2):
        lines[lines.index(line)] = f"{start}${{{number}|{','.join(words)}|}}"
    return {"prefix": "technique", "description": "A technique page to fill in", "scope": "markdown", "body": lines}


def schema_command() -> int:
    """Write every file anew. Return the exit status."""
    for path, text in files().items():
        (PROJECT / path).parent.mkdir(parents=True, exist_ok=True)
        (PROJECT / path).write_text(text, "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(schema_command())
