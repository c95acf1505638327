"""A mid-size manufacturer that sells to contractors, dealers, factories and supermarkets: 200 customers.

Segments follow the trade literature's table of customer kinds; terms, paces and limits are set so that a normal year
under the policy in force lies in the bands of the data card.
"""

from tools.datasets.recipe import Recipe, Segment

PROJECT = Segment(
    prefix="P", segment="project", names=("Contractor", "工程公司"), count=30,
    orders_per_year=9.0, median_yuan=350_000, sigma=1.0,
    extra_net_days=-10,  # 50 days in the contract; certification comes on top
    default_bp=350, lgd_bp=6_500, response_bp=8.0, patience_days=20,
    mix=(10, 5, 20, 15, 20, 10, 20),
    pay_rules={"any": 0.4, "monthly": 0.6},
    large=0.3, power_pct=60, dependence_pct=40, competitor_days=(0, 0, 15, 30),
)  # fmt: skip
DEALER = Segment(
    prefix="D", segment="dealer", names=("Dealer", "经销商"), count=90,
    orders_per_year=18.0, median_yuan=60_000, sigma=0.8,
    extra_net_days=-20,  # 40 days
    default_bp=250, lgd_bp=6_000, response_bp=15.0, patience_days=8,
    mix=(35, 20, 22, 6, 5, 9, 3),
    pay_rules={"any": 0.5, "weekly": 0.35, "twice_monthly": 0.15},
    group_sizes=(3, 2), power_pct=30, dependence_pct=65, competitor_days=(-10, 0, 0, 10),
)  # fmt: skip
MAKER = Segment(
    prefix="M", segment="maker", names=("Factory", "工厂"), count=60,
    orders_per_year=12.0, median_yuan=200_000, sigma=0.9,
    extra_net_days=5,  # 65 days from acceptance
    default_bp=150, lgd_bp=5_000, response_bp=10.0, patience_days=12,
    mix=(40, 15, 15, 10, 15, 5, 0),
    pay_rules={"weekly": 0.2, "twice_monthly": 0.4, "monthly": 0.4},
    group_sizes=(3,), large=0.3, power_pct=50, dependence_pct=50, competitor_days=(0, 0, 0, 30),
)  # fmt: skip
SUPERMARKET = Segment(
    prefix="S", segment="supermarket", names=("Supermarket", "商超"), count=20,
    orders_per_year=40.0, median_yuan=60_000, sigma=0.7,
    extra_net_days=-15,  # 45 days from the statement
    default_bp=60, lgd_bp=7_000, response_bp=5.0, patience_days=15,
    mix=(15, 0, 5, 20, 55, 5, 0),
    pay_rules={"twice_monthly": 0.5, "monthly": 0.5},
    group_sizes=(4,), large=0.5, power_pct=90, dependence_pct=15, competitor_days=(0, 0, 15),
)  # fmt: skip

RECIPE = Recipe(
    name="manufacturer",
    titles=("Mid-size manufacturer", "中型制造企业"),
    seed=20_250_101,
    segments=(PROJECT, DEALER, MAKER, SUPERMARKET),
    pace=0.92,
    in_force={
        "credit.limit_pct": 400,
        "credit.hold_overdue_days": 90,
        "credit.hold_overdue_fen": 30_000_000,
        "collection.collectors": 1,
        "collection.ladder_shift_days": 7,  # reminders go out a week late
    },
)
