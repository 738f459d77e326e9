"""How long share links are, how long a token takes against json and base64 of the same plan, and a save after a move.

Run: PYTHONPATH=. python tests/benchmarks/bench_keep.py
"""

from __future__ import annotations

import json
import time
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable
from dataclasses import asdict

from pydantic import TypeAdapter

from planner.keep.codec import from_token, kept_token, to_token
from planner.keep.draft import to_draft
from planner.keep.workspace import Workspace
from planner.plan import Plan, replace
from planner.plan.levers import pull
from planner.plan.starter import starter
from tests.keep.wholes import edited, fifty_channels

PLANS: TypeAdapter[Plan] = TypeAdapter(Plan)


def best(run: Callable[[], object], times: int = 60) -> float:
    """The shortest of several runs, in microseconds."""
    spent = []
    for _ in range(times):
        start = time.perf_counter()
        run()
        spent.append(time.perf_counter() - start)
    return min(spent) * 1e6


def main() -> None:
    """Prints lengths and ratios."""
    whole = starter()
    bare = replace(whole, ranges=())
    for name, plan in (
        ("starter plan", whole),
        ("a fifth edited", edited(whole, 0.2)),
        ("all edited, ranges too", edited(whole, 1.0)),
        ("all edited, without ranges", edited(bare, 1.0)),
    ):
        token = kept_token(plan)
        ours = best(lambda plan=plan: kept_token(plan)) + best(lambda token=token: from_token(token))
        plain = best(
            lambda plan=plan: PLANS.validate_json(
                urlsafe_b64decode(urlsafe_b64encode(json.dumps(asdict(plan)).encode()))
            )
        )
        compiled = best(
            lambda plan=plan: PLANS.validate_json(urlsafe_b64decode(urlsafe_b64encode(PLANS.dump_json(plan))))
        )
        print(
            f"{name:28} {len(to_token(plan)):5} characters; there and back {ours:5.0f} µs: "
            f"{ours / plain:.1f} x json and base64, {ours / compiled:.1f} x the same by pydantic"
        )
    fifty = fifty_channels()
    for name, plan in (("fifty channels", fifty), ("fifty channels, all edited", edited(fifty, 1.0))):
        print(f"{name:28} {len(to_token(plan)):5} characters")
    workspace = Workspace(whole)
    for step in range(120):
        workspace = workspace.committed(pull(workspace.plan, "email.volume", 1000.0 + step))
    to_draft(workspace)
    moved = [workspace.committed(pull(workspace.plan, "phone.volume", 100.0 + step)) for step in range(40)]
    save = min(best(lambda workspace=workspace: to_draft(workspace), times=1) for workspace in moved)
    print(
        f"a draft of a hundred steps after one move: {save / 1000:.2f} ms, {len(to_draft(workspace).content):,} bytes"
    )


if __name__ == "__main__":
    main()
