"""How does the core work when every customer and every invoice simply leads its own life?

This is the trade as one would tell it: each invoice is a little story (a SimPy process) that runs from the day it is
written until nobody owes it any more (`invoices`), each customer comes to the order desk every working morning
(`customers`), and a few departments keep their hours (`house`). It follows `docs/rules.md` sentence by sentence and
shares no line with the fast engine, so each can be checked against the other. One run is told after the other.
"""

from sim.twin.house import simulate_plainly

__all__ = ["simulate_plainly"]
