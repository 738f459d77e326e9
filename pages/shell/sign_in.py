"""Who is here: the one who signed in, where sign-in is set up; else whoever has the browser, who owns what is in it.

Sign-in is Streamlit's own (OpenID Connect), set up by a section [auth] in its secrets. Without one nothing here shows.
"""

from __future__ import annotations

from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import streamlit as st

from pages.shell import first
from pages.widgets.texts import plain
from planner.errors import LibraryError
from planner.keep.members import person_of
from planner.keep.saved import MOST_NAME

__all__ = ["address", "name", "person", "show_who", "stop_without", "trouble", "wanted"]

LACKING = "Sign-in is set up, but its library is missing: pip install 'outbound-planner[auth]'"
UNREADABLE = "The file with the secrets of sign-in (.streamlit/secrets.toml) cannot be read: mend it, then start again."
INCOMPLETE = "Sign-in is set up without {}: add it to the section [auth] of .streamlit/secrets.toml, then start again."
NEEDED = ("redirect_uri", "cookie_secret")
DEFAULT = "default"  # how Streamlit calls the only provider


@lru_cache(maxsize=1)
def wanted() -> bool:
    """Whether people sign in here: the secrets are read once. A file of them that cannot be read locks the planner."""
    if st.secrets.load_if_toml_exists():
        return "auth" in st.secrets
    return any(Path(file).exists() for file in st.get_option("secrets.files"))


def trouble() -> str:
    """Why sign-in is set up and cannot work; "" where it can, or is not set up."""
    if not wanted():
        return ""
    if not st.secrets.load_if_toml_exists():
        return UNREADABLE
    missing = [key for key in NEEDED if not st.secrets["auth"].get(key)]
    return INCOMPLETE.format(" and ".join(missing)) if missing else LACKING if find_spec("authlib") is None else ""


def _claims() -> dict[str, Any]:
    """What the provider says of who signed in; nothing where nobody did."""
    claims = dict(st.user.to_dict())
    return claims if claims.get("is_logged_in") else {}


def person() -> str:
    """Who signed in, as the store knows that person; "" where nobody did, or without an e-mail address of theirs.

    An address that the provider calls unverified is nobody's.
    """
    claims = _claims()
    if str(claims.get("email_verified", True)).casefold() == "false":
        return ""
    try:
        return person_of(str(claims.get("email") or ""))
    except LibraryError:
        return ""


def address() -> str:
    """The e-mail address of who signed in; "" where nobody did."""
    return person().partition(":")[2]


def name() -> str:
    """What others see of who signed in, as the author of a version or a link."""
    text = " ".join(str(_claims().get("name") or "").split())
    return (text or address())[:MOST_NAME] if person() else ""


def _providers() -> tuple[str, ...]:
    """The providers by the names that the secrets give them."""
    section = st.secrets["auth"]
    named = [key for key in section if key != "client_kwargs" and hasattr(section[key], "keys")]
    return (DEFAULT,) if "client_id" in section else tuple(named)


def stop_without() -> None:
    """Where sign-in is set up, nothing of the planner is shown to whoever has not signed in."""
    if not wanted() or person():
        return
    first.dress("Sign in")
    with st.container(key="nothing", border=True):
        st.html('<h1 class="page">Sign in</h1>')
        if trouble():
            st.error(plain(trouble()))
        elif _claims():
            st.markdown(
                "You are signed in, but without a verified e-mail address, and plans are shared by address. "
                "Sign in with another account, or ask whoever runs this planner."
            )
            st.button("Sign out", key="sign_out", on_click=st.logout)
        else:
            st.markdown("Plans here are for people who sign in. A link that you opened is shown right after.")
            for provider in _providers():
                label = "Sign in" if provider == DEFAULT else f"Sign in with {plain(provider.capitalize())}"
                st.button(label, key=f"sign_in:{provider}", type="primary", on_click=_go, args=(provider,))
    first.whole()
    st.stop()


def _go(provider: str) -> None:
    st.login(None if provider == DEFAULT else provider)


def show_who() -> None:
    """In the menu: who signed in, and the way out."""
    if wanted():
        with st.sidebar.container(key="who"):
            st.caption(plain(f"Signed in as {address()}"))
            st.button("Sign out", key="sign_out", on_click=st.logout, type="tertiary")
