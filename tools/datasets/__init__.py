"""How the built-in portfolios are made: recipes (knobs with comments), customers drawn from them, and their past."""
