"""Protects a clinic without a network: the zip opens from a folder, whole, in a real browser, and says how old it is."""

from __future__ import annotations

import datetime
import os
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import unquote, urldefrag, urljoin, urlsplit

import pytest
from built import PROJECT, BuiltPage, build, words
from playwright.sync_api import Browser, Page, Request, expect
from selectolax.lexbor import LexborHTMLParser
from waiting import PATIENCE

from knee.commands.bundle import CannotBundle, day_of, make_openable, write_zip
from tools.engines import Engine

COPY_OF = "0.1.0, 22 November 2026"
DAY = datetime.date(2026, 11, 22)


@pytest.fixture(scope="module")
def folder(made_once: Callable[..., Path]) -> Path:
    """Give the folder of an unzipped bundle; a space in its name is what people have."""
    return made_once("usb stick", _unzip_bundle) / "knee-ease"


def _unzip_bundle(place: Path) -> None:
    place.mkdir()
    result = build(PROJECT, place / "site", COPY_OF=COPY_OF, SITE_URL="https://knee.test/")
    assert result.returncode == 0, result.stdout
    paths = make_openable(place / "site")
    write_zip(place / "site", paths, place / "knee-ease.zip", DAY)
    for path in paths:
        os.utime(place / "site" / path, (0, 0))
    write_zip(place / "site", paths, place / "again" / "knee-ease.zip", DAY)
    assert (place / "knee-ease.zip").read_bytes() == (place / "again" / "knee-ease.zip").read_bytes()
    with zipfile.ZipFile(place / "knee-ease.zip") as bundle:
        bundle.extractall(place)


def _was_left(request: Request) -> bool:
    """Whether a request ended because the reader went on to another page meanwhile."""
    return request.failure == "net::ERR_ABORTED"


@pytest.fixture
def page(chromium: Browser, folder: Path) -> Iterator[Page]:
    """Open the bundle's first page; afterwards nothing may have failed, and nothing may have been asked of any host."""
    troubles: list[str] = []
    page = chromium.new_page(viewport={"width": 360, "height": 640})
    page.set_default_timeout(PATIENCE * 1000)
    page.on("console", lambda message: troubles.append(message.text) if message.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: troubles.append(str(error)))
    page.on("requestfailed", lambda request: None if _was_left(request) else troubles.append(f"failed: {request.url} ({request.failure})"))
    page.on("request", lambda request: None if request.url.startswith(("file:", "blob:", "data:")) else troubles.append(request.url))
    page.goto((folder / "index.html").as_uri())
    yield page
    page.close()
    assert troubles == []


def test_every_link_leads_to_a_file_and_every_page_says_what_it_is_a_copy_of(folder: Path) -> None:
    pages = {path: LexborHTMLParser(path.read_text("utf-8")) for path in sorted(folder.rglob("*.html"))}
    assert len(pages) == len(list((PROJECT / "docs").rglob("*.md")))
    lost = []
    for path, page in pages.items():
        line = page.css_first(".saved-copy")
        assert line
        assert line.text().strip() == f"Copy of Knee Ease {COPY_OF}. The website may have newer words."
        for element in page.css("a[href], img[src], script[src], link[href]"):
            href = element.attributes.get("href") or element.attributes.get("src") or ""
            there, anchor = urldefrag(urljoin(path.as_uri(), href))
            if there.startswith("file:"):
                file = Path(unquote(urlsplit(there).path))
                if not file.is_file() or (anchor and "=" not in anchor and not pages[file].css(f'[id="{anchor}"]')):
                    lost.append(f"{path.name}: {href}")
    assert lost == []


def test_nothing_is_in_it_that_cannot_work(folder: Path) -> None:
    names = {path.name for path in folder.rglob("*")}
    assert names.isdisjoint({"sw.js", "sitemap.xml", "404.html", "save-offline.js"})
    for path in folder.rglob("*.html"):
        assert not LexborHTMLParser(path.read_text("utf-8")).css("script[type=module], .save-offline, form.my-sheets"), path


def test_a_reader_goes_from_the_first_page_to_a_session(page: Page) -> None:
    page.get_by_role("link", name="See all techniques").click()
    page.get_by_label("Position").select_option("bed")
    expect(page.locator(".technique-filter__told")).to_be_visible()
    page.get_by_role("link", name="gentle knee rub").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Front of the knee: gentle knee rub")
    page.locator("img").nth(1).evaluate("image => image.decode()")
    expect(page.get_by_role("button", name="Print this page")).to_be_visible()
    page.get_by_role("link", name="Use large print").click()
    expect(page.locator("html")).to_have_attribute("data-print", "large")
    page.locator(".start button:visible").first.click()
    page.locator('dialog [data-do="agree"]').click()
    page.locator('dialog [data-do="steps"]').click()
    expect(page.locator('dialog [data-session="count"]')).to_contain_text("Step 1 of")
    page.keyboard.press("ArrowRight")
    expect(page.locator('dialog [data-session="count"]')).to_contain_text("Step 2 of")


def test_the_search_finds_and_opens_a_page(page: Page) -> None:
    page.get_by_role("button", name="Search").click()
    page.get_by_role("combobox", name="Search").press_sequentially("swollen calf")
    page.get_by_role("option").first.click()
    page.wait_for_url("file:///**/when-to-seek-help/index.html#signs-of-a-blood-clot*")
    expect(page.get_by_role("heading", level=1)).to_be_visible()


def test_in_every_engine_the_folder_leads_to_a_session_and_to_what_the_search_finds(engine: Engine, folder: Path) -> None:
    tab = engine.new(folder.as_uri() + "/")
    tab.resize(360, 800)
    tab.open("index.html")
    tab.goes("a", "See all techniques")
    tab.goes(".technique-list a", "Front of the knee: gentle knee rub")
    tab.click("[data-start=new]")
    tab.wait_for("document.querySelector('dialog.session')?.open")
    tab.press("Escape")
    tab.wait_for("!document.querySelector('dialog.session').open")
    tab.click(".site-search__open")
    tab.wait_for("document.activeElement.matches('.site-search__box')")
    tab.type("thigh")
    tab.wait_for("document.querySelector('.site-search__box').value === 'thigh' && document.querySelector('.found')?.checkVisibility()")
    tab.goes(".found")
    tab.wait_for("document.querySelector('h1')?.innerText")
    assert tab.troubles() == []
    tab.close()


def test_my_sheets_says_that_it_needs_the_website(page: Page) -> None:
    page.get_by_role("link", name="Print my sheets").click()
    expect(page.get_by_text("This copy cannot put sheets together. That needs the website.")).to_be_visible()
    page.locator("main").get_by_role("link", name="4-week diary").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("My 4-week diary")


def test_the_sheet_names_the_page_on_the_website(folder: Path) -> None:
    sheet = BuiltPage("", folder / "techniques" / "gentle-knee-rub" / "index.html").one(".sheet-foot")
    assert "https://knee.test/techniques/gentle-knee-rub/" in words(sheet)


def test_a_bundle_is_dated_by_its_words_and_never_by_the_clock(tmp_path: Path) -> None:
    for name, day in (("a", "2026-01-31"), ("b", '"2026-03-01"')):
        (tmp_path / f"{name}.md").write_text(f"---\nreviewed: {day}\n---\n\n# A\n", "utf-8")
    (tmp_path / "c.md").write_text("# No front matter\n", "utf-8")
    assert day_of(tmp_path, {"SOURCE_DATE_EPOCH": ""}) == datetime.date(2026, 3, 1)
    assert day_of(tmp_path, {"SOURCE_DATE_EPOCH": "1790000000"}) == datetime.date(2026, 9, 21)


@pytest.mark.parametrize("wrong", ["", '<meta http-equiv="Content-Security-Policy" content="a"><script type="module">go()</script>'])
def test_a_page_that_could_not_work_stops_the_bundle(tmp_path: Path, wrong: str) -> None:
    (tmp_path / "index.html").write_text(f"<!doctype html><title>A</title>{wrong}", "utf-8")
    with pytest.raises(CannotBundle, match=r"^index\.html has "):
        make_openable(tmp_path)
