"""Several plans on the same customers with the same luck, told apart by dots and intervals."""
