"""What are our own people rewarded for, and who may decide what?"""

from sim.model.settings import Settings


class People(Settings):
    """What are our own people rewarded for, and who may decide what?"""
