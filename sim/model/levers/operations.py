"""How well does our own house work?"""

from sim.model.settings import Settings, lever


class Operations(Settings):
    """How well does our own house work?"""

    dispute_desk: bool = lever(False, basis="A", headline=True)
