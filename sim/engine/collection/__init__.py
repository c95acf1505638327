"""From the first reminder to the court: collectors, disputes, plans, agency, suit."""
