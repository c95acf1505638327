"""Cash, its forecast and its end; what protection costs and leaves (labs 8 and 9)."""
