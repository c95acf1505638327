"""Which portfolios are made?"""

from __future__ import annotations

from tools.datasets import distributor, exporter, manufacturer, profiles, projects
from tools.datasets.recipe import Recipe

RECIPES: dict[str, Recipe] = {
    recipe.name: recipe
    for recipe in (
        manufacturer.RECIPE,
        projects.RECIPE,
        distributor.RECIPE,
        exporter.RECIPE,
        *profiles.PROFILES,
    )
}
