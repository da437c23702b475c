"""What only `make serve` needs."""
