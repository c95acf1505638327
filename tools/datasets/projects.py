"""A building-materials supplier to projects: few contracts, progress bills, long certification, retention money."""

from sim.model.behaviour import ARCHETYPE_BEHAVIOURS, Lateness
from sim.model.scenario import Company
from tools.datasets.places import PLACES
from tools.datasets.recipe import Recipe, Segment

CERTIFICATION = Lateness(
    kind="lognormal", centre=28.0, spread=0.5
)  # until a process-bound payer's papers are signed
TWO_YEARS, YEAR, EIGHTEEN_MONTHS = 730, 365, 548

GENERAL = Segment(
    prefix="G", segment="project", names=("General Contractor", "建工集团"), count=10,
    orders_per_year=30.0,  # progress bills: two to three contracts, one bill a month each
    median_yuan=500_000, sigma=0.9,
    extra_net_days=15,
    default_bp=150, lgd_bp=6_500, dispute_bp=400, response_bp=5.0, patience_days=30,
    mix=(10, 0, 15, 15, 40, 10, 10),
    pay_rules={"monthly": 1.0},
    group_sizes=(3, 2), large=1.0, power_pct=80, dependence_pct=20, competitor_days=(0, 15, 30),
    retention_bp=300, retention_days=(EIGHTEEN_MONTHS, TWO_YEARS),
)  # fmt: skip
CONTRACTOR = Segment(
    prefix="C", segment="project", names=("Building Contractor", "建筑公司"), count=44,
    orders_per_year=10.0,  # one running contract, a bill a month when it runs
    median_yuan=260_000, sigma=1.0,
    extra_net_days=0,
    default_bp=350, lgd_bp=6_500, dispute_bp=350, response_bp=8.0, patience_days=20,
    mix=(10, 5, 20, 15, 20, 10, 20),
    pay_rules={"any": 0.4, "monthly": 0.6},
    group_sizes=(3,), large=0.1, power_pct=60, dependence_pct=40, competitor_days=(0, 0, 15),
    retention_bp=300, retention_days=(YEAR, EIGHTEEN_MONTHS, TWO_YEARS),
)  # fmt: skip
PUBLIC = Segment(
    prefix="B", segment="public", names=("Public Works Office", "公共工程中心"), count=6,
    orders_per_year=8.0, median_yuan=400_000, sigma=0.8,
    extra_net_days=-30,  # the law: 30 days from delivery
    default_bp=5, lgd_bp=3_000, dispute_bp=300, response_bp=0.0, patience_days=30,
    mix=(10, 0, 0, 10, 80, 0, 0),
    pay_rules={"monthly": 1.0},
    grades={"A": 1.0}, large=1.0, power_pct=85, dependence_pct=10,
    retention_bp=300, retention_days=(TWO_YEARS,),
)  # fmt: skip
FITTER = Segment(
    prefix="F", segment="micro", names=("Fitting-out Firm", "装修公司"), count=30,
    orders_per_year=12.0, median_yuan=30_000, sigma=0.8,
    extra_net_days=-30,
    default_bp=450, lgd_bp=7_500, dispute_bp=250, response_bp=12.0, patience_days=7,
    mix=(25, 20, 25, 10, 0, 10, 10),
    pay_rules={"any": 1.0},
    power_pct=20, dependence_pct=70, competitor_days=(-10, 0, 0),
)  # fmt: skip

RECIPE = Recipe(
    name="projects",
    titles=("Building-materials supplier to projects", "建材供应商（工程项目）"),
    seed=20_250_202,
    places=PLACES,
    segments=(GENERAL, CONTRACTOR, PUBLIC, FITTER),
    behaviours=tuple(
        b.model_copy(update={"lateness": CERTIFICATION}) if b.name == "process" else b
        for b in ARCHETYPE_BEHAVIOURS
    ),
    in_force={
        "terms.net_days": 60,  # from the certified bill
        "credit.limit_pct": 500,
        "credit.hold_overdue_days": 180,
        "credit.hold_overdue_fen": 100_000_000,
        "collection.collectors": 1,
        "collection.write_off_days": 540,
        "collection.ladder_shift_days": 15,
        "finance.supplier_days": 45,
        "finance.overdraft_days": 30,
    },
    company=Company(
        margin_bp=2_200, fixed_cost_bp=1_000, opening_cash_days=45, capital_bp=900, dispute_median_days=40
    ),
    pace=0.45,
)
