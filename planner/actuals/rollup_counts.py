"""The groups that an engine counted, made into stages by day: persons once, deals as they were closed last."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from planner.actuals.events import Block, Column, amount_of
from planner.actuals.formats import Counted, bare
from planner.actuals.left_out import deleted_rows, marks_deleted
from planner.actuals.once import Mask, PeriodOf, fitting, in_time, ranks, status_ranks
from planner.actuals.rollup_query import Among, Days, Events, Grouping, Kinds, firsts, one_each
from planner.actuals.rollup_rows import Texts, stacked
from planner.actuals.sheet import Sheet
from planner.errors import BadActuals

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["BlockCounts"]

MOST_NAMES = 1_000
_ISO_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


class BlockCounts:
    """The counts of the stages whose days stand in one column."""

    def __init__(
        self, events: Events, by: Grouping, frame: pd.DataFrame, roles: list[str], columns: list[Column],
        period: PeriodOf,
    ) -> None:  # fmt: skip
        self.events, self.by, self.frame, self.roles = events, by, frame, roles
        self.columns, self.period = columns, period
        self.keys = {name: Texts(self.frame[name]) for name in self.frame.columns if name[0] in "dtl"}
        self.alive = self._alive()
        self.parts: dict[str, list[pd.DataFrame]] = {column.place: [] for column in columns}

    def _alive(self) -> Mask:
        """The groups that have a day and were not deleted."""
        alive = np.ones(len(self.frame), dtype=bool)
        for among in self._asked():
            alive &= ~np.isin(
                self.keys[among.key].codes, [self.keys[among.key].raw.index(text) for text in among.texts]
            )
        return alive

    def _asked(self) -> list[Among]:
        """What rows must not hold to count at all: no day, or the word that they were deleted."""
        asked = [Among("day", self.keys["day"].passing(lambda text: text == ""), out=True)] if self.by.dates else []
        for header in filter(marks_deleted, self.by.texts):
            texts = self.keys[self.by.key(header)]
            gone = deleted_rows(Sheet("", 0, 0, (texts.cells(header),), texts.codes.astype(np.int32), ()))
            words = tuple(sorted({texts.raw[code] for code in texts.codes[gone].tolist()}))
            asked.append(Among(self.by.key(header), words, out=True))
        return [among for among in asked if among.texts]

    def _tests(self, counted: Counted) -> list[tuple[str, Callable[[str], bool]]]:
        """What the keys of a row must be for it to count."""
        tests: list[tuple[str, Callable[[str], bool]]] = [
            (self.by.key(bare(header)), partial(fitting, values=values)) for header, values in counted.where
        ]
        if counted.at_least:
            least = counted.at_least[1]
            tests.append((self.by.limit(bare(counted.at_least[0])), lambda text: amount_of(text) >= least))
        return tests

    def block(self) -> Block:
        """The block of all its stages."""
        by_person: dict[str, list[Column]] = {}
        by_id: dict[tuple[str, tuple[tuple[str, tuple[str, ...]], ...]], list[Column]] = {}
        for column in self.columns:
            counted = column.counted
            rows = self.alive.copy()
            for key, test in self._tests(counted):
                rows &= self.keys[key].marks(test)
            once = bare(counted.once) if counted.once and bare(counted.once) in self.by.ids else ""
            person = bare(counted.person) if counted.person and bare(counted.person) in self.by.ids else ""
            if once:
                by_id.setdefault((once, counted.among or counted.where), []).append(column)
            elif person and counted.value:
                self._count_amounts(person, column)
            elif person:
                by_person.setdefault(person, []).append(column)
            if once or person:
                rows &= self.frame[f"b{self.by.ids.index(once or person)}"].to_numpy(dtype=bool)
            self.parts[column.place].append(self.frame[rows])
        for who, columns in by_person.items():
            self._count_persons(who, columns)
        for (who, among), columns in by_id.items():
            self._count_deals(who, among, columns)
        return stacked(self.by, self.roles, self.columns, self.parts)

    # -- persons and deals --------------------------------------------------------------------------------------------

    def _role_places(self) -> list[tuple[str, dict[str, int]]]:
        """The alphabetical places of the texts of each role."""
        out = []
        for header in self.roles:
            key = self.by.key(header)
            texts = self.keys[key]
            by_text = dict(zip(texts.raw, ranks(texts.trimmed).tolist(), strict=True))
            if len(by_text) > MOST_NAMES:
                what = f"Column “{header}” holds more than {MOST_NAMES:,} different names."
                raise BadActuals(what, column=header, mend="Choose the column that names the channel or the source.")
            out.append((key, by_text))
        return out

    def _days(self) -> tuple[Days, dict[int, str]]:
        """How the engine knows the order of the days, and a text for each place in time."""
        texts = [text for text in self.keys["day"].raw if text]
        if all(map(_is_iso_day, texts)):
            return Days(), {int(text.replace("-", "")): text for text in texts}
        periods = {text: self.period(" ".join(text.split())) for text in texts}
        place = {period: n for n, period in enumerate(in_time(list(periods.values())), 1)} | {"": 0}
        places = {text: place[period] for text, period in periods.items()}
        return Days(places), {places[text]: text for text in reversed(texts)}

    def _kinds(self, columns: list[Column]) -> tuple[Kinds, dict[tuple[int, int], str]]:
        """The kinds of rows that count at these stages, and the stage's place by owner and number."""
        tests = [self._tests(column.counted) for column in columns]
        keys = tuple(dict.fromkeys(key for of_column in tests for key, _ in of_column))
        numbers: dict[str | None, int] = {}
        slots: list[tuple[int, int]] = []
        for column in columns:
            owner = numbers.setdefault(column.counted.owner, len(numbers))
            slots.append((owner, sum(slot[0] == owner for slot in slots)))
        marks = []
        for of_column in tests:
            rows = np.ones(len(self.frame), dtype=bool)
            for key, test in of_column:
                rows &= self.keys[key].marks(test)
            marks.append(rows)
        kinds: dict[tuple[int, ...], int] = {}
        of_texts: dict[tuple[str, ...], int] = {}
        distinct = self.frame[list(keys)].drop_duplicates() if keys else self.frame[:1]
        for row, texts in zip(distinct.index.tolist(), distinct[list(keys)].itertuples(index=False), strict=True):
            stages = tuple(slots[n][1] for n, of_column in enumerate(marks) if of_column[row])
            owner = next((slots[n][0] for n, of_column in enumerate(marks) if of_column[row]), 0)
            if stages:
                of_texts[tuple(texts)] = kinds.setdefault((owner, *stages), len(kinds))
        owners: dict[str, int] = {}
        by_owner = self.by.key(self.roles[0]) if None not in numbers else ""
        for name, n in numbers.items() if by_owner else ():
            owners |= dict.fromkeys(self.keys[by_owner].passing(self._owner_test(columns, name or "")), n)
        places = {slot: column.place for slot, column in zip(slots, columns, strict=True)}
        out = Kinds(keys, of_texts, tuple(kind[1:] for kind in kinds), by_owner, owners)
        if out.simple:
            places = {(0, n): places[kind[0], kind[1]] for kind, n in kinds.items()}
        return out, places

    def _count_persons(self, who: str, columns: list[Column]) -> None:
        """Adds each person on the day on which they first come to a stage."""
        import pandas as pd

        kinds, places = self._kinds(columns)
        if not kinds.numbers:
            return
        days, texts = self._days()
        roles, events = self._role_places(), self.events
        frame = events.read(firsts(events, self.by, who, kinds, self._asked(), days, roles))
        packed = frame["first"].to_numpy(dtype=np.int64)
        out = {"n": frame["n"].to_numpy()}
        for key, of_role in reversed(roles):
            packed, place = np.divmod(packed, 1 + max(of_role.values(), default=0))
            of_place = {n: text for text, n in of_role.items()}
            out[key] = np.array([of_place[n] for n in place.tolist()], dtype=object)
        out["day"] = np.array([texts.get(n, "") for n in packed.tolist()], dtype=object)
        table = pd.DataFrame(out)
        own, slot = frame["own"].to_numpy(), frame["slot"].to_numpy()
        for (owner, number), name in places.items():
            self.parts[name].append(table[(own == owner) & (slot == number)])

    def _count_amounts(self, who: str, column: Column) -> None:
        """Adds the amount of each event once, on the day on which it first counts."""
        tests = self._tests(column.counted)
        asked = [*self._asked(), *(Among(key, self.keys[key].passing(test)) for key, test in tests)]
        (days, _), roles, amount = self._days(), self._role_places(), self.by.amount(bare(column.counted.value or ""))
        once = one_each(self.events, self.by, who, asked, days, roles, amount, latest=False)
        self.parts[column.place].append(self.events.read(once))

    def _owner_test(self, columns: list[Column], owner: str) -> Callable[[str], bool]:
        """Whether a channel's text is one of an owner's."""
        counted = next(column.counted for column in columns if column.counted.owner == owner)
        values = next(values for header, values in counted.where if bare(header) == self.roles[0])
        return partial(fitting, values=values)

    def _count_deals(self, who: str, among: tuple[tuple[str, tuple[str, ...]], ...], columns: list[Column]) -> None:
        """Adds each deal on the day on which it was closed last."""
        asked, order = self._asked(), []
        for header, values in among:
            key = self.by.key(bare(header))
            asked.append(Among(key, self.keys[key].passing(partial(fitting, values=values))))
        for header, values in among[:1]:
            key = self.by.key(bare(header))
            places = status_ranks(self.keys[key].trimmed, values).tolist()
            order.append((key, dict(zip(self.keys[key].raw, places, strict=True))))
        order += self._role_places()
        amount = next((self.by.amount(bare(c.counted.value)) for c in columns if c.counted.value), None)
        days, _ = self._days()
        frame = self.events.read(one_each(self.events, self.by, who, asked, days, order, amount, latest=True))
        for column in columns:
            rows = np.ones(len(frame), dtype=bool)
            for key, test in self._tests(column.counted):
                rows &= Texts(frame[key]).marks(test)
            self.parts[column.place].append(frame[rows])


def _is_iso_day(text: str) -> bool:
    with suppress(ValueError):
        return _ISO_DAY.fullmatch(text) is not None and dt.date.fromisoformat(text).year >= 1900
    return False
