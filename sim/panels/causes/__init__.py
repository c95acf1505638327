"""Why customers do not pay, and what helps (lab 5)."""
