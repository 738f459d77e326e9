"""Token version 1, which opens forever and is no longer written. Frozen."""

from planner.keep.token_v1.reading import contents

__all__ = ["contents"]
