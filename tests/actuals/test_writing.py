"""Files that go out: they come back as they went."""

from __future__ import annotations

import csv
import datetime as dt
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.actuals.actuals import Actuals, Fact
from planner.actuals.reading import read_actuals, understand
from planner.actuals.writing import actuals_template, to_csv
from planner.errors import PlanError
from planner.plan import Stage, merged, replace
from planner.plan.starter import starter

PLAN = starter()
PATHS = [(c.key, s.key) for c in PLAN.channels for s in merged(c.stages, PLAN.sales)] + [
    ("sales", "won"),
    ("email", "planned"),
]
periods = st.dates(dt.date(2026, 1, 1), dt.date(2028, 12, 31)).map(dt.date.isoformat)
sources = st.text(st.sampled_from("ab =+-@';,\"é"), min_size=1, max_size=6).map(
    lambda text: " ".join(text.split()) or "x"
)
counts = st.floats(0, 1e12) | st.integers(0, 9_999).map(lambda n: n / 1000) | st.integers(0, 10**6).map(float)
facts = st.one_of(
    st.builds(
        lambda s, p, path, n: Fact(s, p, *path, n),
        sources,
        periods | periods.map(lambda p: p[:7]),
        st.sampled_from(PATHS),
        counts,
    ),
    st.builds(
        Fact,
        sources,
        periods,
        st.sampled_from(["email", "sales"]),
        st.sampled_from(["cost", "revenue"]),
        st.floats(-1e6, 1e9),
    ),
)


@given(
    st.lists(facts, min_size=1, max_size=15, unique_by=lambda f: (f.source, f.period, f.channel, f.name)), st.dates()
)
def test_actuals_come_back_exactly(facts: list[Fact], day: dt.date) -> None:
    day = day.replace(year=min(max(day.year, 1900), 2199))
    actuals = Actuals(day, tuple(facts))
    assert read_actuals(to_csv(actuals, PLAN), PLAN) == actuals


def test_no_text_can_be_taken_for_a_formula() -> None:
    actuals = Actuals(
        dt.date(2027, 1, 31), tuple(Fact(sign + "SUM(A1)", "2027-01", "email", "sent", 1.0) for sign in "=+-@")
    )
    rows = list(csv.reader(io.StringIO(to_csv(actuals, PLAN).decode())))
    assert not [cell for row in rows for cell in row if cell[:1] in ("=", "+", "-", "@")]


@pytest.mark.parametrize("shape", ["long", "wide"])
def test_a_template_is_understood_and_holds_no_figure(shape: str) -> None:
    upload = understand(actuals_template(PLAN, shape), PLAN)
    assert upload.mapping.shape == shape
    assert upload.actuals is None
    assert "ignored" not in dict(upload.mapping.columns).values()
    assert [refusal.what for refusal in upload.refused] == ["The file has no figures."]


def test_a_filled_template_is_read_in_full() -> None:
    rows = list(csv.reader(io.StringIO(actuals_template(PLAN, "long").decode("utf-8-sig"))))
    filled = "\n".join(",".join((*row[:3], str(n) if n else row[3])) for n, row in enumerate(rows))
    assert [f.value for f in sorted(read_actuals(filled.encode(), PLAN).facts, key=lambda f: f.value)] == list(
        range(1, len(rows))
    )


def test_a_template_lists_every_month_and_stage_of_the_plan() -> None:
    rows = list(csv.reader(io.StringIO(actuals_template(PLAN, "wide").decode("utf-8-sig"))))
    assert len(rows) == 1 + PLAN.months * (len(PLAN.channels) + 1)
    labels = {stage.label for channel in PLAN.channels for stage in merged(channel.stages, PLAN.sales)}
    codes = {stage.key for channel in PLAN.channels for stage in merged(channel.stages, PLAN.sales)}
    assert {"Month", "Channel", "Cost", "Revenue"} < set(rows[0])
    assert set(rows[0][2:]) <= labels | codes | {"Cost", "Revenue"}
    assert len(labels & set(rows[0])) > 0.8 * len(rows[0])
    assert {row[1] for row in rows[1:]} == {*(channel.label for channel in PLAN.channels), "No channel"}
    with pytest.raises(PlanError):
        actuals_template(PLAN, "square")


def test_a_mapping_said_once_serves_the_next_file() -> None:
    actuals = Actuals(dt.date(2027, 1, 31), (Fact("x", "2027-01", "email", "sent", 5.0),))
    mapping = understand(to_csv(actuals, PLAN), PLAN).mapping
    assert read_actuals(to_csv(actuals, PLAN), PLAN, mapping=mapping) == actuals


@pytest.mark.parametrize("label", ["Total", "All", "Sum", "Gesamt", "Cost", "Source", "Leads", "Count", "As of", "2"])
def test_labels_that_mean_something_in_files_come_back(label: str) -> None:
    key = "x2" if label == "2" else label.lower().replace(" ", "_") + ("_x" if label == "Cost" else "")
    stages = (Stage(key, label, None, 1.0), Stage("below", "Sum", key, 0.5))
    named = (("email", "E-mail"), (key, label), ("mail", "email"))  # two answer to “email”
    channels = tuple(replace(PLAN.channels[1], key=own, label=called, stages=stages) for own, called in named)
    plan = replace(starter("sms"), channels=channels, costs=(), efforts=(), ranges=(), sales=())
    paths = [(channel.key, stage.key) for channel in channels for stage in stages]
    facts = tuple(Fact("CRM", "2027-01", *path, float(n)) for n, path in enumerate(paths))
    actuals = Actuals(dt.date(2027, 1, 31), facts)
    assert read_actuals(to_csv(actuals, plan), plan) == actuals
