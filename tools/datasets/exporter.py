"""An exporter: buyers abroad by letter of credit, documents against payment and open account; books kept in yuan.

Yuan, because the seller's wages, banks and costs are in yuan, and amounts of the model (a visit, a letter, a limit) are
fen. Bills in dollars are taken at the rate of their day; what the rate does afterwards is not in it.
"""

from sim.model.scenario import Company
from tools.datasets.places import COUNTRIES_FAR, COUNTRIES_MIDDLE, COUNTRIES_NEAR
from tools.datasets.recipe import Recipe, Segment

LADDER = (
    #    day  move            least yuan: nobody visits a buyer abroad for a small bill
    (-7, "courtesy", 0),
    (3, "email", 0),
    (10, "phone", 0),
    (20, "phone", 0),
    (30, "letter", 0),
    (45, "senior_call", 300_000),
    (60, "lawyer_letter", 100_000),
)

OPEN_ACCOUNT = Segment(
    prefix="A", segment="export", names=("Importer", "进口商"), count=46,
    orders_per_year=20.0, median_yuan=200_000, sigma=0.9,
    extra_net_days=0,  # 60 days from the bill of lading
    default_bp=150, lgd_bp=6_500, dispute_bp=300, response_bp=12.0, patience_days=20,
    mix=(42, 18, 14, 8, 12, 6, 0),
    pay_rules={"any": 0.3, "weekly": 0.4, "twice_monthly": 0.2, "monthly": 0.1},
    group_sizes=(3, 2), large=0.4, power_pct=55, dependence_pct=45, competitor_days=(0, 0, 30),
    countries=COUNTRIES_NEAR,
)  # fmt: skip
COLLECTION = Segment(
    prefix="P", segment="export", names=("Wholesaler", "批发商"), count=22,
    orders_per_year=15.0, median_yuan=140_000, sigma=0.8,
    extra_net_days=-25,  # 35 days: sea voyage and the banks' post
    default_bp=250, lgd_bp=4_500,  # the goods can be sold elsewhere
    dispute_bp=500,  # documents refused
    response_bp=10.0, patience_days=20,
    mix=(30, 10, 25, 15, 15, 5, 0), pace=1.1,
    pay_rules={"any": 1.0},
    power_pct=40, dependence_pct=50, competitor_days=(0, 30),
    instrument="collection", countries=COUNTRIES_MIDDLE,
)  # fmt: skip
LETTER_OF_CREDIT = Segment(
    prefix="L", segment="export", names=("Trading House", "贸易公司"), count=20,
    orders_per_year=9.0, median_yuan=350_000, sigma=0.8,
    extra_net_days=-39,  # 21 days: presentation and the bank's examination
    default_bp=30, lgd_bp=3_000,  # the issuing bank's, not the buyer's
    dispute_bp=300,  # discrepancies that are not cured
    response_bp=6.0, patience_days=30,
    mix=(40, 0, 0, 5, 55, 0, 0), pace=1.3,
    pay_rules={"any": 1.0},
    grades={"A": 0.3, "B": 0.4, "C": 0.3}, power_pct=35, dependence_pct=50,
    instrument="letter_of_credit", countries=COUNTRIES_FAR,
)  # fmt: skip
AFFILIATE = Segment(
    prefix="Z", segment="affiliate", names=("Sales Company", "销售子公司"), count=2,
    orders_per_year=24.0, median_yuan=500_000, sigma=0.5,
    extra_net_days=30,
    default_bp=10, lgd_bp=3_000, dispute_bp=50, response_bp=0.0, patience_days=60,
    mix=(10, 10, 30, 0, 40, 0, 10),
    pay_rules={"monthly": 1.0},
    grades={"A": 1.0}, group_sizes=(2,), power_pct=20, dependence_pct=95,
    countries={"Germany": ("德国", 1.0), "USA": ("美国", 1.0)},
)  # fmt: skip

RECIPE = Recipe(
    name="exporter",
    titles=("Exporter", "外贸出口企业"),
    seed=20_250_404,
    segments=(OPEN_ACCOUNT, COLLECTION, LETTER_OF_CREDIT, AFFILIATE),
    seasonal=False,  # buyers abroad know no Spring Festival
    ladder=LADDER,
    in_force={
        "terms.net_days": 60,
        "credit.limit_pct": 400,
        "credit.hold_overdue_days": 60,
        "credit.hold_overdue_fen": 20_000_000,
        "collection.collectors": 1,
        "collection.ladder_shift_days": 5,
    },
    company=Company(
        margin_bp=1_800, fixed_cost_bp=900, opening_cash_days=30, capital_bp=800, dispute_median_days=40
    ),
    pace=0.9,
)
