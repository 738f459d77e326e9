"""Colours are told apart by people who see no red or no green, and nobody has to tell by colour alone."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest
from numpy.typing import NDArray

from planner.plan.templates import SPARE_HUES, TEMPLATES
from planner.show.compare import LINES
from planner.show.design import BAD, GOOD, GREY, INK

# Machado, Oliveira and Fernandes, "A physiologically-based model for simulation of color vision deficiency", 2009
SEEN = {
    "all colours": np.eye(3),
    "protanopia": np.array(
        [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]]
    ),
    "deuteranopia": np.array(
        [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]]
    ),
}
# Ottosson, "A perceptual color space for image processing", 2020
CONES = np.array(
    [[0.41222147, 0.53633254, 0.05144599], [0.2119035, 0.68069955, 0.10739696], [0.08830246, 0.28171884, 0.62997870]]
)
OKLAB = np.array(
    [
        [0.21045426, 0.79361779, -0.00407205],
        [1.97799850, -2.42859221, 0.45059371],
        [0.02590404, 0.78277177, -0.80867577],
    ]
)
CHANNELS = {template.kind: template.hue[0] for template in TEMPLATES}


def linear(colour: str) -> NDArray[np.float64]:
    shares = np.array([int(colour[i : i + 2], 16) for i in (1, 3, 5)]) / 255
    return np.where(shares <= 0.04045, shares / 12.92, ((shares + 0.055) / 1.055) ** 2.4)


def seen(colour: str, sight: str) -> NDArray[np.float64]:
    """Where a colour stands in OKLab as it is seen."""
    light: NDArray[np.float64] = np.clip(SEEN[sight] @ linear(colour), 0, 1)
    return np.asarray(OKLAB @ np.cbrt(CONES @ light))


def apart(first: str, second: str) -> float:
    """How far apart two colours are to whoever tells them apart least."""
    return min(float(np.linalg.norm(seen(first, sight) - seen(second, sight))) for sight in SEEN)


def contrast(first: str, second: str) -> float:
    """The contrast of two colours by WCAG 2."""
    light, dark = sorted((float(linear(colour) @ [0.2126, 0.7152, 0.0722]) for colour in (first, second)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize(("first", "second"), list(combinations(CHANNELS, 2)))
def test_channels_are_told_apart(first: str, second: str) -> None:
    assert apart(CHANNELS[first], CHANNELS[second]) > 0.08


@pytest.mark.parametrize("colour", [*CHANNELS.values(), *(hue for hue, _ in SPARE_HUES), *LINES])
def test_no_colour_is_the_grey_of_the_baseline(colour: str) -> None:
    assert apart(colour, GREY) > 0.06


@pytest.mark.parametrize(("first", "second"), list(combinations(LINES, 2)))
def test_plans_side_by_side_are_told_apart(first: str, second: str) -> None:
    assert apart(first, second) > 0.08


def test_better_and_worse_and_too_much_are_told_apart() -> None:
    assert apart(GOOD, BAD) > 0.08
    assert apart(INK, BAD) > 0.08


@pytest.mark.parametrize("colour", [*CHANNELS.values(), GOOD, BAD, INK, GREY])
def test_colours_stand_out_from_light_and_dark_ground(colour: str) -> None:
    assert contrast(colour, "#ffffff") > 2.2
    assert contrast(colour, "#14181c") > 1.9
