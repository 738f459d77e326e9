"""Token version 2: a plan, its baseline and named scenarios, as differences from a numbered reference plan. Frozen."""

from planner.keep.token_v2.container import MOST_NAME, MOST_SCENARIOS, body, contents

__all__ = ["MOST_NAME", "MOST_SCENARIOS", "body", "contents"]
