"""What happened, told from the rows of a ledger: a day at the desk, a customer's year, one invoice's way."""
