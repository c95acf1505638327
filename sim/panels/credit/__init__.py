"""Who gets credit (lab 3)."""
