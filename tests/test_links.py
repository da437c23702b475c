"""An address is judged as a browser would follow it."""

from __future__ import annotations

from pathlib import PurePosixPath

import pytest

from knee.links import address_of, resolved


@pytest.mark.parametrize(
    ("target", "kind"),
    [
        ("https://example.org", "web"),
        ("https://example.org/a?b#c", "web"),
        ("HTTPS://example.org", "web"),
        ("https://", "scheme"),
        ("https:example.org", "scheme"),
        ("https://a@example.org", "scheme"),
        ("mailto:a@example.org", "mail"),
        ("../tips.md", "place"),
        ("tips.md#a", "place"),
        ("#a", "place"),
        ("a b.svg", "place"),
        ("/tips.md", "absolute"),
        ("//example.org", "absolute"),
        ("\\\\example.org", "absolute"),
        ("java\tscript:x", "scheme"),
        (" javascript:x", "scheme"),
        ("&#106;avascript:x", "scheme"),
        ("data:x", "scheme"),
        ("", "empty"),
        ("\x00 \u200b", "empty"),
    ],
)
def test_what_an_address_is(target: str, kind: str) -> None:
    assert address_of(target).kind == kind


@pytest.mark.parametrize(
    ("path", "place"),
    [
        ("a.svg", "techniques/a.svg"),
        ("./a.svg", "techniques/a.svg"),
        ("../tips.md", "tips.md"),
        ("../techniques/x.md", "techniques/x.md"),
        ("", "techniques/x.md"),
        ("../../x.md", None),
        ("a/../../../x", None),
    ],
)
def test_where_a_path_on_a_page_leads(path: str, place: str | None) -> None:
    assert resolved(PurePosixPath("techniques/x.md"), path) == (PurePosixPath(place) if place else None)
