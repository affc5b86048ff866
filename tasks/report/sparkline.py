"""Sparklines: a series of numbers as a small inline SVG."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

_WIDTH, _HEIGHT, _MARGIN = 120, 24, 3


def draw_sparkline(values: Sequence[float]) -> Markup:
    """An inline SVG of values over time, the oldest on the left, with a dot on the last; the numbers are in its title.

    Empty markup when there are no values.
    """
    if not values:
        return Markup()
    low, high = min(values), max(values)
    step = (_WIDTH - 2 * _MARGIN) / max(1, len(values) - 1)
    points = [
        (
            _MARGIN + step * number if len(values) > 1 else _WIDTH - _MARGIN,
            _HEIGHT / 2 if high == low else _HEIGHT - _MARGIN - (value - low) / (high - low) * (_HEIGHT - 2 * _MARGIN),
        )
        for number, value in enumerate(values)
    ]
    line = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
    x, y = points[-1]
    return Markup(
        '<svg class="trend" width="{w}" height="{h}" viewBox="0 0 {w} {h}" role="img"><title>{title}</title>'
        '<polyline points="{line}" fill="none" stroke="currentColor" stroke-width="1.2"/>'
        '<circle cx="{x}" cy="{y}" r="2" fill="currentColor"/></svg>'
    ).format(
        w=_WIDTH,
        h=_HEIGHT,
        title=" → ".join(f"{value:.4g}" for value in values),
        line=line,
        x=f"{x:.1f}",
        y=f"{y:.1f}",
    )
