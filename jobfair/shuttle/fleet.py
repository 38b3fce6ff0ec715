"""What a fair's plans begin with: buses that can be had, waves, limits, as the organiser says."""

from dataclasses import dataclass
from datetime import datetime

from jobfair.core.errors import Invalid

BUSES_MOST = 99
COST_MOST = 1_000_000
RIDERS_MOST = 20_000


@dataclass(frozen=True)
class BusTypeInput:
    """A kind of bus; `cost_cents` is what one costs for the day before it moves."""

    name: str
    seats: int
    wheelchairs: int
    count: int
    cost_cents: int


@dataclass(frozen=True)
class WaveInput:
    """When buses arrive at the fair, when they leave for home, or both."""

    arrives_at: datetime | None
    returns_at: datetime | None


@dataclass(frozen=True)
class SettingsInput:
    """What plans keep to: limits of a ride, how buses drive and stop, the cost of a kilometre.

    `riders` is how many people are expected where nobody has asked yet.
    """

    max_ride_s: int = 4500
    direct_factor: float = 1.25
    stop_s: int = 60
    board_s: int = 15
    speed_kmh: float = 50.0
    detour: float = 1.3
    km_cents: int = 200
    riders: int | None = None


def check_wave(wave: WaveInput) -> None:
    """Raise Invalid where the wave has no time, or leaves before it has arrived."""
    if wave.arrives_at is None and wave.returns_at is None:
        raise Invalid("wave_without_time")
    if wave.arrives_at and wave.returns_at and wave.returns_at <= wave.arrives_at:
        raise Invalid("wave_leaves_early")
