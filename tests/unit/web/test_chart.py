"""The geometry of the arrivals chart."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobfair.web.chart import BOTTOM, LEFT, RULES_MOST, SLOT, SLOTS_LEAST, TOP, WIDTH, bar_chart

NOON = datetime(2026, 12, 10, 12, tzinfo=UTC)


def test_nothing_counted_is_no_chart() -> None:
    assert bar_chart([]) is None


def test_slots_without_arrivals_are_bars_of_nothing() -> None:
    chart = bar_chart([(NOON, 3), (NOON + 2 * SLOT, 5)])
    assert chart is not None
    assert [bar.value for bar in chart.bars[:4]] == [3, 0, 5, 0]
    assert len(chart.bars) == SLOTS_LEAST
    assert chart.peak.at == NOON + 2 * SLOT


@pytest.mark.parametrize(
    ("most", "figures"),
    [(1, [0, 1]), (5, [0, 2, 4, 6]), (69, [0, 20, 40, 60, 80]), (100, [0, 50, 100])],
)
def test_rules_stand_at_round_figures(most: int, figures: list[int]) -> None:
    chart = bar_chart([(NOON, most)])
    assert chart is not None
    assert [rule.value for rule in chart.rules] == figures


def test_a_plan_alone_is_a_chart_of_outlines() -> None:
    chart = bar_chart([], [(NOON, 4.2), (NOON + SLOT, 0.5)])
    assert chart is not None
    assert (chart.peak.value, chart.rules[-1].value) == (0, 6)
    assert chart.plan.startswith(f"M{LEFT} {BOTTOM}V91.6H")
    assert chart.plan.endswith(f"V{BOTTOM}")
    assert [bar.planned for bar in chart.bars[:3]] == [4.2, 0.5, 0.0]


def test_what_was_planned_for_earlier_widens_the_chart() -> None:
    chart = bar_chart([(NOON, 3)], [(NOON - 2 * SLOT, 9.0)])
    assert chart is not None
    assert chart.bars[0].at == NOON - 2 * SLOT
    assert chart.peak.at == NOON


@pytest.mark.parametrize(
    ("now", "place"),
    [
        (NOON, LEFT),
        (NOON + 6 * SLOT, (LEFT + WIDTH) / 2),
        (NOON - timedelta(seconds=1), None),
        (NOON + timedelta(hours=2), None),
        (None, None),
    ],
)
def test_now_stands_in_the_chart_only_while_it_lasts(
    now: datetime | None, place: float | None
) -> None:
    chart = bar_chart([(NOON, 3)], now=now)
    assert chart is not None
    assert chart.now == place
    assert chart.plan == ""


@given(
    st.dictionaries(st.integers(0, 100), st.integers(1, 5000), min_size=1).map(
        lambda counted: [(NOON + place * SLOT, n) for place, n in counted.items()]
    )
)
def test_everything_stays_inside_the_picture(counted: list[tuple[datetime, int]]) -> None:
    chart = bar_chart(counted)
    assert chart is not None
    assert sum(bar.value for bar in chart.bars) == sum(n for _at, n in counted)
    assert len(chart.rules) <= RULES_MOST
    for bar in chart.bars:
        assert TOP <= bar.y <= BOTTOM
        assert bar.y + bar.height == pytest.approx(BOTTOM)
        assert bar.x >= 0
        assert bar.x + bar.width <= WIDTH
    gaps = {b.at - a.at for a, b in zip(chart.bars, chart.bars[1:], strict=False)}
    assert gaps == {timedelta(minutes=5)}
