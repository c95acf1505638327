"""Floor 0: money, days, the calendar, addressed draws, errors and places. Imports nothing of the kit."""
