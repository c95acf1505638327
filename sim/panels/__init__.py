"""Floor 6: what can a learner do with the simulator without writing code?

A panel is four parts: controls -> settings -> compute -> draw. Compute is pure, cached by its frozen inputs, and
knows no widgets; a panel keeps it off the kernel's own thread, so that nothing ever freezes.
"""

from sim.panels.alarm_threshold import alarm_debrief, alarm_threshold
from sim.panels.applicants_desk import applicants_desk
from sim.panels.best_term import best_term
from sim.panels.bonnet_clock import payment_clock
from sim.panels.bonnet_life import nouns, one_life
from sim.panels.bonnet_luck import same_luck
from sim.panels.bonnet_twin import twin_check
from sim.panels.busy_desk import busy_desk
from sim.panels.case_desk import case_desk
from sim.panels.cash_forecast_check import cash_forecast_check
from sim.panels.causes_table import causes_table
from sim.panels.customer_timeline import customer_timeline
from sim.panels.cut_off import cut_off
from sim.panels.discount_cost import discount_cost
from sim.panels.dso_explorer import dso_explorer
from sim.panels.dunning import capacity, same_money
from sim.panels.invoice_path import invoice_path
from sim.panels.labs.lab import Lab
from sim.panels.labs.trainer import TrainersRoom
from sim.panels.late_scorecard import late_scorecard
from sim.panels.layers import layers
from sim.panels.one_claim import one_claim
from sim.panels.overdue_calculator import overdue_calculator
from sim.panels.pay_plans import bonus_plans, commission_plans
from sim.panels.predict import predict
from sim.panels.pressure import hand_over, pressure
from sim.panels.provision_check import provision_check
from sim.panels.quiz.stage import quiz
from sim.panels.replay import replay
from sim.panels.ruin_probability import ruin_probability
from sim.panels.settlement import settlement
from sim.panels.studio_lab import studio_in
from sim.panels.talks.stage import role_plays
from sim.panels.ten_months_view import ten_months
from sim.panels.term_rules_table import term_rules
from sim.panels.what_if import what_if

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
