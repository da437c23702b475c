"""A window of WebKitGTK that does what it is told, one order a line of JSON on standard input.

It answers on the descriptor whose number it is started with, one answer a line. It runs under the system's Python, which has GTK;
`webkit.py` starts it. MiniBrowser, WebKitGTK's own window, can neither print to a file nor be as narrow as a phone.
"""

import json
import os
import sys

import gi

for name, number in (("Gdk", "3.0"), ("Gtk", "3.0"), ("WebKit2", "4.1")):
    gi.require_version(name, number)
from gi.repository import Gdk, GLib, Gtk, WebKit2  # noqa: E402

MODIFIERS = {"Shift": Gdk.ModifierType.SHIFT_MASK, "Control": Gdk.ModifierType.CONTROL_MASK, "Alt": Gdk.ModifierType.MOD1_MASK}
KEYS = {
    "Enter": "Return",
    "ArrowDown": "Down",
    "ArrowUp": "Up",
    "ArrowLeft": "Left",
    "ArrowRight": "Right",
    "Backspace": "BackSpace",
    " ": "space",
}
"""GDK's names for keys, where the web's are others."""
PAPERS = {"A4": "iso_a4", "Letter": "na_letter"}


def answer(number, value=None, error=None):
    """Answer the order with a number."""
    print(json.dumps({"number": number, "value": value, "error": error}), file=ANSWERS, flush=True)


class Window:
    """The window, with one reader's view at a time: each reader has stores of their own, empty at first."""

    def __init__(self):
        self.frame = self.view = None
        self.events = []
        self.waiting = 0

    def new(self, number, data, dark=False, scripts=True, before=""):
        """Begin with a new reader, whose stores lie in the folder `data`. Scripts in `before` run before those of each page."""
        if self.frame:
            self.frame.destroy()
        self.frame = Gtk.Window(type=Gtk.WindowType.POPUP)
        self.events = []
        self._be_dark(dark)
        manager = WebKit2.WebsiteDataManager(base_data_directory=data, base_cache_directory=data + "/cache")
        content = WebKit2.UserContentManager()
        if before:
            top, start = WebKit2.UserContentInjectedFrames.TOP_FRAME, WebKit2.UserScriptInjectionTime.START
            content.add_script(WebKit2.UserScript(before, top, start, None, None))
        self.view = WebKit2.WebView(web_context=WebKit2.WebContext(website_data_manager=manager), user_content_manager=content)
        settings = self.view.get_settings()
        settings.set_enable_write_console_messages_to_stdout(True)
        settings.set_enable_javascript_markup(scripts)
        settings.set_hardware_acceleration_policy(WebKit2.HardwareAccelerationPolicy.NEVER)
        self.view.connect("load-changed", self._loaded)
        self.view.connect("load-failed", self._failed)
        self.view.connect("web-process-terminated", lambda view, reason: self.events.append(["the page's process ended", "", str(reason)]))
        self.view.connect("resource-load-started", self._asked)
        self.frame.add(self.view)
        answer(number)

    def _asked(self, view, resource, request):
        self.events.append(["request", request.get_uri(), ""])
        resource.connect("failed", lambda resource, error: self.events.append(["failed", resource.get_uri(), error.message]))
        resource.connect("finished", self._finished)

    def _finished(self, resource):
        response = resource.get_response()
        if response and response.get_status_code() >= 400:
            self.events.append(["answered", resource.get_uri(), str(response.get_status_code())])

    def noted(self, number):
        """Answer with what happened to the page's requests since the last time: kind, address, message."""
        answer(number, self.events)
        self.events = []

    def size(self, number, width, height):
        """Make the view so large, in CSS pixels."""
        self.frame.resize(width, height)
        self.view.set_size_request(width, height)
        self.frame.show_all()
        self.frame.resize(width, height)
        self.frame.get_window().focus(Gdk.CURRENT_TIME)
        self.view.grab_focus()
        self._focus()
        answer(number)

    def dark(self, number, on):
        """Be in dark colours, or not."""
        self._be_dark(on)
        answer(number)

    def _be_dark(self, on):
        Gtk.Settings.get_default().set_property("gtk-application-prefer-dark-theme", on)

    def _focus(self):
        """Tell the window that it is the one that the reader uses: there is nobody else who would."""
        event = Gdk.Event.new(Gdk.EventType.FOCUS_CHANGE)
        event.window = self.frame.get_window()
        setattr(event, "in", 1)
        self.frame.send_focus_change(event)

    def open(self, number, address):
        """Open an address; answer when it has loaded."""
        self.waiting = number
        self.view.load_uri(address)

    def _loaded(self, view, event):
        if event == WebKit2.LoadEvent.FINISHED and self.waiting:
            answer(self.waiting)
            self.waiting = 0

    def _failed(self, view, event, address, error):
        if self.waiting:
            answer(self.waiting, error=f"{address}: {error.message}")
            self.waiting = 0
        return True

    def evaluate(self, number, script):
        """Answer with what the body of an asynchronous function returns."""

        def done(view, result):
            try:
                answer(number, json.loads(view.call_async_javascript_function_finish(result).to_string()))
            except (GLib.Error, ValueError) as error:
                answer(number, error=str(error))

        self.view.call_async_javascript_function(script, -1, None, None, None, None, done)

    def press(self, number, key, modifiers=()):
        """Press and let go a key."""
        value = Gdk.unicode_to_keyval(ord(key)) if len(key) == 1 and key != " " else Gdk.keyval_from_name(KEYS.get(key, key))
        state = Gdk.ModifierType(0)
        for name in modifiers:
            state |= MODIFIERS[name]
        if key == "Tab" and "Shift" in modifiers:
            value = Gdk.KEY_ISO_Left_Tab
        found, entries = Gdk.Keymap.get_for_display(Gdk.Display.get_default()).get_entries_for_keyval(value)
        for kind in (Gdk.EventType.KEY_PRESS, Gdk.EventType.KEY_RELEASE):
            event = Gdk.Event.new(kind)
            event.window = self.view.get_window()
            event.set_device(self._seat().get_keyboard())
            event.key.keyval, event.key.state, event.key.time = value, state, Gdk.CURRENT_TIME
            if found:
                event.key.hardware_keycode, event.key.group = entries[0].keycode, entries[0].group
            self.view.event(event)
        answer(number)

    def _seat(self):
        return Gdk.Display.get_default().get_default_seat()

    def tap(self, number, x, y):
        """Move the pointer to a place and press its first button."""
        for kind in (Gdk.EventType.MOTION_NOTIFY, Gdk.EventType.BUTTON_PRESS, Gdk.EventType.BUTTON_RELEASE):
            event = Gdk.Event.new(kind)
            event.window = self.view.get_window()
            event.set_device(self._seat().get_pointer())
            part = event.motion if kind == Gdk.EventType.MOTION_NOTIFY else event.button
            part.x, part.y, part.x_root, part.y_root, part.time = x, y, x, y, Gdk.CURRENT_TIME
            if part is not event.motion:
                part.button = 1
                part.state = Gdk.ModifierType.BUTTON1_MASK if kind == Gdk.EventType.BUTTON_RELEASE else Gdk.ModifierType(0)
            self.view.event(event)
        answer(number)

    def pdf(self, number, path, paper):
        """Print to a file on a paper ("A4", "Letter"), and answer when it is written. GTK takes no margins from the page."""
        settings, setup = Gtk.PrintSettings(), Gtk.PageSetup()
        settings.set_printer("Print to File")
        settings.set("output-file-format", "pdf")
        settings.set("output-uri", GLib.filename_to_uri(path, None))
        setup.set_paper_size_and_default_margins(Gtk.PaperSize.new(PAPERS[paper]))
        for side, margin in (("top", 10), ("bottom", 10), ("left", 12), ("right", 12)):
            getattr(setup, f"set_{side}_margin")(margin, Gtk.Unit.MM)
        operation = WebKit2.PrintOperation.new(self.view)
        operation.set_print_settings(settings)
        operation.set_page_setup(setup)
        operation.connect("finished", lambda operation: answer(number))
        operation.connect("failed", lambda operation, error: answer(number, error=error.message))
        self.printing = operation  # kept, or it is gone before it ends
        operation.print_()

    def picture(self, number, path):
        """Write what can be seen of the page as a PNG."""

        def done(view, result):
            view.get_snapshot_finish(result).write_to_png(path)
            answer(number)

        self.view.get_snapshot(WebKit2.SnapshotRegion.VISIBLE, WebKit2.SnapshotOptions.NONE, None, done)

    def version(self, number):
        """Answer with WebKitGTK's version."""
        answer(number, f"{WebKit2.get_major_version()}.{WebKit2.get_minor_version()}.{WebKit2.get_micro_version()}")


def listen(source, condition, window):
    """Carry out one order; end with the program that gave them."""
    line = sys.stdin.readline()
    if not line:
        Gtk.main_quit()
        return False
    order = json.loads(line)
    try:
        getattr(window, order.pop("do"))(**order)
    except Exception as error:  # whoever waits for an answer gets one
        answer(order["number"], error=f"{type(error).__name__}: {error}")
    return True


if __name__ == "__main__" and sys.argv[1] != "--is-there":
    ANSWERS = os.fdopen(int(sys.argv[1]), "w", encoding="utf-8")
    Gtk.Settings.get_default().set_property("gtk-xft-hinting", 0)  # else letters are too wide on paper
    GLib.io_add_watch(sys.stdin, GLib.IO_IN | GLib.IO_HUP, listen, Window())
    Gtk.main()
