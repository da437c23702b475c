"""What contributors and maintainers run."""
