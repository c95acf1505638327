"""Three calibration profiles of the manufacturer: three published figures that measure three different things.

- `industry_67`: the statistics office's collection period of all industrial firms above scale: balance over revenue.
- `listed_94`: the same ratio of listed firms, which are larger and slower.
- `survey_141`: a survey of firms that do meet delays: agreed days plus days of delay of what came late. No DSO.
"""

from dataclasses import replace

from sim.model.scenario import Company
from tools.datasets import manufacturer
from tools.datasets.recipe import Recipe, Segment

SHORT_OF_CASH = (0, 5, 45, 10, 10, 5, 25)  # mix of payers in a trade where everybody waits for somebody


def _segments(*, pace: float, extra: int = 0, delayed: float = 0.0) -> tuple[Segment, ...]:
    """The manufacturer's segments, with so many days more in every contract, and a share of them short of cash."""
    return tuple(
        replace(
            segment,
            pace=pace,
            extra_net_days=segment.extra_net_days + extra,
            mix=tuple(
                (1 - delayed) * usual + delayed * short
                for usual, short in zip(segment.mix, SHORT_OF_CASH, strict=True)
            ),
        )
        for segment in manufacturer.RECIPE.segments
    )


INDUSTRY = replace(
    manufacturer.RECIPE,
    name="industry_67",
    titles=("Calibration: industrial firms, DSO 67 days", "校准：规模以上工业企业（DSO 67天）"),
    seed=20_250_167,
    segments=_segments(pace=1.35),
    in_force={
        **manufacturer.RECIPE.in_force,
        "terms.net_days": 50,
        "collection.collectors": 2,
        "collection.ladder_shift_days": 3,
    },
    # Published: cost 85.4 and profit 5.3 per 100 of revenue.
    company=Company(margin_bp=1_460, fixed_cost_bp=930),
)
LISTED = replace(
    manufacturer.RECIPE,
    name="listed_94",
    titles=("Calibration: listed firms, DSO 94 days", "校准：上市公司（DSO 94天）"),
    seed=20_250_194,
    segments=_segments(pace=0.9, extra=9),
    in_force={**manufacturer.RECIPE.in_force, "credit.hold_overdue_days": 120},
)
SURVEY = replace(
    manufacturer.RECIPE,
    name="survey_141",
    titles=(
        "Calibration: firms with payment delays, 76 + 65 days",
        "校准：遇到拖欠的企业（账期76天+拖欠65天）",
    ),
    seed=20_250_241,
    segments=_segments(pace=0.76, extra=24, delayed=0.85),
    in_force={
        **manufacturer.RECIPE.in_force,
        "credit.limit_pct": 600,
        "credit.hold_when_overdue": False,  # who stops supply there, sells nothing
        "collection.ladder_shift_days": 15,
        "collection.write_off_days": 540,
    },
)
PROFILES: tuple[Recipe, ...] = (INDUSTRY, LISTED, SURVEY)
