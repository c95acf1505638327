"""What was hidden all the time? For debriefs only: nothing that decides or measures may import this."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from sim.base.days import NEVER, dates_of
from sim.world import World


@dataclass(frozen=True, eq=False)
class Truth:
    """The hidden side of a simulated ledger: who was what kind of payer, and who failed when."""

    world: World
    failed_on: NDArray[np.int32]  # per run and customer, run by run; NEVER = it did not
    trust: NDArray[
        np.float64
    ]  # 0-100 on the last day; NaN where no one remembers anything (no `relationship`)
    credibility: NDArray[np.float64]  # of our threats, 0-1

    def customers(self) -> pd.DataFrame:
        """One row per run and customer: kind of payer, its archetype, day of failure (NaT: none), trust."""
        lives, portfolio = self.world.lives, self.world.portfolio
        runs, count = lives.behaviour.shape
        kinds = np.array([behaviour.name for behaviour in portfolio.behaviours])
        archetypes = np.array([behaviour.archetype for behaviour in portfolio.behaviours])
        failed = self.failed_on
        days = dates_of(np.where(failed == NEVER, 0, failed))
        return pd.DataFrame(
            {
                "run": np.repeat(self.world.run_names, count),
                "customer": np.tile(portfolio.column("customer"), runs),
                "behaviour": kinds[lives.behaviour.ravel()],
                "archetype": archetypes[lives.behaviour.ravel()],
                "failed_on": np.where(failed == NEVER, np.datetime64("NaT", "D"), days),
                "trust": self.trust,
                "credibility": self.credibility,
            }
        )
