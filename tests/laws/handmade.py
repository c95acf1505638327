"""Any ledger a bookkeeper could have written: invoices, part payments, discounts, credits, write-offs, recoveries."""

from hypothesis import strategies as st

from sim.base.days import day_of
from tests.unit.ledgers import (
    book,
    cash,
    credit_note,
    discount,
    interest,
    invoice,
    on_account,
    opening,
    receipt,
    recovery,
    reversal,
    write_off,
)

FIRST = day_of("2025-01-15")
LENGTH = 120
SELLER = {"margin_bp": 2_000, "capital_bp": 800, "collector_minutes_per_day": 480}
_TAKING = (receipt, discount, credit_note, write_off)


@st.composite
def _story(draw, name, run):
    """One invoice and what became of it; never more taken than is open."""
    opened = draw(st.booleans())
    amount = draw(st.integers(1, 10**12))
    billed = FIRST + (draw(st.integers(-200, -1)) if opened else draw(st.integers(0, LENGTH - 1)))
    about = {"net": draw(st.integers(0, 120)), "customer": draw(st.sampled_from("XYZ")), "run": run}
    events = [
        opening(name, amount, day=billed, first=FIRST, **about)
        if opened
        else invoice(name, amount, day=billed, **about)
    ]
    day, left, lost, paid = max(billed, FIRST), amount, 0, 0
    for take in draw(st.lists(st.sampled_from((*_TAKING, interest, reversal)), max_size=4)):
        day = min(day + draw(st.integers(0, 60)), FIRST + LENGTH - 1)
        if take is interest:
            events.append(interest(name, 5, day=day, run=run))
            left += 5
        elif take is reversal and paid:
            events.append(reversal(name, paid, day=day, run=run))
            left, paid = left + paid, 0
        elif take in _TAKING and left:
            part = left if draw(st.booleans()) else draw(st.integers(1, left))
            events.append(take(name, part, day=day, run=run))
            left -= part
            paid, lost = paid + part * (take is receipt), lost + part * (take is write_off)
    if lost and draw(st.booleans()):
        events.append(recovery(name, draw(st.integers(1, lost)), day=FIRST + LENGTH - 1, run=run))
    return events


@st.composite
def ledgers(draw):
    """A sound ledger of one to three runs, with some cash."""
    events = []
    for run in range(draw(st.integers(1, 3))):
        for number in range(draw(st.integers(0, 8))):
            events += draw(_story(f"{run}-{number}", run))
        if draw(st.booleans()):
            events.append(
                on_account(
                    f"{run}-credit",
                    draw(st.integers(1, 10**9)),
                    day=FIRST + draw(st.integers(0, 99)),
                    run=run,
                )
            )
        events.append(cash("opening", draw(st.integers(-(10**9), 10**9)), day=FIRST - 1, run=run))
        for _ in range(draw(st.integers(0, 5))):
            moved = draw(st.integers(-(10**9), 10**9))
            events.append(
                cash(
                    "receipt" if moved > 0 else "supplier",
                    moved,
                    day=FIRST + draw(st.integers(0, 99)),
                    run=run,
                )
            )
    return book(*events, first=FIRST, last=FIRST + LENGTH - 1, seller=SELLER)
