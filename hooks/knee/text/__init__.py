"""What stands in a page's file, as each Markdown reader sees it."""
