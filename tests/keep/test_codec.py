"""What a link or a file holds comes back whole, and nothing else ever comes out of one."""

from __future__ import annotations

import json
import math
import random
import re
import zlib
from base64 import urlsafe_b64decode, urlsafe_b64encode
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given

from planner.errors import BadLink, PlanError, PlannerError
from planner.keep.codec import from_json, from_token, kept_token, to_json, to_token
from planner.keep.draft import from_draft, to_draft
from planner.keep.figures import Figure, figures, otherwise
from planner.keep.steps import Scenario
from planner.keep.token_v2.reference import FOLDER, NEWEST, reference
from planner.keep.workspace import Workspace
from planner.measure.metrics import measure
from planner.plan import Evidence, Plan, replace
from planner.plan.levers import levers, pull
from planner.plan.starter import starter
from tests.keep.wholes import edited, fifty_channels, whole_plans, workspaces
from tests.strategies import examples

HERE = Path(__file__).parent
FROZEN = sorted(path.stem for path in HERE.glob("*.token"))


def framed(body: bytes) -> str:
    """A token with the right checksum, as anybody can make one."""
    return urlsafe_b64encode(body + zlib.crc32(body).to_bytes(4, "big")).rstrip(b"=").decode()


def unframed(token: str) -> bytes:
    return urlsafe_b64decode(token + "=" * (-len(token) % 4))[:-4]


def told(text: str) -> str:
    """A token of this text and no numbers."""
    deflate = zlib.compressobj(9, zlib.DEFLATED, -15, 9, zlib.Z_DEFAULT_STRATEGY, reference(NEWEST).dictionary)
    return framed(bytes((2, NEWEST)) + deflate.compress(text.encode()) + deflate.flush())


# -- round trips ------------------------------------------------------------------------------------------------------


@given(whole_plans())
def test_a_token_gives_the_plan_and_its_figures_back(plan: Plan) -> None:
    link = from_token(to_token(plan))
    assert link.plan == plan
    assert repr(link.plan) == repr(plan)  # to the sign of a zero
    assert repr(link.figures) == repr(figures(plan))


@given(whole_plans())
def test_a_file_gives_the_plan_back(plan: Plan) -> None:
    assert repr(from_json(to_json(plan))) == repr(plan)
    assert from_json(to_json(plan).encode("utf-16")) == plan


@examples(15)
@given(workspaces())
def test_a_file_gives_the_workspace_back(work: Workspace) -> None:
    assert from_json(to_json(work)) == work


def test_figures_are_the_metrics_to_six_digits() -> None:
    plan = starter()
    for figure in from_token(to_token(plan)).figures:
        assert figure.in_plan == pytest.approx(float(measure(plan, figure.metric)), rel=5e-6)
        assert figure.with_tail == pytest.approx(float(measure(plan, figure.metric, tail=True)), rel=5e-6)


def test_figures_that_an_engine_gave_otherwise_are_told() -> None:
    plan = starter()
    now = figures(plan)
    assert otherwise(plan, now) == ()
    then = tuple(replace(figure, in_plan=figure.in_plan * 1.01) if figure.metric == "won" else figure for figure in now)
    assert otherwise(plan, then) == (next(figure for figure in now if figure.metric == "won"),)
    assert otherwise(plan, ()) == ()


def test_undefined_figures_are_nothing_new() -> None:
    plan = pull(starter("email"), "email.volume", 0.0)
    link = from_token(to_token(plan))
    assert math.isnan(next(figure.in_plan for figure in link.figures if figure.metric == "cac"))
    assert otherwise(link.plan, link.figures) == ()


# -- what was made once opens forever ---------------------------------------------------------------------------------


@pytest.mark.parametrize("name", FROZEN)
def test_a_token_made_long_ago_still_opens(name: str) -> None:
    shared = from_token((HERE / f"{name}.token").read_text("utf-8"))
    kept = json.loads((HERE / f"{name}.json").read_text("utf-8"))
    assert from_json(json.dumps(kept)) == shared.plan
    assert shared.engine == kept["engine"]
    assert [figure.metric for figure in shared.figures] == ["appointments", "won", "revenue", "cost", "cac", "roi"]


@pytest.mark.parametrize("name", [name for name in FROZEN if not name.endswith("_1")])
def test_a_file_of_format_2_is_written_as_it_was_but_for_fields_that_came_later(name: str) -> None:
    kept = json.loads((HERE / f"{name}.json").read_text("utf-8"))
    now = json.loads(to_json(from_json(json.dumps(kept))))["plan"]
    assert repr(_only(now, kept["plan"])) == repr(kept["plan"])


@pytest.mark.parametrize("name", ["starter_2", "starter_3"])
def test_a_comparison_made_long_ago_still_opens(name: str) -> None:
    shared = from_token((HERE / f"{name}.token").read_text("utf-8"))
    assert [scenario.name for scenario in shared.scenarios] == ["Two more reps", "Uten annonser", "Dearer"]
    assert shared.baseline == shared.scenarios[2].plan


def test_a_file_of_format_1_holds_every_number_it_had() -> None:
    """In today's terms: ranges are anchored and paces said."""
    for name in ("starter_1", "everything_1"):
        kept = json.loads((HERE / f"{name}.json").read_text("utf-8"))["plan"]
        opened = from_json((HERE / f"{name}.json").read_text("utf-8"))
        assert kept == _only(json.loads(to_json(opened))["plan"], kept)


def _only(fields: Any, kept: Any) -> Any:
    """What stands in `fields` under the names of `kept`."""
    if isinstance(kept, dict):
        return {name: _only(fields[name], value) for name, value in kept.items()}
    if isinstance(kept, list):
        return [_only(field, value) for field, value in zip(fields, kept, strict=True)]
    return fields


def test_there_are_frozen_tokens() -> None:
    assert [f"{plan}_{number}" for plan in ("everything", "starter") for number in (1, 2, 3)] == FROZEN


def test_a_workspace_file_made_long_ago_still_opens() -> None:
    text = (HERE / "workspace_1.json").read_text("utf-8")
    opened, kept = from_json(text), json.loads(text)["workspace"]
    now = json.loads(to_json(opened))["workspace"]
    for name in ("plan", "baseline", "scenarios", "actuals", "mappings"):
        assert _only(now[name], kept[name]) == kept[name]
    befores = [step["plan"]["before"] for step in now["past"]]
    assert _only(befores, kept["past"]) == kept["past"]
    assert _only([step["plan"]["after"] for step in now["future"]], kept["future"]) == kept["future"]
    assert {step["name"] for step in now["past"] + now["future"]} == {"Earlier change"}


@pytest.mark.parametrize("name", ["workspace_2", "workspace_3"])
def test_a_workspace_file_of_format_2_is_written_as_it_was_but_for_fields_that_came_later(name: str) -> None:
    text = (HERE / f"{name}.json").read_text("utf-8")
    kept = json.loads(text)["workspace"]
    assert _only(json.loads(to_json(from_json(text)))["workspace"], kept) == kept


def test_a_history_of_a_million_steps_is_refused_at_once() -> None:
    for version in (1, 2):
        text = json.dumps({"format": version, "workspace": {"plan": {}, "past": [{}] * 1_000_000}})
        with pytest.raises(BadLink, match="past"):
            from_json(text)


@pytest.mark.parametrize("name", ["starter_1", "starter_2", "starter_3"])
def test_a_frozen_token_told_its_figures_then(name: str) -> None:
    shared = from_token((HERE / f"{name}.token").read_text("utf-8"))
    kept = json.loads((HERE / f"{name}.figures.json").read_text("utf-8"))
    assert shared.figures == tuple(Figure(*row) for row in kept)


def test_a_new_token_is_written_on_the_newest_reference_also_of_a_plan_that_came_on_an_earlier_one() -> None:
    """The first byte is the token's version, the second its reference; what is written anew is the same plan."""
    for name, of in (("starter_2", 2), ("starter_3", 3), ("everything_2", 2), ("everything_3", 3)):
        old = (HERE / f"{name}.token").read_text("utf-8").strip()
        new = to_token(from_token(old).plan)
        assert tuple(unframed(old)[:2]) == (2, of)
        assert tuple(unframed(new)[:2]) == (2, NEWEST)
        assert from_token(new).plan == from_token(old).plan


def test_a_link_tells_its_old_figures_beside_todays_where_the_engine_gives_others() -> None:
    """The planner that wrote starter_2 said that lists are worked in order, and still counted them as met at random."""
    shared = {name: from_token((HERE / f"{name}.token").read_text("utf-8")) for name in ("starter_2", "starter_3")}
    assert [figure.metric for figure in otherwise(shared["starter_2"].plan, shared["starter_2"].figures)][:2] == [
        "appointments",
        "won",
    ]
    assert otherwise(shared["starter_3"].plan, shared["starter_3"].figures) == ()


REFERENCES = {
    2: "18d487254bae6ababa6ba207669ddce4157a3b203f9a79511b7e60ec2a9f496e",
    3: "fe1ba9cd57c302e60a9f7900dececc2253db5ea5c2baa8a56ced8a689b02b660",
}  # of the files as they were released: links that people have sent rest on every byte


@pytest.mark.parametrize("number", REFERENCES)
def test_a_released_reference_never_changes(number: int) -> None:
    assert sha256((FOLDER / f"{number}.json").read_bytes()).hexdigest() == REFERENCES[number]
    assert max(REFERENCES) == NEWEST


# -- size -------------------------------------------------------------------------------------------------------------


def test_a_link_is_short() -> None:
    assert len(to_token(starter())) <= 80
    assert len(to_token(edited(starter(), 0.2))) <= 250
    assert len(to_token(edited(starter(), 1.0))) <= 650


def test_a_link_that_compares_four_scenarios_is_short() -> None:
    """Ten levers each against the baseline, typed to two digits, and the names a room gives them."""
    names = ("Two more reps", "No ads, more phone", "Careful", "Everything goes right")
    for seed in range(10):
        rng = random.Random(seed)
        base = starter()
        plan, *others = (_ten_levers(base, rng) for _ in range(5))
        scenarios = [Scenario(name, other) for name, other in zip(names, others, strict=True)]
        token = to_token(plan, baseline=base, scenarios=scenarios)
        assert len(token) <= 600
        assert from_token(token).scenarios == tuple(scenarios)


def _ten_levers(plan: Plan, rng: random.Random) -> Plan:
    """The plan with ten levers moved by a tenth or a quarter."""
    movable = [lever for lever in levers(plan) if lever.kind.link and lever.value > 0]
    for lever in rng.sample(movable, 10):
        value = min(lever.value * rng.choice([0.75, 0.9, 1.1, 1.25]), lever.kind.high)
        try:
            plan = pull(plan, lever.path, float(f"{value:.2g}"))
        except PlanError:  # shares of one parent that would add up to more than 1
            continue
    return plan


def test_a_link_of_fifty_channels_is_short() -> None:
    plan = fifty_channels()
    assert len(plan.channels) == 50
    assert len(to_token(edited(plan, 1.0))) <= 2000


# -- damage and malice ------------------------------------------------------------------------------------------------


def test_ten_thousand_changed_bytes_are_refused() -> None:
    rng = random.Random(7)
    tokens = [to_token(edited(starter(), share)) for share in (0.0, 0.2, 1.0)]
    for _ in range(10_000):
        token = rng.choice(tokens)
        place, byte = rng.randrange(len(token)), chr(rng.randrange(256))
        if byte != token[place]:
            with pytest.raises(BadLink):
                from_token(token[:place] + byte + token[place + 1 :])


def test_a_token_cut_anywhere_swapped_or_run_on_is_refused() -> None:
    token = to_token(edited(starter(), 0.2))
    for place in range(len(token)):
        swapped = token[:place] + token[place : place + 2][::-1] + token[place + 2 :]
        for wrong in (
            token[:place],
            token[place + 1 :],
            token[:place] + token[place + 1 :],
            token + token[:place],
            swapped,
        ):
            if wrong != token:
                with pytest.raises(BadLink):
                    from_token(wrong)


def test_white_space_around_a_token_is_nothing() -> None:
    token = to_token(starter())
    assert from_token(f" {token}\n") == from_token(token)


def test_the_same_bytes_in_another_spelling_are_refused() -> None:
    token = next(t for t in (to_token(edited(starter(), 0.2, seed)) for seed in range(9)) if len(t) % 4)
    twin = token[:-1] + chr(ord(token[-1]) + 1)  # another last letter whose spare bits fall away
    assert unframed(token) == unframed(twin)
    with pytest.raises(BadLink):
        from_token(twin)


def test_forged_bytes_with_a_right_checksum_are_a_plan_or_refused() -> None:
    rng = random.Random(3)
    body = unframed(to_token(edited(starter(), 0.2)))
    for _ in range(1500):
        forged = bytearray(body)
        for _ in range(rng.randint(1, 3)):
            forged[rng.randrange(1, len(forged))] = rng.randrange(256)
        try:
            plan = from_token(framed(bytes(forged))).plan
        except PlannerError:
            continue
        assert from_token(to_token(plan)).plan == plan


@pytest.mark.parametrize(
    "text",
    [
        "[" * 100_000,
        '["1",["email"],' + '{"0":' * 50_000,
        '["1",["email"]',
        "null",
        '{"1":2,"3":4,"5":6}',
        '[1,["email"],{}]',
        '["1",["mail"],{}]',
        '["1",[["a",["b"],"c"]],{}]',
        '["1",[["a","email",5]],{}]',
        '["1",[[]],{}]',
        '["1",' + json.dumps(["email"] * 100_000) + ",{}]",
        '["1",["email"],{"6":{"":[0,1,' + "0,1," * 100_000 + "0]}}]",
        '["1",["email"],{"6":{"":[0]}}]',
        '["1",["email"],{"99":1}]',
        '["1",["email"],{"x":1}]',
        '["1",["email"],{"0":[0.0,NaN,1e999]}]',
        '["1",["email"],{"3":' + "9" * 5000 + "}]",
        '["1",["email"],{"6":null}]',
        '["1",["email"],"%s%s%(a)s"]',
        '["1",["email"],{},{},' + json.dumps([[str(i), {}] for i in range(5)]) + "]",
        '["1",["email"],{},{},[["a",{}],["a",{}]]]',
        '["1",["email"],{},{},[[5,{}]]]',
        '["1",["email"],{},{},[[" ",{}]]]',
        '["1",["email"],{},{},5]',
        '["1",["email"],{},5,[]]',
        '["1",["email"],{},null]',
        '["1",["email"],{},{"6":null},[]]',
    ],
)
def test_hostile_texts_in_a_token_are_refused(text: str) -> None:
    with pytest.raises(PlannerError):
        from_token(told(text))


def test_too_large_tokens_are_refused() -> None:
    with pytest.raises(BadLink, match="too long"):
        from_token("A" * 10_000_000)
    with pytest.raises(BadLink, match="damaged"):
        from_token(told(" " * 50_000_000))  # 50 MB in 50 kB


def test_a_plan_of_a_megabyte_still_fits() -> None:
    rng, signs = random.Random(5), [chr(0x1F300 + n) for n in range(1024)]
    rows = tuple(Evidence("deal.value", "".join(rng.choices(signs, k=400))) for _ in range(700))
    plan = replace(starter(), evidence=rows)
    assert from_token(to_token(plan)).plan == plan


@examples(10)
@given(workspaces())
def test_what_figures_count_travels_and_changes_nothing_else(workspace: Workspace) -> None:
    plan = workspace.plan
    assert from_token(to_token(plan, tail=True)) == replace(from_token(to_token(plan)), tail=True)
    assert from_token(kept_token(plan, True)) == replace(from_token(kept_token(plan)), tail=True)
    counting = workspace.counting(True)
    assert from_json(to_json(counting)) == counting
    assert from_draft(to_draft(counting)) == counting


def test_newer_formats_say_so() -> None:
    with pytest.raises(BadLink, match=r"format 4.*Update"):
        from_token(framed(b"\4" + unframed(to_token(starter()))[1:]))
    newer = to_json(starter()).replace('"format": 2', '"format": 7')
    with pytest.raises(BadLink, match=r"format 7.*Update"):
        from_json(newer)


@pytest.mark.parametrize(
    "text",
    [
        "", "null", "[]", "{}", "\ufeff{", '{"format": 1}', '["format"]', "name,volume\nemail,3",
        '{"format": "1", "plan": {}}', '{"format": true, "plan": {}}', '{"format": 0, "plan": {}}',
        "[" * 200_000, '{"format": 1, "plan": ' + "[" * 990 + "]" * 990 + "}",
        b"\xff\xfe\x00", b"PK\x03\x04", b"\x80abc",
    ],
)  # fmt: skip
def test_what_is_no_plan_file_is_refused(text: str | bytes) -> None:
    with pytest.raises(BadLink, match="no plan file"):
        from_json(text)


def test_a_huge_file_is_refused() -> None:
    with pytest.raises(BadLink, match="too large"):
        from_json(" " * 64_000_001)


# -- what is wrong with a file is said with its place -----------------------------------------------------------------

REPLIED = '"key": "replied",'


@pytest.mark.parametrize(
    ("was", "now", "path", "what"),
    [
        (r'"rate": 0.965', '"rate": 1.2', "email.delivered.rate", "is 1.2; a rate lies between 0 and 1"),
        (r'"rate": 0.965', '"rate": NaN', "email.delivered.rate", "is nan; a rate lies between 0 and 1"),
        (r'"rate": 0.965', '"rate": "high"', "email.delivered.rate", "is 'high'; input should be a valid number"),
        (r'"amount": 450.0', '"amount": -1', "costs.email_tools.amount", "is -1; a sum of money lies between"),
        (r'"months": 12', '"months": 61', "months", "is 61; input should be less than or equal to 60"),
        (r'"months": 12', '"months": 0', "months", "is 0; "),
        (r'"gross_margin": 0.75', '"gross_margin": null', "deal.gross_margin", "is None; "),
        (r'"gross_margin": 0.75,?', "", "deal.gross_margin", "is missing"),
        (r'"months": 12', '"months": 12, "colour": "red"', "colour", "is no field of a plan"),
        (r'"of": "delivered"', '"of": "nowhere"', "email.", "nowhere"),
        (r'"currency": "EUR"', '"currency": "euro"', "currency", "euro"),
    ],
)
def test_a_wrong_field_is_named_by_its_path(was: str, now: str, path: str, what: str) -> None:
    plan = starter()
    text = re.sub(was, now, to_json(plan), count=1).replace(",\n  }", "\n  }")
    with pytest.raises(PlanError) as refused:
        from_json(text)
    assert refused.value.path.startswith(path)
    assert what in str(refused.value)


def test_a_wrong_field_of_a_workspace_is_named_by_its_path() -> None:
    work = Workspace(starter())
    file = json.loads(to_json(work))
    file["workspace"]["baseline"]["deal"]["value"] = -5
    with pytest.raises(PlanError, match=r"^baseline.deal.value is -5; a sum of money lies between"):
        from_json(json.dumps(file))
    file = json.loads(to_json(work))
    file["workspace"]["actuals"] = {"as_of": "2027-02-30", "facts": []}
    with pytest.raises(PlannerError, match=r"actuals\.as_of"):
        from_json(json.dumps(file))


def test_a_text_too_large_to_be_an_address_is_not_remembered(monkeypatch: pytest.MonkeyPatch) -> None:
    from planner.keep.token_v2 import container

    container._remembered.cache_clear()
    monkeypatch.setattr(container, "MOST_REMEMBERED", 10)
    assert from_token(to_token(starter("email"))).plan == starter("email")
    assert container._remembered.cache_info().currsize == 0


@pytest.mark.parametrize("place", ["past", "channels", "mappings"])
def test_a_file_crowded_with_empty_rows_is_refused_before_they_are_checked(place: str) -> None:
    whole = json.loads(to_json(Workspace(plan=starter("email"), baseline=starter("email"))))
    crowded = whole["workspace"]["plan"] if place == "channels" else whole["workspace"]
    crowded[place] = [{}] * 50_000
    with pytest.raises(BadLink, match=f"“{place}”"):
        from_json(json.dumps(whole))


def test_only_the_first_bad_row_of_a_list_is_reported() -> None:
    whole = json.loads(to_json(Workspace(plan=starter("email"), baseline=starter("email"))))
    whole["workspace"]["actuals"] = {"as_of": "2027-01-31", "facts": [{}] * 1_000}
    with pytest.raises(PlanError, match=r"actuals\.facts\.0\.source"):
        from_json(json.dumps(whole))
