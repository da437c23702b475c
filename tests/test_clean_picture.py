"""A clone can write a picture clean: `make clean-picture FILE=...`."""

from __future__ import annotations

from pathlib import Path

import pytest

from knee.pictures.__main__ import clean_picture
from knee.pictures.judged import judged
from photos import camera, photo

DRAWING = (
    '<!DOCTYPE svg>\n<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9" xmlns:i="urn:i" i:export-filename="/home/sam/a.png">'
    '<title>A</title><path d="M0 0h9v9"/>{}</svg>'
)


@pytest.mark.parametrize(("content", "kind"), [(DRAWING.format("").encode(), "svg"), (photo("webp", exif=camera()), "webp")])
def test_what_is_private_is_gone_from_the_file(content: bytes, kind: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / f"a.{kind}"
    path.write_bytes(content)
    assert clean_picture([str(path)]) == 0
    assert judged(path.read_bytes()).faults == ()
    assert not {b"sam", b"Sam"} & {word for word in (b"sam", b"Sam") if word in path.read_bytes()}
    assert "is written anew" in capsys.readouterr().out


def test_what_is_left_to_mend_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "a.svg"
    path.write_text(DRAWING.format("").replace("<title>A</title>", ""), "utf-8")
    assert clean_picture([str(path)]) == 1
    assert "add <title>" in capsys.readouterr().out


@pytest.mark.parametrize("inside", ["<text>knee</text>", "<g>"])
def test_a_picture_that_would_be_another_one_is_left_as_it_is(inside: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "a.svg"
    path.write_text(before := DRAWING.format(inside), "utf-8")
    assert clean_picture([str(path)]) == 1
    assert path.read_text("utf-8") == before
    assert "was left as it is: first mend this." in capsys.readouterr().out


@pytest.mark.parametrize("arguments", [[], [""], ["no-such-file.svg"]])
def test_without_a_picture_it_says_how_it_is_used(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert clean_picture(arguments) == 1
    assert "make clean-picture FILE=" in capsys.readouterr().out
