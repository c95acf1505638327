"""Whom do we contact, in which order, how often, and what is promised?"""

from __future__ import annotations

import pytest

from sim.base.draws import Purpose
from sim.base.errors import BadInput
from sim.model.moves import (
    KEPT_AFTER_BROKEN,
    KEPT_BY_STRATEGIC,
    KEPT_IN_WRITING,
    KEPT_VAGUE,
    MOVE_INDEX,
    MOVES,
    PROMISE_GIVEN,
)
from sim.model.timeline import Action, Timeline
from sim.words import Words
from tests.unit.engine.tiny import (
    NO,
    YES,
    Order,
    Owed,
    acts,
    cash,
    company,
    contacts,
    ladder,
    live,
    paid,
    policy,
)

PHONE, VISIT = (MOVES[MOVE_INDEX[name]] for name in ("phone", "visit"))
PROMISING = {Purpose.PROMISE: (YES,)}


def calling(*steps, **levers):
    """Two collectors at 360 minutes and this ladder."""
    return policy(collection__ladder=ladder(*steps), **{"collection__collectors": 2, **levers})


def test_the_ladder_is_climbed_day_by_day():
    rules = calling((-7, "courtesy"), (3, "email"), (10, "phone"), terms__net_days=20)
    ledger = live(company(Order(0, 500)), rules)
    assert contacts(ledger) == [
        (13, "courtesy", 0, "sent"),
        (23, "email", 0, "sent"),
        (30, "phone", 0, "reached"),
    ]


def test_an_earlier_ladder_comes_earlier():
    rules = calling((3, "email"), terms__net_days=20, collection__ladder_shift_days=-5)
    assert contacts(live(company(Order(0, 500)), rules)) == [(18, "email", 0, "sent")]


def test_a_new_ladder_takes_up_invoices_that_are_open_already():
    world = company(Order(0, 500))
    timeline = Timeline(
        policy=policy(terms__net_days=20), changes=((world.scenario.first + 30, calling((5, "email"))),)
    )
    assert contacts(live(world, timeline)) == [(30, "email", 0, "sent")]


def test_without_a_ladder_nobody_is_contacted():
    assert contacts(live(company(Order(0, 500)), calling())) == []


def test_what_the_ladder_had_reached_before_counts_from_afresh():
    """Due 21 days before the first: email and phone are behind; the letter comes on its day."""
    rules = calling((3, "email"), (10, "phone"), (30, "letter"))
    assert contacts(live(company(Owed(50, 900)), rules)) == [(9, "letter", 0, "sent")]


def test_the_ladder_rests_on_holidays_and_then_goes_straight_to_the_highest_step():
    """Due on Sunday 26 January; days 28 January to 4 February are off."""
    rules = calling((3, "email"), (8, "letter"), terms__net_days=20)
    assert contacts(live(company(Order(5, 500), calendar="china"), rules)) == [(35, "letter", 0, "sent")]


def test_one_contact_speaks_of_all_that_is_due_and_the_highest_step_decides():
    rules = calling((0, "email"), (10, "letter"), terms__net_days=20)
    ledger = live(company(Order(0, 500), Order(10, 300), Order(12, 70)), rules)
    amounts = [(20, 500), (30, 800), (32, 70), (40, 300), (42, 70)]
    assert acts(ledger, "contact") == [(day, "contact", 0, amount) for day, amount in amounts]
    assert [move for _, move, _, _ in contacts(ledger)] == ["email", "letter", "email", "letter", "letter"]


def test_a_step_for_large_amounts_is_passed_over_when_little_is_at_stake():
    rules = calling((0, "visit", 1_000), (5, "email"), terms__net_days=20)
    assert contacts(live(company(Order(0, 999)), rules)) == [(25, "email", 0, "sent")]
    assert contacts(live(company(Order(0, 600), Order(0, 400)), rules))[0] == (20, "visit", 0, "reached")


def test_a_person_not_reached_is_tried_again_on_the_next_workday():
    rules = calling((0, "phone"), terms__net_days=20)
    world = company(Order(0, 500), script={Purpose.REACH: (NO, NO, YES)})
    assert contacts(live(world, rules)) == [
        (20, "phone", 0, "not_reached"), (21, "phone", 0, "not_reached"), (22, "phone", 0, "reached"),
    ]  # fmt: skip


def test_a_friday_call_that_fails_is_repeated_on_monday():
    rules = calling((0, "phone"), terms__net_days=30)
    world = company(
        Order(42, 500), calendar="china", script={Purpose.REACH: (NO, YES)}
    )  # due Friday 14 March
    assert [day for day, *_ in contacts(live(world, rules))] == [72, 75]


def test_a_letter_is_sent_once_whether_it_arrives_or_not():
    world = company(Order(0, 500), script={Purpose.REACH: (NO,)})
    assert contacts(live(world, calling((0, "letter"), terms__net_days=20))) == [(20, "letter", 0, "sent")]


def test_every_attempt_costs_and_uses_the_day():
    rules = calling((0, "phone"), terms__net_days=20)
    ledger = live(company(Order(0, 500), script={Purpose.REACH: (NO, YES)}), rules)
    assert cash(ledger, "collection") == [(20, -PHONE.cost_fen), (21, -PHONE.cost_fen)]
    minutes = ledger.actions.loc[ledger.actions["kind"] == "contact", "minutes"]
    assert minutes.tolist() == [PHONE.minutes] * 2


# --- the worklist -------------------------------------------------------------------------------------------------


def crowd_to_visit():
    """Three customers to visit on day 20; one collector with 240 minutes has time for one."""
    return company(Owed(40, 300, 0, net=60), Owed(41, 900, 1, net=59), Owed(42, 600, 2, net=58), days=23)


@pytest.mark.parametrize(
    ("rule", "first_three"),
    # All stand at the step from day 20 on; lateness on that day 1, 3 and 5, amounts 300, 900 and 600.
    [("oldest", [2, 1, 0]), ("largest", [1, 2, 0]), ("ease", [0, 2, 1]), ("value", [1, 2, 0])],
)
def test_the_day_ends_at_the_right_customer(rule, first_three):
    rules = calling(
        (1, "visit"), collection__collectors=1, collection__minutes_per_day=240, collection__worklist=rule
    )
    # Nobody works before day 20: until then all calls wait for a collector.
    timeline = Timeline(
        policy=rules.with_levers({"collection.collectors": 0}),
        changes=((crowd_to_visit().scenario.first + 20, rules),),
    )
    ledger = live(crowd_to_visit(), timeline)
    assert [(day, who) for day, _, who, _ in contacts(ledger)] == list(
        zip((20, 21, 22), first_three, strict=True)
    )


def test_value_weighs_the_amount_against_its_age():
    """1,000 that is 120 days late counts a third, 333; 400 that is not late counts 400."""
    rules = calling(
        (-5, "visit"), (120, "visit"), collection__collectors=1, collection__minutes_per_day=240,
        collection__worklist="value",
    )  # fmt: skip
    ledger = live(company(Owed(149, 1_000, 0), Owed(24, 400, 1), days=2), rules)
    assert [(day, who) for day, _, who, _ in contacts(ledger)] == [(0, 1), (1, 0)]


def test_equal_claims_are_worked_by_customer_number():
    rules = calling((0, "visit"), collection__collectors=1, collection__minutes_per_day=240)
    world = company(Owed(29, 500, 2), Owed(29, 500, 0), Owed(29, 500, 1), days=4)
    assert [who for _, _, who, _ in contacts(live(world, rules))] == [0, 1, 2]


def test_minutes_are_used_to_the_last_call_and_not_beyond():
    """Calls of 9 minutes: 26 fit into 240, and the 27th customer is called on the next day."""
    rules = calling((0, "phone"), collection__collectors=1, collection__minutes_per_day=240)
    world = company(*[Owed(29, 500, who) for who in range(30)], count=30, days=2)
    days = [day for day, *_ in contacts(live(world, rules))]
    assert (days.count(0), days.count(1)) == (240 // PHONE.minutes, 4)


def test_twice_the_collectors_make_twice_the_calls():
    rules = calling((0, "visit"), collection__minutes_per_day=240)
    world = company(*[Owed(29, 500, who) for who in range(10)], count=10, days=1)
    for collectors in (1, 2, 5):
        made = len(contacts(live(world, rules.with_levers({"collection.collectors": collectors}))))
        assert made == collectors * 240 // VISIT.minutes


def test_the_first_that_does_not_fit_ends_the_day():
    """Five calls make 45 minutes, a visit of 200 would make 245 of 240: the small claim behind it is not called."""
    rules = calling(
        (0, "phone"), (5, "visit"), collection__collectors=1, collection__minutes_per_day=240,
        collection__worklist="largest",
    )  # fmt: skip
    calls = [Owed(29, 900, who) for who in range(5)]
    world = company(*calls, Owed(34, 800, 5), Owed(29, 700, 6), count=7, days=1)
    assert [(move, who) for _, move, who, _ in contacts(live(world, rules))] == [
        ("phone", who) for who in range(5)
    ]


def test_letters_need_no_collector():
    rules = calling((0, "letter"), (5, "phone"), collection__collectors=0, terms__net_days=20)
    assert contacts(live(company(Order(0, 500)), rules)) == [(20, "letter", 0, "sent")]


def test_nobody_at_the_phone_means_the_step_waits_and_a_later_letter_overtakes_it():
    rules = calling((0, "phone"), (9, "letter"), collection__collectors=0, terms__net_days=20)
    assert contacts(live(company(Order(0, 500)), rules)) == [(29, "letter", 0, "sent")]


# --- promises -----------------------------------------------------------------------------------------------------


def test_a_promise_is_kept_on_its_day():
    """The call of day 20 brings the promise to pay on day 20 + 3."""
    rules = calling((0, "phone"), terms__net_days=20)
    ledger = live(company(Order(0, 500), script=PROMISING), rules)
    assert acts(ledger, "promise_made", "promise_kept") == [
        (20, "promise_made", 0, 500),
        (23, "promise_kept", 0, 500),
    ]
    assert paid(ledger) == [(23, 500)]
    until = ledger.actions.loc[ledger.actions["kind"] == "promise_made", "until"]
    assert (until - ledger.first).tolist() == [23]


def test_an_invoice_whose_clock_runs_out_on_the_promised_day_is_paid_once():
    """2.0 until the call, then 0.35 a day: 3.05 on day 23."""
    rules = calling((0, "phone"), terms__net_days=20)
    assert paid(live(company(Order(0, 500, luck=3.04), script=PROMISING), rules)) == [(23, 500)]


def test_the_promised_day_lies_three_to_ten_days_ahead():
    rules = calling((0, "phone"), terms__net_days=20)
    for draw, day in ((0.0, 23), (0.124, 23), (0.126, 24), (0.999, 30)):
        world = company(Order(0, 500), script={**PROMISING, Purpose.PROMISE_DAYS: (draw,)})
        assert paid(live(world, rules)) == [(day, 500)]


def test_a_promise_for_a_holiday_is_for_the_next_workday():
    rules = calling((0, "phone"), terms__net_days=20)
    world = company(Order(5, 500), calendar="china", script=PROMISING)  # call on Sunday 26 January, worked
    ledger = live(world, rules)
    assert acts(ledger, "promise_made", "promise_kept") == [
        (25, "promise_made", 0, 500),
        (35, "promise_kept", 0, 500),
    ]


def test_a_broken_promise_is_judged_two_workdays_after_its_day():
    rules = calling((0, "phone"), terms__net_days=20)
    ledger = live(company(Order(0, 500), script={**PROMISING, Purpose.KEEPING: (NO,)}), rules)
    assert acts(ledger, "promise_made", "promise_broken")[:2] == [
        (20, "promise_made", 0, 500), (25, "promise_broken", 0, 500),
    ]  # fmt: skip
    assert paid(ledger) == []


def test_who_pays_within_the_grace_has_kept_the_promise():
    """Nature did not mean to keep it, but the clock ran out on the day of judgement."""
    rules = calling((0, "phone"), terms__net_days=20)
    # 2.0 until the call, then 0.35 a day: 2.0 + 5 * 0.35 = 3.75 on day 25.
    world = company(Order(0, 500, luck=3.74), script={**PROMISING, Purpose.KEEPING: (NO,)})
    ledger = live(world, rules)
    assert acts(ledger, "promise_kept", "promise_broken") == [(25, "promise_kept", 0, 500)]


def test_a_promised_invoice_is_left_alone_until_judged():
    rules = calling((0, "phone"), (2, "letter"), (3, "phone"), terms__net_days=20)
    world = company(Order(0, 500), script={**PROMISING, Purpose.KEEPING: (NO, YES)})
    ledger = live(world, rules)
    assert [day for day, *_ in contacts(ledger)] == [20, 26]
    assert paid(ledger) == [(29, 500)]


@pytest.mark.parametrize(
    ("archetype", "in_writing", "chance"),
    [
        ("forgetful", False, KEPT_VAGUE), ("forgetful", True, KEPT_IN_WRITING), ("strategic", True, KEPT_BY_STRATEGIC),
        ("strategic", False, KEPT_BY_STRATEGIC),
    ],
)  # fmt: skip
def test_how_far_a_word_can_be_trusted(archetype, in_writing, chance):
    rules = calling((0, "phone"), terms__net_days=20, collection__promise_in_writing=in_writing)
    for draw, kept in ((chance - 0.01, True), (chance + 0.01, False)):
        world = company(Order(0, 500), archetype=archetype, script={**PROMISING, Purpose.KEEPING: (draw,)})
        assert bool(paid(live(world, rules))) is kept


def test_who_broke_a_promise_is_believed_less():
    rules = calling((0, "phone"), (10, "phone"), terms__net_days=20, collection__promise_in_writing=True)
    for draw, kept in ((KEPT_AFTER_BROKEN - 0.01, True), (KEPT_AFTER_BROKEN + 0.01, False)):
        world = company(Order(0, 500), script={**PROMISING, Purpose.KEEPING: (NO, draw)})
        assert bool(paid(live(world, rules))) is kept


def test_not_every_talk_brings_a_promise():
    rules = calling((0, "phone"), terms__net_days=20)
    for draw, promised in ((PROMISE_GIVEN - 0.01, 1), (PROMISE_GIVEN + 0.01, 0)):
        ledger = live(company(Order(0, 500), script={Purpose.PROMISE: (draw,)}), rules)
        assert len(acts(ledger, "promise_made")) == promised


def test_a_letter_brings_no_promise():
    ledger = live(company(Order(0, 500), script=PROMISING), calling((0, "letter"), terms__net_days=20))
    assert acts(ledger, "promise_made") == []


# --- dated contacts -----------------------------------------------------------------------------------------------


def dated(world, *contacts_, rules=None):
    actions = tuple(
        Action(day=world.scenario.first + day, customer=f"c{who}", move=move) for day, who, move in contacts_
    )
    return Timeline(policy=rules or policy(), actions=actions)


def test_a_single_call_is_made_on_its_day_without_a_collector():
    world = company(Order(0, 500), Order(2, 70), Order(2, 900, customer=1), script=PROMISING)
    ledger = live(world, dated(world, (5, 0, "senior_call")))
    assert contacts(ledger) == [(5, "senior_call", 0, "reached")]
    assert acts(ledger, "contact", "promise_made") == [
        (5, "contact", 0, 570), (5, "promise_made", 0, 500), (5, "promise_made", 0, 70),
    ]  # fmt: skip


def test_a_call_set_for_a_day_off_is_made_on_the_next_workday():
    """Days 27 (28 January) to 34 are off; what lies outside the horizon is not made."""
    world = company(Order(5, 500), calendar="china")
    ledger = live(world, dated(world, (28, 0, "phone"), (-3, 0, "phone"), (4_000, 0, "phone")))
    assert contacts(ledger) == [(35, "phone", 0, "reached")]


def test_a_call_on_who_owes_nothing_is_a_call_all_the_same():
    world = company(Order(50, 500))
    ledger = live(world, dated(world, (5, 2, "phone"), (5, 2, "email")))
    assert acts(ledger, "contact") == [(5, "contact", 2, 0), (5, "contact", 2, 0)]
    assert contacts(ledger) == [(5, "phone", 2, "reached"), (5, "email", 2, "sent")]


def test_a_call_does_not_take_the_step_of_the_ladder_away():
    world = company(Order(0, 500))
    rules = calling((0, "email"), terms__net_days=20)
    ledger = live(world, dated(world, (20, 0, "phone"), rules=rules))
    assert contacts(ledger) == [(20, "phone", 0, "reached"), (20, "email", 0, "sent")]


def test_a_second_promise_does_not_replace_the_first():
    world = company(Order(0, 500), script={**PROMISING, Purpose.PROMISE_DAYS: (0.999, YES)})
    ledger = live(world, dated(world, (5, 0, "phone"), (6, 0, "phone")))
    assert acts(ledger, "promise_made", "promise_kept") == [
        (5, "promise_made", 0, 500),
        (15, "promise_kept", 0, 500),
    ]


def test_a_contact_with_a_stranger_is_refused():
    world = company(Order(0, 500))
    with pytest.raises(BadInput) as caught:
        live(world, dated(world, (5, 8, "phone"), (6, 9, "phone")))
    assert [problem.value for problem in caught.value.problems] == ["c8", "c9"]
    assert "c9" in Words("zh").problems(caught.value)
