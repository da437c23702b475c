"""The same site, built with the theme's successor."""
