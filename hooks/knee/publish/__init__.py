"""What the site shows of the pages: HTML, lists, open data, structured data."""
