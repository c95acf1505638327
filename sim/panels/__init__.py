"""Floor 6: what can a learner do with the simulator without writing code?

A panel is four parts: controls -> settings -> compute -> draw. Compute is pure, cached by its frozen inputs, and
knows no widgets; a panel keeps it off the kernel's own thread, so that nothing ever freezes.
"""

from sim.panels.bonnet.clock import payment_clock
from sim.panels.bonnet.life import nouns, one_life
from sim.panels.bonnet.luck import same_luck
from sim.panels.bonnet.twin import twin_check
from sim.panels.causes.case_desk import case_desk
from sim.panels.causes.causes_table import causes_table
from sim.panels.causes.settlement import settlement
from sim.panels.causes.ten_months_view import ten_months
from sim.panels.collection.busy_desk import busy_desk
from sim.panels.collection.ladder_steps import ladder_steps
from sim.panels.collection.one_claim import one_claim
from sim.panels.contests.dunning import capacity, same_money
from sim.panels.contests.pay_plans import bonus_plans, commission_plans
from sim.panels.contests.pressure import hand_over, pressure
from sim.panels.credit.applicants_desk import applicants_desk
from sim.panels.credit.cut_off import cut_off
from sim.panels.labs.lab import Lab
from sim.panels.labs.trainer import TrainersRoom
from sim.panels.live.predict import predict
from sim.panels.live.what_if import what_if
from sim.panels.measures.dso_explorer import dso_explorer
from sim.panels.measures.overdue_calculator import overdue_calculator
from sim.panels.money.cash_forecast_check import cash_forecast_check
from sim.panels.money.layers import layers
from sim.panels.money.ruin_probability import ruin_probability
from sim.panels.quiz.stage import quiz
from sim.panels.stories.customer_timeline import customer_timeline
from sim.panels.stories.invoice_path import invoice_path
from sim.panels.stories.replay import replay
from sim.panels.studio.lab import studio_in
from sim.panels.talks.stage import role_plays
from sim.panels.terms.best_term import best_term
from sim.panels.terms.discount_cost import discount_cost
from sim.panels.terms.term_rules_table import term_rules
from sim.panels.warning.alarm_threshold import alarm_debrief, alarm_threshold
from sim.panels.warning.late_scorecard import late_scorecard
from sim.panels.warning.provision_check import provision_check

__all__ = [
    "Lab",
    "TrainersRoom",
    "alarm_debrief",
    "alarm_threshold",
    "applicants_desk",
    "best_term",
    "bonus_plans",
    "busy_desk",
    "capacity",
    "case_desk",
    "cash_forecast_check",
    "causes_table",
    "commission_plans",
    "customer_timeline",
    "cut_off",
    "discount_cost",
    "dso_explorer",
    "hand_over",
    "invoice_path",
    "ladder_steps",
    "late_scorecard",
    "layers",
    "nouns",
    "one_claim",
    "one_life",
    "overdue_calculator",
    "payment_clock",
    "predict",
    "pressure",
    "provision_check",
    "quiz",
    "replay",
    "role_plays",
    "ruin_probability",
    "same_luck",
    "same_money",
    "settlement",
    "studio_in",
    "ten_months",
    "term_rules",
    "twin_check",
    "what_if",
]
