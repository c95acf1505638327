"""What is a payment plan like, who asks for one, and how well is it kept?"""

from dataclasses import dataclass

from sim.model.figures import figure


@dataclass(frozen=True, kw_only=True)
class PlanRules:
    """Instalments with a down-payment. Rows by ARCHETYPES."""

    fewest: int = figure(3, basis="R", unit="instalments", low=2, high=4)
    most: int = figure(6, basis="R", unit="instalments", low=4, high=12)
    down_bp: int = figure(2_500, basis="A", unit="bp", low=2_000, high=3_000)
    down_days: int = figure(7, basis="A", unit="d", low=3, high=14)
    every_days: int = figure(15, basis="A", unit="d", low=7, high=30)
    least_fen: int = figure(1_000_000, basis="A", unit="fen", low=200_000, high=5_000_000)
    late_days: int = figure(15, basis="A", unit="d", low=5, high=45)  # of the oldest claim
    # The cash-strapped look: so many broken promises, or they ask when somebody talks to them.
    broken_promises: int = figure(2, basis="A", unit="promises", low=1, high=3)
    asks: tuple[float, ...] = figure(
        #  prompt forget strap  disp  proc strat chain
        (0.00, 0.01, 0.30, 0.02, 0.02, 0.10, 0.25),
        basis="A", unit="share",
        low=(0.00, 0.00, 0.15, 0.00, 0.00, 0.00, 0.10), high=(0.02, 0.03, 0.50, 0.05, 0.05, 0.25, 0.45),
    )  # fmt: skip
    kept_first: float = figure(0.85, basis="A", unit="share", low=0.75, high=0.90)
    kept_later: float = figure(0.75, basis="A", unit="share", low=0.70, high=0.90)
    kept_more_after_down: float = figure(0.10, basis="A", unit="share", low=0.0, high=0.15)
    kept_by_strategic: float = figure(0.60, basis="A", unit="factor", low=0.3, high=0.9)  # exploited
    second_works: float = figure(0.5, basis="A", unit="factor", low=0.3, high=0.8)
    plans_most: int = figure(2, basis="A", unit="plans", low=1, high=3)


PLAN_RULES = PlanRules()
