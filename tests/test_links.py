"""An address is judged as a browser would follow it."""

from __future__ import annotations

from pathlib import PurePosixPath

import pytest

from knee.text.addresses import Address, address_of, meant_address, resolved


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
        ("tel:999", "phone"),
        ("tel:1800022222", "phone"),
        ("tel:0900123", "scheme"),
        ("tel:999,0900123", "scheme"),
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
    assert address_of("a.md?c=1#x") == Address("place", path="a.md", anchor="x")
    assert address_of("a.md#b#c") == Address("place", path="a.md", anchor="b#c")
    assert address_of("HTTPS://example.org/a") == Address("web", "https")
    assert address_of("mailto:a@example.org") == Address("mail", "mailto")
    assert address_of("Data:x") == Address("scheme", "data")


@pytest.mark.parametrize("sign", ["\\", "%2E", "\u00ad", "\u200b", "\ufeff", "\u3164", "&amp;"])
def test_a_place_is_the_one_that_is_written_and_no_other(sign: str) -> None:
    assert address_of(f"..{sign}tips.md").path == f"..{sign}tips.md"


@pytest.mark.parametrize("written", ["..\\tips.md", "%2e%2e/tips%2Emd", "..\u00ad/tips.md", "\ufeff../\u200btips.md", "&#46;./tips.md"])
def test_the_place_that_was_meant_can_be_told(written: str) -> None:
    assert meant_address(written) == "../tips.md"


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
