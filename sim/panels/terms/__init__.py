"""What terms cost and bring (lab 4)."""
