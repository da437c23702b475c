"""Protects a reader without a signal: the saved copy is whole, says how old it is, never hides newer words, and goes when told.

Most tests deploy a few pages of the built site to a host of their own, which can fall ill in the ways that networks do.
"""

from __future__ import annotations

import datetime
import gzip
import re
import shutil
import threading
from collections.abc import Callable, Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from axe import violations
from built import BuiltSite, build, copy_project, words
from playwright.sync_api import Browser, Error, Page, expect
from waiting import PATIENCE, until

from knee.assets.offline import LIMIT, files_of, write_worker

UNDER = "knee-ease"
PAGES = {"", "tips/", "check-first/", "when-to-seek-help/"}
"""What most tests deploy: enough to go from one page to another."""
TODAY = "{0.day} {0:%B} {0.year}"
LINE = ".saved-copy:visible"
NO_NETWORK = ("refuses", "never answers", "hangs up", "is in trouble")
PORTAL = b"<!doctype html><title>Free Wi-Fi</title><p>Sign in to go on."


class Host:
    """A host of static files that a test changes and makes ill."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / UNDER
        self.ill: Callable[[str], str] = lambda path: ""
        """How it fails for a path: "" is not at all."""
        self.asked, self.released = threading.Event(), threading.Event()
        """Somebody waits for an answer that does not come; nobody has to wait any longer."""
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Handler, self, directory=str(folder)))
        self.server.daemon_threads = True
        self.home = f"http://127.0.0.1:{self.server.server_port}/{UNDER}/"

    def falls_ill(self, how: str, path: str = "") -> None:
        """Fail from now on: for every path, or for one under the site's root."""
        self.ill = lambda asked: how if asked.endswith(path) else ""

    def is_well(self) -> None:
        """Answer as a host does."""
        self.ill = lambda path: ""


class _Handler(SimpleHTTPRequestHandler):
    def __init__(self, host: Host, *args: Any, **options: Any) -> None:
        self.host = host
        super().__init__(*args, **options)

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing."""

    def do_GET(self) -> None:
        del self.headers["If-Modified-Since"]  # it counts whole seconds, and a test deploys twice in one
        how = self.host.ill(self.path)
        if how == "refuses":
            return
        if how == "never answers":
            self.host.asked.set()
            self.host.released.wait()
        elif how == "hangs up":
            self._answer(200, PORTAL, length=len(PORTAL) * 2)
        elif how == "is in trouble":
            self._answer(503, PORTAL)
        elif how == "asks to sign in":
            self._answer(200, PORTAL)
        else:
            super().do_GET()

    def _answer(self, status: int, body: bytes, length: int | None = None) -> None:
        self.send_response(status)
        self.send_header("Content-Type", "text/html")
        self.send_header("Content-Length", str(length or len(body)))
        self.end_headers()
        self.wfile.write(body)

    def list_directory(self, path: Any) -> None:
        """Show no lists of files: there is no such page."""
        self.send_error(404)

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        self._answer(code, b"<!doctype html><title>Not here</title><p>This page is not here")


def deploy(site: BuiltSite, host: Host, *, without: str | None = None, limit: float = LIMIT, **changed: str) -> None:
    """Put a few pages of the built site on a host; in each file of `changed` (by what its name begins with) put its words at the end."""
    if host.folder.exists():
        shutil.rmtree(host.folder)
    shutil.copytree(site.folder, host.folder)
    for page in host.folder.rglob("index.html"):
        address = page.parent.relative_to(host.folder).as_posix() + "/"
        if ("" if address == "./" else address) not in PAGES - {without}:
            page.unlink()
    for name, more in changed.items():
        (file,) = (path for path in host.folder.rglob("*.*") if f"{path.relative_to(host.folder).as_posix()}".startswith(name))
        file.write_text(file.read_text("utf-8") + more, "utf-8")
    assert write_worker(host.folder, offered=True, limit=limit) == []


@pytest.fixture
def host(site: BuiltSite, tmp_path: Path) -> Iterator[Host]:
    """Give a host with a few pages of the site."""
    host = Host(tmp_path / "hosted")
    deploy(site, host)
    thread = threading.Thread(target=host.server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    yield host
    host.released.set()
    host.server.shutdown()
    thread.join()
    host.server.server_close()


@pytest.fixture
def page(chromium: Browser, host: Host) -> Iterator[Page]:
    """Give a reader's browser on the host's first page."""
    context = chromium.new_context(viewport={"width": 360, "height": 640})
    context.set_default_timeout(PATIENCE * 1000)
    page = context.new_page()
    page.goto(host.home)
    yield page
    context.close()


def save(page: Page) -> None:
    """Press the button and see that it is done."""
    page.get_by_role("button", name="Save for offline").click()
    expect(page.locator("[data-told]").filter(has_text="Saved on this device")).to_be_visible()


def told(page: Page) -> Any:
    """Give what the part about offline says."""
    return expect(page.locator(".save-offline [data-told]"))


def kept(page: Page) -> dict[str, Any]:
    """Give what the browser holds: the names of its stores, and how many workers."""
    return page.evaluate(
        "async () => ({ stores: await caches.keys(), workers: (await navigator.serviceWorker.getRegistrations()).length })"
    )


def today() -> str:
    """Give the browser's day as readers see it: the tests' own."""
    return TODAY.format(datetime.datetime.now())


# Saving, and taking it away


def test_nothing_is_saved_until_the_button_is_pressed_and_nothing_stays_when_it_is_removed(page: Page, host: Host, site: BuiltSite) -> None:
    page.evaluate("caches.open('somebody-else')")
    page.goto(host.home)
    expect(page.get_by_role("button", name="Save for offline")).to_be_visible()
    expect(page.get_by_role("button", name="Remove")).to_be_hidden()
    assert kept(page) == {"stores": ["somebody-else"], "workers": 0}

    save(page)
    told(page).to_have_text(re.compile(rf"^Saved on this device: {today()}\. {len(PAGES)} pages, about \d+ kB\.$"))
    (store,) = (name for name in kept(page)["stores"] if name != "somebody-else")
    assert store.startswith(tuple(words(code) for code in site.page("about/").all("main code")))
    assert kept(page)["workers"] == 1

    page.reload()
    told(page).to_have_text(re.compile("^Saved on this device"))
    page.get_by_role("button", name="Remove the saved copy").click()
    told(page).to_have_text("The saved copy is gone.")
    expect(page.get_by_role("button", name="Save for offline")).to_be_focused()
    assert kept(page) == {"stores": ["somebody-else"], "workers": 0}

    save(page)  # and again, in the same visit


def test_the_button_tells_how_much_it_loads(site: BuiltSite) -> None:
    offer = words(site.page("").one(".save-offline [data-offer]"))
    pages, size = map(int, re.findall(r"\d+", offer))
    assert pages == len(site.addresses)
    saved = [path for path in files_of(site.folder) if not path.startswith("techniques.")]  # open data could not say how old it is
    on_the_wire = sum(len(gzip.compress((site.folder / path).read_bytes())) for path in saved)
    assert on_the_wire <= size * 1000 <= on_the_wire + 20_000


def test_without_scripts_no_dead_button_shows(chromium: Browser, host: Host) -> None:
    page = chromium.new_page(java_script_enabled=False)
    page.goto(host.home)
    expect(page.locator(".save-offline")).to_be_hidden()
    page.close()


def test_a_copy_that_cannot_be_whole_is_not_kept_at_all(page: Page, host: Host, site: BuiltSite, subtests: pytest.Subtests) -> None:
    deploy(site, host, limit=1)
    for how in (*NO_NETWORK, "asks to sign in"):
        with subtests.test(how):
            host.falls_ill(how, "tips/")
            page.get_by_role("button", name="Save for offline").click()
            told(page).to_have_text("Could not save. Check your signal, and that this device has room. Then try again.")
            assert kept(page) == {"stores": [], "workers": 0}
            page.reload()
    host.is_well()
    deploy(site, host)
    save(page)


def test_a_host_that_never_answers_at_all_is_given_up(page: Page, host: Host) -> None:
    page.clock.install()
    page.goto(host.home)
    host.falls_ill("never answers", "sw.js")
    page.get_by_role("button", name="Save for offline").click()
    told(page).to_have_text("Saving. This can take 2 minutes. Keep this page open.")
    assert host.asked.wait(PATIENCE)
    page.clock.run_for(120_000)
    told(page).to_have_text("Could not save. Check your signal, and that this device has room. Then try again.")
    assert page.evaluate("caches.keys()") == []


def test_a_device_without_room_keeps_nothing_half(page: Page, host: Host) -> None:
    devtools = page.context.new_cdp_session(page)
    devtools.send("Storage.overrideQuotaForOrigin", {"origin": host.home.removesuffix(f"/{UNDER}/"), "quotaSize": 100_000})
    page.get_by_role("button", name="Save for offline").click()
    told(page).to_have_text("Could not save. Check your signal, and that this device has room. Then try again.")
    assert kept(page) == {"stores": [], "workers": 0}


def test_a_button_whose_script_does_not_come_says_so_and_can_be_tried_again(page: Page, host: Host) -> None:
    host.falls_ill("hangs up", "save-offline.js")
    page.get_by_role("button", name="Save for offline").click()
    told(page).to_have_text("Could not save. Check your signal, and that this device has room. Then try again.")
    host.is_well()
    save(page)


# Reading without a signal


def test_without_a_signal_every_page_is_whole_and_says_how_old_it_is(chromium: Browser, site: BuiltSite, tmp_path: Path) -> None:
    """The whole site, as it is built: each page with its parts, the search, and the session."""
    host = Host(tmp_path)
    shutil.copytree(site.folder, host.folder)
    thread = threading.Thread(target=host.server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    context = chromium.new_context(viewport={"width": 360, "height": 640}, color_scheme="dark")
    context.set_default_timeout(PATIENCE * 1000)
    try:
        page = context.new_page()
        page.goto(host.home)
        save(page)
        host.server.shutdown()
        host.server.server_close()
        failed: list[str] = []
        page.on("requestfailed", lambda request: request.failure == "net::ERR_ABORTED" or failed.append(request.url))  # left too early
        page.on("pageerror", lambda error: failed.append(str(error)))
        for address in site.addresses:
            page.goto(host.home + address)
            expect(page.locator(LINE)).to_have_text(f"Saved copy from {today()}. You have no signal, or it is weak.", use_inner_text=True)
        assert violations(page) == []

        page.goto(host.home + "techniques/?position=chair")
        page.get_by_role("link", name="gentle knee rub").first.click()
        page.evaluate("for (const image of document.images) image.loading = 'eager'")
        page.evaluate("Promise.all([...document.images].map(image => image.decode()))")
        page.locator(".start button:visible").first.click()
        expect(page.locator("dialog.session")).to_be_visible()
        page.goto(host.home + "about/")
        page.get_by_role("button", name="Search").click()
        page.get_by_role("combobox", name="Search").press_sequentially("thigh")
        expect(page.get_by_role("option").first).to_be_visible()
        page.goto(host.home + "my-sheets/#sheets=tips")
        page.get_by_role("checkbox", name="4-week diary").check()
        expect(page.locator("[data-told]").filter(has_text=re.compile(r"^\d sheets? (is|are) ready"))).to_be_visible()
        assert failed == []
    finally:
        context.close()
        thread.join()


def test_a_network_that_fails_in_any_way_gives_the_saved_page_with_its_line(page: Page, host: Host, subtests: pytest.Subtests) -> None:
    save(page)
    for how, address in zip(NO_NETWORK, ("tips", "tips/?print=large", "tips/index.html", "tips/"), strict=True):
        with subtests.test(how):
            host.falls_ill(how)
            page.goto(host.home + address)
            expect(page.locator(LINE)).to_have_text(f"Saved copy from {today()}. You have no signal, or it is weak.", use_inner_text=True)
            expect(page.get_by_role("heading", level=1)).to_contain_text("Tips")
            assert page.evaluate("document.styleSheets[0].cssRules.length")
    host.is_well()
    page.goto(host.home + "tips/")
    expect(page.locator(LINE)).to_have_count(0)


def test_what_a_sign_in_page_says_is_shown_but_never_saved(page: Page, host: Host) -> None:
    save(page)
    host.falls_ill("asks to sign in")
    page.goto(host.home + "tips/")
    expect(page.get_by_text("Sign in to go on.")).to_be_visible()
    host.falls_ill("refuses")
    page.goto(host.home + "tips/")
    expect(page.locator(LINE)).to_contain_text("Saved copy from")


def test_after_90_days_the_line_warns_and_a_visit_with_a_signal_ends_that(page: Page, host: Host) -> None:
    save(page)
    page.evaluate(
        """async () => {
          const store = await caches.open((await caches.keys())[0]);
          const address = new URL("saved-copy.json", location.href);
          const record = await (await store.match(address)).json();
          await store.put(address, new Response(JSON.stringify({ ...record, at: Date.UTC(2025, 0, 31, 12) })));
        }"""
    )
    host.falls_ill("refuses")
    page.goto(host.home)
    expect(page.locator(LINE)).to_have_text(
        "Saved copy from 31 January 2025. You have no signal, or it is weak. It is old: open it with a signal before you use it."
    )
    told(page).to_have_text(re.compile("^Saved on this device: 31 January 2025"))
    assert violations(page) == []
    page.get_by_role("button", name="Save the newest pages").click()
    told(page).to_have_text(
        "Could not save. Check your signal, and that this device has room. Then try again. Your copy from 31 January 2025 is still here."
    )

    host.is_well()
    page.goto(host.home + "tips/")
    expect(page.locator(LINE)).to_have_count(0)
    until(
        page, 'caches.match(new URL("../saved-copy.json", location)).then(found => found.json()).then(({ at }) => Date.now() - at < 60_000)'
    )
    host.falls_ill("refuses")
    page.goto(host.home)
    expect(page.locator(LINE)).to_contain_text(f"Saved copy from {today()}")


# A new version


def store_after(page: Page, old: list[str]) -> list[str]:
    """Wait until another build is saved in place of the old one, and give the names of the stores."""
    until(page, f"caches.keys().then(now => now.length === {len(old)} && String(now) !== '{','.join(old)}')")
    return page.evaluate("caches.keys()")


def test_new_words_show_at_once_and_are_saved_for_the_next_time_without_a_signal(page: Page, host: Host, site: BuiltSite) -> None:
    other = f"knee-ease-offline:/{UNDER}/other/:1"
    page.evaluate("async name => { await (await caches.open(name)).put('/a', new Response('b')) }", other)
    save(page)
    before = kept(page)["stores"]
    deploy(site, host, without="check-first/", **{"tips/index": "<p>New advice."})
    page.goto(host.home + "tips/")
    expect(page.get_by_text("New advice.")).to_be_visible()
    expect(page.locator(LINE)).to_have_count(0)
    after = store_after(page, before)
    assert other in after, "another project's store on the same host"

    answer = page.goto(host.home + "check-first/")
    assert answer
    assert answer.status == 404, "what was taken down is not shown from a copy"
    host.falls_ill("refuses")
    page.goto(host.home + "tips/")
    expect(page.get_by_text("New advice.")).to_be_visible()
    expect(page.locator(LINE)).to_contain_text("Saved copy from")
    with pytest.raises(Error, match="ERR_"):
        page.goto(host.home + "check-first/")


def test_a_removed_page_is_not_shown_while_the_old_copy_is_still_there(page: Page, host: Host, site: BuiltSite) -> None:
    save(page)
    before = kept(page)["stores"]
    deploy(site, host, without="check-first/", **{"tips/index": "<p>New advice."})
    host.falls_ill("is in trouble", "tips/")  # so that the new copy cannot be whole
    answer = page.goto(host.home + "check-first/")
    assert answer
    assert answer.status == 404
    page.goto(host.home)
    page.get_by_role("button", name="Save the newest pages").click()
    told(page).to_have_text(re.compile(r"^Could not save\..* Your copy from .* is still here\.$"))
    assert kept(page)["stores"] == before, "the old copy stays as it was"
    host.falls_ill("refuses")
    page.goto(host.home + "tips/")
    expect(page.locator(LINE)).to_contain_text("Saved copy from")
    expect(page.get_by_text("New advice.")).to_have_count(0)


def test_the_button_gets_the_newest(page: Page, host: Host, site: BuiltSite) -> None:
    save(page)
    before = kept(page)["stores"]
    deploy(site, host, **{"tips/index": "<p>New advice."})
    page.get_by_role("button", name="Save the newest pages").click()
    store_after(page, before)
    told(page).to_have_text(re.compile("^Saved on this device"))
    host.falls_ill("refuses")
    page.goto(host.home + "tips/")
    expect(page.get_by_text("New advice.")).to_be_visible()


LINKED_RULES = "[...document.styleSheets].filter((one) => one.href).flatMap((one) => [...one.cssRules].map((rule) => rule.cssText))"


def test_a_page_never_gets_the_styles_of_another_build(page: Page, host: Host, site: BuiltSite) -> None:
    """The style of a page stands in it; what a part brings along, such as the search, does not."""
    asks = '<link rel="stylesheet" href="../assets/css/search.css">'
    deploy(site, host, **{"tips/index": asks})
    save(page)
    host.falls_ill("is in trouble", ".css")
    page.goto(host.home + "tips/")
    expect(page.locator(LINE)).to_have_count(0)
    assert page.evaluate(f"{LINKED_RULES}.length"), "the page is of the saved build: its styles may come from there"
    deploy(site, host, **{"tips/index": asks + "<p>New advice.", "assets/css/search": "p { color: red }"})
    host.falls_ill("is in trouble", ".css")
    page.goto(host.home + "tips/")
    expect(page.get_by_text("New advice.")).to_be_visible()
    assert page.evaluate(LINKED_RULES) == []


# The switch


def test_a_release_can_end_all_saved_copies(page: Page, host: Host, tmp_path: Path) -> None:
    save(page)
    page.evaluate("caches.open('somebody-else')")
    project = copy_project(tmp_path / "project")
    settings = (project / "mkdocs.yml").read_text("utf-8")
    (project / "mkdocs.yml").write_text(settings.replace("\n  offline: true", "\n  offline: false"), "utf-8")
    shutil.rmtree(host.folder)
    built = build(project, host.folder)
    assert built.returncode == 0, built.stdout
    page.goto(host.home)
    until(page, "caches.keys().then(names => String(names) === 'somebody-else')")
    until(page, "navigator.serviceWorker.getRegistrations().then(found => found.length === 0)")
    page.goto(host.home)
    expect(page.locator(".save-offline, .saved-copy")).to_have_count(0)
    host.falls_ill("refuses")
    with pytest.raises(Error, match="ERR_"):
        page.goto(host.home + "tips/")


# What is saved


def test_a_page_that_could_not_say_how_old_it_is_is_never_saved(tmp_path: Path, site: BuiltSite) -> None:
    shutil.copytree(site.folder / "tips", tmp_path / "tips")
    (tmp_path / "bare.html").write_text("<!doctype html><title>Bare</title>", "utf-8")
    assert write_worker(tmp_path, offered=True) == ["bare.html"]
    assert "bare.html" not in (tmp_path / "sw.js").read_text("utf-8")


def test_every_page_of_the_site_is_saved_and_nothing_that_only_programmers_need(site: BuiltSite) -> None:
    saved = files_of(site.folder)
    pages = {page.file.relative_to(site.folder).as_posix() for page in site.pages} - {"404.html"}
    assert {path for path in saved if path.endswith(".html")} == pages
    assert "assets/js/pages/search.js" in saved
    assert [path for path in saved if re.search(r"\.map$|sitemap|^sw\.js", path)] == []
