"""How numbers, dates and plurals are written and read, as people of the plan's locale do."""

from planner.plan.naming import in_text
from planner.words.places import country_name
from planner.words.reading import NoNumber, Number, NumberText, currency_of, number_text, read_number
from planner.words.writing import (
    DASH,
    Signs,
    begins_formula,
    change,
    counted,
    day,
    decimal_sign,
    in_field,
    listed,
    month_name,
    month_names,
    plural,
    short,
    signs,
    write,
    write_exact,
)  # fmt: skip

__all__ = [
    "DASH", "NoNumber", "Number", "NumberText", "Signs", "begins_formula", "change", "counted", "country_name",
    "currency_of", "day", "decimal_sign", "in_field", "in_text", "listed", "month_name", "month_names",
    "number_text", "plural", "read_number", "short", "signs", "write", "write_exact",
]  # fmt: skip
