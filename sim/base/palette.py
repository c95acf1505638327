"""Which colours does the kit use, on live panels and on stills?

They can be told apart in grey and by the colour-blind. Colour is never the only mark: lines have dashes and a label at
their end, parts of a stack stand in order of brightness.
"""

INK = "#1f2933"
SOFT = "#52606d"
FAINT = "#9aa5b1"
GRID = "#e4e7eb"
PAPER = "#ffffff"

BASELINE = "#5b6573"
ALTERNATIVE = "#0b6bb5"
GOOD = "#0b6b4f"
BAD = "#b03a1e"
MARK = "#d9a23b"
DASHES = {"baseline": "dashed", "alternative": "solid"}

SERIES = ("#0b6bb5", "#c2410c", "#0b6b4f", "#8a4a9e", "#9a6b00", "#5b6573", "#1f2933", "#3aa0d8", "#d58a6d")
"""For things side by side; the first is the one to look at."""
SERIES_DASHES = (
    "solid",
    "dashed",
    "dashdot",
    (0, (5, 1, 1, 1)),
    (0, (1, 1)),
    (0, (8, 3)),
    (0, (3, 1, 1, 1, 1, 1)),
)
"""The dashes that go with them, so that lines can be told apart in grey."""

AGES = ("#d7e3ee", "#f6d48f", "#eba552", "#d4722c", "#a8481c", "#742611", "#3d120b")
"""From not yet due to the oldest: darker is older, in colour and in grey."""
HEAT = ("#f7f9fb", "#cfe0ee", "#8fb9d9", "#3f86bd", "#0b5592", "#083660")
"""From nothing to all: darker is more."""
