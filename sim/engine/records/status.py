"""How does a document stand with us?"""

NOT_OPEN, RUNNING, READY, DISPUTED, STOPPED = range(5)
"""Not (or no longer) open; open with its clock running; its clock has run out and it waits for a pay day; disputed;
open, but the customer has failed."""
