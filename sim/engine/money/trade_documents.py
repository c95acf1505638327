"""09:00. How do buyers abroad pay against documents: by letter of credit or documentary collection?

The instrument is agreed with each customer (`instrument`; mechanism fulfilment). Under a letter of credit the
buyer's bank pays on the due day if the documents are in order, whatever becomes of the buyer; in a collection the
buyer gets the goods for its payment.
"""

import numpy as np
from numpy.typing import NDArray

from sim.base.days import Day
from sim.base.draws import Purpose
from sim.base.money import share
from sim.engine.money.treasury import Till
from sim.engine.records.books import DISPUTED, NOT_OPEN, RUNNING, STOPPED, Books, Rows
from sim.engine.records.clocks import STANDS_STILL
from sim.engine.records.log import outcome_code
from sim.engine.selling.order_fates import luck_of
from sim.engine.timetable import NINE, Shift, Timetable
from sim.model.order_to_cash import TRADE
from sim.model.portfolio import INSTRUMENTS

CREDIT, COLLECTION = INSTRUMENTS.index("letter_of_credit"), INSTRUMENTS.index("collection")


def trade_documents(time: Timetable, books: Books, till: Till) -> Shift:
    """Every day at nine: which buyers refuse the documents, and which banks stand by what they promised?"""
    instrument = np.array([INSTRUMENTS.index(name) for name in books.portfolio.column("instrument")])
    if not (instrument > 0).any():
        return
    desk = TradeDocuments(books, till, instrument)
    while True:
        desk.work((yield time.every_day(NINE)))


class TradeDocuments:
    """Documents sent to buyers' banks."""

    def __init__(self, books: Books, till: Till, instrument: NDArray[np.int64]):
        self.books, self.till, self.instrument = books, till, instrument
        self.undertaken: Rows = np.zeros(0, dtype=np.intp)  # what a bank will pay
        books.on_open.append(self.present)

    def present(self, rows: Rows) -> None:
        """With the invoice the documents go to the bank."""
        kinds = self.instrument[self.books.lives.customer[rows]]
        self._to_bank(rows[kinds == CREDIT])
        self._to_collect(rows[kinds == COLLECTION])

    def _to_bank(self, rows: Rows) -> None:
        """Most first presentations have a discrepancy; nearly all are put right, later; a few are refused."""
        if not len(rows):
            return
        books = self.books
        self.till.move("bank_fee", books.lives.run[rows], share(books.open_fen[rows], TRADE.credit_fee_bp))
        luck = luck_of(books.world, books.lives, rows, Purpose.TERMS, turn=3) / TRADE.discrepancy
        refused = luck < TRADE.refused  # these must wait for the buyer itself
        cured = (luck >= TRADE.refused) & (luck < TRADE.refused + TRADE.cured)
        wait = np.where(cured, TRADE.cure_days, np.where(luck < 1.0, TRADE.waiver_days, 0))
        self._name(rows[~refused], wait[~refused])
        self.undertaken = np.concatenate([self.undertaken, rows[~refused]])

    def _to_collect(self, rows: Rows) -> None:
        """The buyer takes up the documents on the due day, or refuses them."""
        if not len(rows):
            return
        books = self.books
        self.till.move(
            "bank_fee", books.lives.run[rows], share(books.open_fen[rows], TRADE.collection_fee_bp)
        )
        refuses = luck_of(books.world, books.lives, rows, Purpose.TERMS, turn=3) < TRADE.collection_refused
        self._name(rows[~refuses], np.zeros(len(rows) - int(refuses.sum()), dtype=np.int64))
        books.clocks.set(rows[refuses], STANDS_STILL)  # the buyer's own clock does not matter
        books.plan("refusal", books.world.workdays_for(books.due_on[rows[refuses]]), rows[refuses])

    def _name(self, rows: Rows, wait: NDArray[np.int64]) -> None:
        """Paid on the due day, or so much later; the buyer's own ways do not matter."""
        books = self.books
        books.clocks.set(rows, STANDS_STILL)
        books.take_on[rows] = books.due_on[rows] + wait
        books.name_day(rows, books.take_on[rows])

    def work(self, day: Day) -> None:
        """A bank pays even if its customer has failed; refused documents are renegotiated."""
        books = self.books
        self.undertaken = self.undertaken[books.status[self.undertaken] != NOT_OPEN]
        stopped = self.undertaken[books.status[self.undertaken] == STOPPED]
        books.status[stopped] = RUNNING
        refused = books.due_today("refusal", day)
        refused = refused[books.status[refused] == RUNNING]
        if len(refused):
            books.log.on_invoices("dispute_opened", day, refused, books.open_fen[refused])
            books.status[refused] = DISPUTED
            agreed_on = books.world.workday_for(day + TRADE.renegotiation_days)
            books.plan("new price", np.full(len(refused), agreed_on), refused)
        self._agree(books.due_today("new price", day), day)

    def _agree(self, rows: Rows, day: Day) -> None:
        """The goods are there and the buyer knows it: it takes them for less, and pays with its next pay run."""
        books = self.books
        rows = rows[(books.status[rows] == DISPUTED) & ~books.failed[books.cell[rows]]]
        if not len(rows):
            return
        given = share(books.open_fen[rows], TRADE.refusal_discount_bp)
        books.log.on_invoices("dispute_settled", day, rows, given, outcome=outcome_code("credited"))
        books.log.entry("credit_note", day, rows[given > 0], given[given > 0])
        books.reduce(rows, given)
        books.status[rows] = RUNNING
        books.clocks.set(rows, books.clocks.luck[rows])
