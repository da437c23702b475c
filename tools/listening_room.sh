#!/bin/sh
# Starts a screen, the accessibility bus, Orca and one browser inside the listening room (tools/listen.py makes the room).
# $1: number of the screen; $2: firefox or chromium; $3: address; $4: folder for what is written.
set -e
export DISPLAY=":$1" HOME="$4" XDG_RUNTIME_DIR="$4/run" LANG=C.UTF-8 GNOME_ACCESSIBILITY=1 LIBGL_ALWAYS_SOFTWARE=1
rm -rf "$HOME" "/tmp/.X$1-lock" "/tmp/.X11-unix/X$1"
mkdir -p "$XDG_RUNTIME_DIR" "$HOME/.local/share/orca" "$HOME/profile"
chmod 700 "$XDG_RUNTIME_DIR"

# No voice: what would be spoken is written down at once.
cat > "$HOME/.local/share/orca/orca-customizations.py" <<'PYTHON'
from orca import debug, settings
debug.debugFile.reconfigure(line_buffering=True)
settings.speechServerFactory = "none_such"
settings.speechFactoryModules = []
settings.sayAllOnLoad = False
settings.enableKeyEcho = False
settings.enableEchoByCharacter = False
PYTHON
for off in browser.aboutwelcome.enabled datareporting.policy.dataSubmissionEnabled browser.shell.checkDefaultBrowser \
	media.webspeech.synth.enabled narrate.enabled; do
	echo "user_pref(\"$off\", false);"
done > "$HOME/profile/user.js"
echo 'user_pref("accessibility.force_disabled", -1);' >> "$HOME/profile/user.js"

Xvfb "$DISPLAY" -screen 0 1280x900x24 -nolisten tcp > /dev/null 2>&1 &
until xdpyinfo > /dev/null 2>&1; do sleep 0.2; done
openbox > /dev/null 2>&1 &

exec dbus-run-session -- sh -c '
/usr/libexec/at-spi-bus-launcher --launch-immediately > /dev/null 2>&1 &
for flag in IsEnabled ScreenReaderEnabled; do
	until dbus-send --session --print-reply --dest=org.a11y.Bus /org/a11y/bus org.freedesktop.DBus.Properties.Set \
		string:org.a11y.Status "string:$flag" variant:boolean:true > /dev/null 2>&1; do sleep 0.2; done
done
sleep 1
orca --debug-file="$HOME/orca.log" > "$HOME/orca.out" 2>&1 &
until grep -q "SPEECH OUTPUT" "$HOME/orca.log" 2> /dev/null; do sleep 0.2; done
case "$1" in
firefox) firefox-esr --no-remote --profile "$HOME/profile" "$2" ;;
chromium) chromium --no-sandbox --force-renderer-accessibility --no-first-run --disable-background-networking \
	--disable-component-update --user-data-dir="$HOME/profile" "$2" ;;
esac > "$HOME/browser.out" 2>&1' room "$2" "$3"
