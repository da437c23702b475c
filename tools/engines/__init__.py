"""The three engines that readers hold, behind one small driver, so that a test is written once: Chromium, Firefox, and Safari's WebKit."""
