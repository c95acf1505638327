"""Can every control of every lab be moved to both its ends without an error, and do the figures follow?"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest

from sim.words import Language, Words
from tests.browser.drive import DRIVEN, Control, controls, ends, state
from tests.browser.quiet import PATIENCE, STILL_SHORTLY
from tests.browser.read import Finding, Row
from tests.browser.test_labs import SEEN, of_the_other_language, opened
from tests.browser.visit import Served, Visit, boxes, cut_off

DIFFERENCES = {"en": "Differences", "zh": "差异表"}
COMPLAINTS = """() => [...document.querySelectorAll('.arlab-failed, .jp-mod-error, [data-mime-type*="stderr"],'
  + '[data-mime-type*="error"], .arlab-error')].map(place => place.innerText.trim()).filter(said => said)"""
NO_NUMBER = re.compile(r"\b(?:NaN|nan|undefined|None|Infinity|inf|null)\b")
ASKS_A_BUTTON = ("arlab-case-cause", "arlab-case-move", "arlab-twin")
SHOWS_LATER = {
    "replay.speed",  # how fast the next days will run
    "replay.next",  # what the button beside it will look for
    "labs.overdue.rest_paid",  # paid after the day on which we ask is not paid yet
    "bonnet.life.policy",  # this customer pays on the same days whether it is reminded or not
    "bonnet.twin.policy",  # a button beside these three begins
    "bonnet.twin.days",
    "bonnet.twin.luck",
    "studio.only_clear",  # with the first run nothing is unclear yet
}
WITH_ANOTHER = (
    "terms-deposit-or-nothing",
    "terms-days-e",
    "credit-owner-guarantee",
    "credit-alerts",
    "credit-group-limit-pct",
    "credit-approval-fen",
    "credit-approval-days",
    "collection-agency-checked",
    "collection-payment-order",
    "collection-preservation",
    "collection-recognition",
    "collection-bonus-bp",
    "finance-insurance-process",
    "finance-insurance-cover-bp",
    "finance-factoring-share-bp",
    "people-commission-bp",
)
"""Levers of the studio that move nothing alone: a bonus of no kind, an agency nobody goes to, a grade nobody has."""


@dataclass(frozen=True)
class Claim:
    """Between the lowest and the highest place of a control, which figure rises (+1) or falls (-1)?"""

    lab: str
    control: str  # a class, or the words that name it
    figure: Row | Finding
    way: int


DAYS_LATE = Row("metric.days_late.name", 2)
CLAIMS = (
    Claim(
        "01_start_here", "arlab-alternative-operations-invoice-lag-days",
        Row("metric.days_release_to_invoice.name", 2), +1,
    ),
    Claim("02_dso", "arlab-dso-growth-pct", Row("metric.dso.name", 3), +1),
    Claim("03_who_gets_credit", "arlab-cut-line", Row(2, 1), -1),  # share of applicants accepted
    Claim("04_terms", "arlab-discount-discount", Row("labs.credit.discount.row.effective", 1), +1),
    Claim("04_terms", "arlab-alternative-terms-net-days", Row("metric.ar.name", 2), +1),
    Claim("05_why_they_do_not_pay", "arlab-window-missed", Finding("format.d.many"), +1),  # wait for the money
    Claim(
        "05_why_they_do_not_pay", "arlab-alternative-collection-ladder-shift-days", DAYS_LATE, +1
    ),
    Claim("06_dunning_ladder", "labs.desk.people", Finding("%"), -1),  # the desk's load
    Claim("07_pressure_and_relationship", "arlab-alternative-collection-ladder-shift-days", DAYS_LATE, +1),
    Claim("08_cash", "arlab-ruin-terms-net-days", Finding("%"), +1),  # share of futures that end in insolvency
    Claim(
        "09_money_from_receivables", "arlab-alternative-finance-factoring-share-bp",
        Row("metric.funded_share.name", 2), +1,
    ),
    Claim("10_people", "arlab-alternative-people-override-by-sales", Row("metric.overrides.name", 2), +1),
    Claim("11_early_warning", "arlab-alarm-threshold", Row(1, 1), -1),  # failures warned of
    Claim("12_policy_studio", "arlab-alternative-terms-net-days", Row("metric.ar.name", 2), +1),
    Claim("under_the_bonnet", "bonnet.clock.luck", Finding("", ".arlab-said-clock"), +1),  # day it is ready
)  # fmt: skip


@pytest.mark.parametrize(("name", "lang"), DRIVEN.items())
def test_every_control_goes_to_both_ends_and_the_figures_follow(
    name: str, lang: Language, serve: Callable[..., Served], visit: Callable[[], Visit]
):
    lab = Driven(opened(visit(), serve("show", lang, "--trainer"), name), name, lang)
    lab.lift()
    lab.visit.picture(f"lab-{name}-{lang}")
    assert lab.boxes() == []
    for control in lab.each():
        lab.move(control)
    lab.visit.told()
    lab.visit.picture(f"driven-{name}-{lang}")
    assert lab.unmet == []
    assert lab.silent == []
    assert lab.wrong == []
    assert lab.claimed == {claim.control for claim in CLAIMS if claim.lab == name}
    assert lab.boxes() == []
    assert lab.visit.errors == []
    assert lab.visit.elsewhere == []


class Driven:
    """One lab under a hand that moves everything, and what was wrong on the way."""

    def __init__(self, visit: Visit, name: str, lang: Language):
        self.visit, self.page, self.name, self.lang = visit, visit.page, name, lang
        self.words = Words(lang)
        self.wrong: list[tuple[str, str, object]] = []
        self.silent: list[Control] = []
        self.unmet: list[tuple[str, list[float]]] = []
        self.claimed: set[str] = set()

    def lift(self) -> None:
        """Skip the prediction and wait for the first answers."""
        skip = self.page.get_by_role("button", name=self.words.say("lab.predict.skip"))
        skip.first.click()
        self.page.wait_for_selector(".arlab-veil", state="detached", timeout=PATIENCE)
        if self.name == "11_early_warning":
            self.visit.quiet()  # all of its companies
        self.visit.told()
        if self.name == "12_policy_studio":
            self.page.get_by_role("button", name=DIFFERENCES[self.lang], exact=True).click()
            self.visit.told()

    def boxes(self) -> list[str]:
        """Texts drawn as boxes; an English page has a single Chinese word."""
        return boxes(self.visit) if self.lang == "zh" else []

    def each(self) -> Iterator[Control]:
        """Every control, also those that come into sight when another is moved; none twice."""
        done: set[tuple[object, ...]] = set()
        waiting = controls(self.page)
        while waiting:
            control = waiting.pop(0)
            if control.key in done or "arlab-baseline" in control.kinds:
                continue  # both sides of the studio are made by the same hand
            if not self.page.locator(control.selector).count():
                waiting = controls(self.page)
                continue
            done.add(control.key)
            yield control
            if control.kind == "toggle":
                waiting = controls(self.page)

    def move(self, control: Control) -> None:
        """Move it to its ends; keep what was wrong, and whether nothing followed."""
        # What has two ends is judged by them: it may still be on its way back from the last control.
        has_ends = control.kind in ("list", "number", "scale", "slider", "date", "text")
        seen = set() if has_ends else {state(self.page, control)}
        claims = [
            claim for claim in CLAIMS if claim.lab == self.name and self.is_named(control, claim.control)
        ]
        claims = [claim for claim in claims if claim.control not in self.claimed]  # a debrief repeats a panel
        figures: dict[str, list[float]] = {claim.control: [] for claim in claims}
        for end in ends(self.page, control):
            self.visit.told(STILL_SHORTLY)
            seen.add(state(self.page, control))
            self.look(control, end)
            if end in ("Home", "End"):
                for claim in claims:
                    panel = f'[data-top="{control.top}"]'
                    figures[claim.control].append(claim.figure.read(self.page, panel, self.words))
        for claim in claims:
            self.claimed.add(claim.control)
            low, high = figures[claim.control]
            if (high - low) * claim.way <= 0:
                self.unmet.append((claim.control, [low, high]))
        if len(seen) == 1 and not self.may_be_silent(control):
            self.silent.append(control)

    def look(self, control: Control, end: str) -> None:
        """What must hold on the page wherever a control stands?"""
        said = self.page.evaluate(SEEN)
        found = (
            self.page.evaluate(COMPLAINTS),
            of_the_other_language(said, self.lang, self.name),
            set(NO_NUMBER.findall(said)),
            cut_off(self.visit),
        )
        self.wrong += [(control.label, end, each) for each in found if each]

    def is_named(self, control: Control, name: str) -> bool:
        """Is this the control of that class, or of that name among the words?"""
        return name in control.kinds.split() or (
            self.words.has(name) and self.words.say(name) in control.label
        )

    def may_be_silent(self, control: Control) -> bool:
        """May nothing readable change? Buttons with nothing left to do, and what only a button brings to bear."""
        if control.kind in ("button", "toggle", "begin") or any(
            each in control.kinds for each in ASKS_A_BUTTON
        ):
            return True
        if control.kind == "tick" and "arlab-layers" in control.kinds:
            return True  # some only matter with an insurer or a factor
        if self.name == "12_policy_studio" and any(
            f"alternative-{path}" in control.kinds for path in WITH_ANOTHER
        ):
            return True
        return any(self.words.has(key) and self.words.say(key) in control.label for key in SHOWS_LATER)
