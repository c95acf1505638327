"""A desk that fills, and one claim that stays open (labs 6 and 7)."""
