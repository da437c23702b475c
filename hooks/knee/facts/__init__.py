"""What is derived from pages: techniques, routines, dates, and the printed sheet."""
