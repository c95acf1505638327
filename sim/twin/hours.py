"""At which hour does who act? Time is in days; an hour is 1/24 of a day."""

from collections.abc import Generator
from types import SimpleNamespace
from typing import Any

import simpy

Story = Generator[simpy.Event, Any, None]
"""What a customer, an invoice or a department does, from one waiting to the next."""

Life = SimpleNamespace
"""One row of what nature decided (`sim.world.Lives`), or one row of the customer table, with its columns as names."""

MORNING, NATURE, RECOVERIES, BANK, ORDER_DESK, DUNNING_RUN, COLLECTORS = 5.0, 6.0, 9.0, 9.5, 10.0, 11.0, 13.0
DISPUTE_DESK, PROMISES_JUDGED, DEFAULTS_KNOWN, WRITE_OFFS, TREASURY = 14.0, 16.0, 16.25, 16.5, 17.0
"""The hours of the day. Where a department has an order within its hour, the minutes keep it."""
