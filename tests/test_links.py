"""An address is judged as a browser would follow it."""

from __future__ import annotations

from pathlib import PurePosixPath

import pytest

from knee.text.addresses import Address, address_of, resolved


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


def test_an_address_is_taken_apart() -> None:
    assert address_of("a%20b.md?c=1#x%20y") == Address("place", path="a b.md", anchor="x y")
    assert address_of("a.md#b#c") == Address("place", path="a.md", anchor="b#c")
    assert address_of("HTTPS://example.org/a") == Address("web", "https")
    assert address_of("mailto:a@example.org") == Address("mail", "mailto")
    assert address_of("Data:x") == Address("scheme", "data")


def test_codes_in_codes_are_read_as_a_browser_might_after_the_site_has_read_them() -> None:
    assert address_of("&amp;amp;#106;avascript:x") == Address("scheme", "javascript")


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
