"""The warehouse whose tables may be counted: a section [warehouse] of Streamlit's secrets, or none."""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st

__all__ = ["Warehouse", "configured"]


@dataclass(frozen=True)
class Warehouse:
    """The address of a database, such as postgres://reader@host/sales, and what of it may be counted.

    `tables` are the only ones that can be chosen, any where there are none; `schema` is where they are.
    """

    address: str = ""
    schema: str | None = None
    tables: tuple[str, ...] = ()


def configured() -> Warehouse:
    """What the secrets say; without an address where they name no warehouse."""
    if not st.secrets.load_if_toml_exists() or "warehouse" not in st.secrets:
        return Warehouse()
    section = st.secrets["warehouse"]
    tables = tuple(map(str, section.get("tables", ())))
    return Warehouse(str(section.get("address", "")), section.get("schema"), tables)
