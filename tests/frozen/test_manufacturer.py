"""Have the manufacturer's figures moved since they were last agreed to? A regression test, not a validation."""

from __future__ import annotations

import pandas as pd

from tests.frozen.regenerate import TABLE, monthly_figures


def test_the_manufacturers_monthly_figures_have_not_moved():
    """If they were meant to: `uv run python -m tests.frozen.regenerate`, and read the difference before committing."""
    agreed = pd.read_csv(TABLE, dtype=str, keep_default_na=False)
    pd.testing.assert_frame_equal(monthly_figures(), agreed, check_dtype=False)
