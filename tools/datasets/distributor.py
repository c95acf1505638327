"""An FMCG distributor: dealers and supermarkets that order weekly, statements, deductions, rebates, idle months."""

from sim.model.scenario import Company
from tools.datasets.places import PLACES
from tools.datasets.recipe import Recipe, Segment

DEALER = Segment(
    prefix="D", segment="dealer", names=("Trading", "商贸"), count=80,
    orders_per_year=42.0, median_yuan=18_000, sigma=0.8,
    extra_net_days=0,
    default_bp=250, lgd_bp=6_000, dispute_bp=150, response_bp=15.0, patience_days=6,
    mix=(35, 20, 22, 6, 5, 9, 3),
    pay_rules={"any": 0.3, "weekly": 0.5, "twice_monthly": 0.2},
    group_sizes=(3, 2, 2), power_pct=30, dependence_pct=65, competitor_days=(-10, 0, 0, 10, 15),
    rebate_bp=200,  # of the year's purchases, credited on its last day
)  # fmt: skip
CHAIN = Segment(
    prefix="K", segment="supermarket", names=("Hypermarket Region", "连锁超市大区"), count=4,
    orders_per_year=52.0, median_yuan=110_000, sigma=0.5, between=0.5,
    extra_net_days=27,  # 57 days; the fair-trade rule allows 60 from receipt
    pace=1.4,
    default_bp=60, lgd_bp=7_000, dispute_bp=600, response_bp=5.0, patience_days=15,
    mix=(15, 0, 0, 15, 70, 0, 0),
    pay_rules={"monthly": 1.0},
    grades={"B": 1.0},
    group_sizes=(4,),  # one buyer of a fifth of all sales
    large=1.0, power_pct=90, dependence_pct=10, competitor_days=(0, 15),
    deduction_bp=500,
)  # fmt: skip
SUPERMARKET = Segment(
    prefix="S", segment="supermarket", names=("Supermarket", "超市"), count=18,
    orders_per_year=50.0, median_yuan=35_000, sigma=0.7,
    extra_net_days=16,
    pace=1.4,
    default_bp=100, lgd_bp=7_000, dispute_bp=500, response_bp=5.0, patience_days=12,
    mix=(15, 0, 5, 20, 55, 5, 0),
    pay_rules={"twice_monthly": 0.5, "monthly": 0.5},
    group_sizes=(3,), large=0.4, power_pct=80, dependence_pct=20, competitor_days=(0, 0, 15),
    deduction_bp=400,
)  # fmt: skip
SHOP = Segment(
    prefix="R", segment="micro", names=("Corner Shop", "便利店"), count=40,
    orders_per_year=24.0, median_yuan=3_500, sigma=0.6,
    extra_net_days=-15,
    default_bp=400, lgd_bp=8_000, dispute_bp=100, response_bp=10.0, patience_days=3,
    mix=(40, 35, 15, 3, 0, 5, 2),
    pay_rules={"any": 1.0},
    power_pct=15, dependence_pct=60,
)  # fmt: skip

RECIPE = Recipe(
    name="distributor",
    titles=("FMCG distributor", "快消品经销企业"),
    seed=20_250_303,
    places=PLACES,
    segments=(DEALER, CHAIN, SUPERMARKET, SHOP),
    in_force={
        "terms.net_days": 30,
        "credit.limit_pct": 400,
        "credit.hold_overdue_days": 60,
        "credit.hold_overdue_fen": 10_000_000,
        "collection.collectors": 1,
        "collection.ladder_shift_days": 3,
        "finance.supplier_days": 30,
    },
    company=Company(
        margin_bp=1_400, fixed_cost_bp=900, opening_cash_days=20, capital_bp=800, dispute_median_days=25
    ),
    pace=1.6,
    idle={"D016": ("1,2", "a"), "D019": ("1,2", "b")},  # the ten-month agent in both readings
)
