"""Facts that ship with the program: the county's municipalities and the demo fair."""

from jobfair.data.demo import DemoFacts, demo_facts
from jobfair.data.municipalities import Municipality, municipalities, municipality

__all__ = ["DemoFacts", "Municipality", "demo_facts", "municipalities", "municipality"]
