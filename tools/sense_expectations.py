"""What would a seasoned credit manager expect, and why is it not so where it is not? Read by `tools/sense_check.py`."""

from __future__ import annotations

from dataclasses import dataclass

CORE_LACKS = "satisfaction, churn and orders' way are not in the scenario `core`"


@dataclass(frozen=True)
class Check:
    """One expectation: in each case the figure under `policy` lies on the `sign` side of that under `baseline`.

    `against_scenario` compares with another scenario, `ratio` asks for a quotient in this span instead of a sign.
    """

    key: str
    says: str
    figure: str
    policy: str
    sign: int = 1
    baseline: str = "as_is"
    scenarios: tuple[str, ...] = ()
    portfolios: tuple[str, ...] = ()
    against_scenario: str = ""
    against_figure: str = ""
    ratio: tuple[float, float] | None = None

    def applies(self, portfolio: str, scenario: str) -> bool:
        """Is it about this portfolio and scenario?"""
        if self.against_scenario and not self.scenarios and scenario == self.against_scenario:
            return False
        return (not self.scenarios or scenario in self.scenarios) and (
            not self.portfolios or portfolio in self.portfolios
        )


@dataclass(frozen=True)
class Band:
    """Where a figure of the policy in force lies in normal times, as experience has it."""

    figure: str
    says: str
    low: float
    high: float


def _pair(policy: str, figure: str, sign: int, says: str, baseline: str = "as_is") -> Check:
    return Check(f"{policy} {figure}", says, figure, policy, sign, baseline)


def _times(scenario: str, figure: str, sign: int, says: str, policy: str = "as_is") -> Check:
    return Check(
        f"{scenario} {figure}",
        says,
        figure,
        policy,
        sign,
        policy,
        scenarios=(scenario,),
        against_scenario="normal",
    )


CHECKS = (
    _pair("strict", "dso", -1, "strict lowers DSO"),
    _pair("strict", "credit_sales", -1, "strict costs sales"),
    _pair("strict", "overdue", -1, "strict lowers what is overdue"),
    _pair("strict", "overdue_ratio", -1, "strict lowers the overdue share"),
    _pair("strict", "bad_debt_ratio", -1, "strict lowers bad debt"),
    _pair("strict", "satisfaction", -1, "strict annoys customers"),
    _pair("strict", "cash_low", 1, "strict spares cash"),
    _pair("balanced", "dso", -1, "balanced lowers DSO"),
    _pair("balanced", "overdue_ratio", -1, "balanced lowers the overdue share"),
    _pair("balanced", "bad_debt_ratio", -1, "balanced lowers bad debt"),
    _pair("balanced", "promises_kept", 1, "balanced (in writing) has more promises kept"),
    _pair("balanced", "dispute_days", -1, "balanced settles disputes faster"),
    _pair("balanced", "economic_profit", 1, "balanced earns more than as_is"),
    _pair("balanced", "profit_provided", 1, "... and more still when what will be lost is taken off"),
    _pair("growth", "credit_sales", 1, "growth raises sales"),
    _pair("growth", "ar_average", 1, "growth raises receivables"),
    _pair("growth", "dso", 1, "growth raises DSO"),
    _pair("growth", "bad_debt_ratio", 1, "growth raises bad debt"),
    _pair("growth", "cash_low", -1, "growth strains cash"),
    _pair("relationship", "satisfaction", 1, "relationship raises satisfaction"),
    _pair("relationship", "churned", -1, "relationship keeps customers"),
    _pair("relationship", "dispute_days", -1, "relationship settles disputes faster"),
    _pair("collect_hard", "dso", -1, "collect_hard lowers DSO"),
    _pair("collect_hard", "days_late", -1, "collect_hard brings payments forward"),
    _pair("collect_hard", "overdue_ratio", -1, "collect_hard lowers the overdue share"),
    _pair("collect_hard", "churned", 1, "collect_hard drives customers away"),
    _pair("collect_hard", "satisfaction", -1, "collect_hard annoys customers"),
    _pair("collect_hard", "collection_cost", 1, "collect_hard costs more to collect"),
    _pair("collect_hard", "profit_provided", -1, "collect_hard earns less than balanced", "balanced"),
    _pair("fix_upstream", "dispute_rate", -1, "fix_upstream has fewer disputes"),
    _pair("fix_upstream", "days_release_to_invoice", -1, "fix_upstream invoices sooner"),
    _pair("fix_upstream", "days_late", -1, "fix_upstream is paid less late"),
    _pair("fix_upstream", "dso", -1, "fix_upstream lowers DSO"),
    _pair("fix_upstream", "receipts", 1, "fix_upstream brings cash earlier"),
    _pair("fix_upstream", "satisfaction", 1, "fix_upstream raises satisfaction"),
    _pair("cash_emergency", "cash_early", 1, "cash_emergency raises cash within a quarter"),
    _pair("cash_emergency", "dso", -1, "cash_emergency lowers DSO"),
    _pair("cash_emergency", "cost_of_money", 1, "cash_emergency pays for cash (discounts, fees, interest)"),
    _pair("cash_emergency", "economic_profit", -1, "cash_emergency costs profit"),
    _pair("hands_off", "overdue_ratio", 1, "without credit management more is overdue"),
    _pair("hands_off", "dso", 1, "without credit management DSO rises"),
    _pair("hands_off", "bad_debt_ratio", 1, "without credit management bad debt rises"),
    _pair("hands_off", "ecl", 1, "without credit management expected loss rises"),
    _pair("hands_off", "economic_profit", -1, "credit management pays within the year"),
    _pair("hands_off", "profit_provided", -1, "credit management pays when what will be lost is taken off"),
    Check("strict growth dso", "DSO is lower under strict than under growth", "dso", "strict", -1, "growth"),
    Check(
        "strict growth sales", "sales are lower under strict than under growth", "credit_sales", "strict", -1, "growth"
    ),
    Check(
        "hard kind satisfaction", "satisfaction is lower under collect_hard than under relationship",
        "satisfaction", "collect_hard", -1, "relationship",
    ),
    _times("slump", "credit_sales", -1, "a slump costs sales"),
    _times("slump", "overdue_ratio", 1, "a slump raises the overdue share"),
    _times("slump", "bad_debt_ratio", 1, "a slump raises bad debt"),
    _times("slump", "economic_profit", -1, "a slump costs profit"),
    _times("slump", "cash_low", -1, "a slump strains cash"),
    _times("tight_money", "overdue_ratio", 1, "tight money raises the overdue share"),
    _times("tight_money", "days_late", 1, "tight money makes payments later"),
    _times("tight_money", "interest", 1, "tight money raises interest (growth, which borrows)", "growth"),
    _times("sector_shock", "credit_sales", -1, "a shock to the building trade costs sales"),
    _times("sector_shock", "bad_debt_ratio", 1, "a shock to the building trade raises bad debt"),
    _times("law_change", "net_days_large", -1, "the 60-day rule shortens large buyers' terms"),
    Check(
        "law_change net_days_small", "the 60-day rule leaves small buyers' terms as they are", "net_days_small",
        "as_is", scenarios=("law_change",), against_scenario="normal", ratio=(0.97, 1.03),
    ),
    _times("law_change", "dso", -1, "the 60-day rule lowers DSO"),
    _times("big_customer_fails", "bad_debt_ratio", 1, "the failure of the largest customer costs bad debt"),
    Check(
        "big_customer_fails exposure", "what is written off on one name is about what the largest failure owed",
        "largest_write_off", "as_is", scenarios=("big_customer_fails",), against_scenario="big_customer_fails",
        against_figure="owed_by_largest_failure", ratio=(0.7, 1.3),
    ),
    _times("big_customer_fails", "economic_profit", -1, "the failure of the largest customer costs profit"),
    _times("growth_rush", "credit_sales", 1, "a rush of growth raises sales"),
    _times("growth_rush", "ar_average", 1, "a rush of growth raises receivables"),
    _times("growth_rush", "cash_low", -1, "a rush of growth strains cash"),
)  # fmt: skip

BANDS = (
    Band("dso", "DSO", 40, 150),
    Band("overdue_ratio", "overdue share of receivables", 0.20, 0.50),
    Band("bad_debt_ratio", "written off, of credit sales", 0.003, 0.02),
    Band("sales_of_plan", "sales of what was planned", 0.90, 1.05),
    Band("lost_share", "orders lost", 0.0, 0.05),
    Band("blocked_rate", "orders blocked", 0.01, 0.15),
    Band("lost_of_blocked", "of what is blocked, lost for good (parameters 13: 55 %)", 0.40, 0.70),
    Band("churn_rate", "customers who leave in a year", 0.03, 0.10),
    Band("satisfaction", "satisfaction", 60, 75),
    Band("dispute_rate", "invoices disputed", 0.02, 0.05),
    Band("promises_kept", "promises kept", 0.35, 0.75),
    Band("collector_load", "load of collectors", 0.40, 1.0),
    Band("vat_share", "VAT paid, of sales", 0.01, 0.035),
    Band("on_time_share", "paid on time", 0.15, 0.60),
    Band("share_over_90", "receivables over 90 days late", 0.02, 0.15),
)

REASONS: dict[str, str] = {}
"""Why an expectation does not hold, by key (and portfolio, where one is special), found in ledger, code and rules."""
