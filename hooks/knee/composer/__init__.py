"""The checker in a contributor's browser: the core answers from a worker, with files of the site's own host."""
