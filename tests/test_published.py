"""What is published in the place of a picture, whatever the rules tell: the picture made anew, or nothing."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from knee.pictures.judged import judged
from knee.publish.publication import Publication
from photos import camera, photo
from small_site import TESTS, Site

HEAD = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 480 360"><title>A</title><path d="M9 9h90v90"/>'
REFUSED = {
    "script.svg": f"{HEAD}<script>attack()</script></svg>".encode(),
    "web-page.svg": b'<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"><body><script>attack()</script></body></html>',
    "large.svg": f"{HEAD}<!-- {'a' * 40_000} --></svg>".encode(),
    "capitals.SVG": f"{HEAD}<script>attack()</script></svg>".encode(),
    "flashes.svg": f'{HEAD}<animate attributeName="opacity"/></svg>'.encode(),
    "bomb.svg": f'{HEAD}<g id="a"><use href="#a"/></g></svg>'.encode(),
    "home.svg": f"{HEAD}<!-- C:\\Users\\sam\\a.svg --></svg>".encode(),
    "place.webp": photo("webp", exif=camera()),
    "cut-off.png": photo()[:300],
    "svg-inside.png": f"{HEAD}</svg>".encode(),
    "phone.jpg": photo("jpeg", exif=camera()),
}
KEPT = {
    "good.svg": f"{HEAD}<metadata>x</metadata></svg>".encode(),
    "no-title.svg": f"{HEAD}</svg>".replace("<title>A</title>", "").encode(),
    "capitals.SVG": f"{HEAD}</svg>".encode(),
    "photo.png": photo(),
    "latin.svg": f'<?xml version="1.0" encoding="iso-8859-1"?>{HEAD.replace("A", "Café")}</svg>'.encode("iso-8859-1"),
}


@pytest.fixture
def facts_of(site: Site) -> Callable[[str, bytes], Publication]:
    """Give a function that shows a picture on the page, under the page's name and one of its own, and gives the facts of the site."""

    def show(name: str, content: bytes) -> Publication:
        site.change("- Sit on a bed.", f"- Sit on a bed.\n\n![The same person lies on a bed, with the calf on it.](calf-stroke-{name})")
        (site.techniques / f"calf-stroke-{name}").write_bytes(content)
        return Publication.of(site.root / "docs", TESTS.parent / "overrides")

    return show


@pytest.mark.parametrize("name", REFUSED)
def test_what_was_refused_for_harm_is_not_published(name: str, facts_of: Callable[[str, bytes], Publication]) -> None:
    facts = facts_of(name, REFUSED[name])
    path = facts.site.techniques / f"calf-stroke-{name}"
    assert facts.made_anew(path) is None
    assert facts.withholds(path)
    assert facts.outcome.problems


@pytest.mark.parametrize("name", KEPT)
def test_nothing_is_published_as_it_came(name: str, facts_of: Callable[[str, bytes], Publication]) -> None:
    facts = facts_of(name, KEPT[name])
    path = facts.site.techniques / f"calf-stroke-{name}"
    made = facts.made_anew(path)
    assert made == judged(KEPT[name]).published
    assert made != KEPT[name]
    assert not facts.withholds(path)


def test_the_pictures_of_the_site_itself_stay_as_they_are(site: Site) -> None:
    path = site.root / "docs" / "assets" / "kit.svg"
    path.parent.mkdir(exist_ok=True)
    path.write_text("<svg/>", "utf-8")
    facts = Publication.of(site.root / "docs", TESTS.parent / "overrides")
    assert (facts.made_anew(path), facts.withholds(path)) == (None, False)
