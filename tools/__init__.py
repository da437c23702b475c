"""What people run beside the site itself: prints the sheets, draws the picture for links, measures. Tests use it; it never uses tests."""
