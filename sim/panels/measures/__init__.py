"""What DSO and days overdue say and hide (lab 2)."""
