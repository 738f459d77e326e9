"""A button that copies a text in the browser: one click, no round trip."""

from __future__ import annotations

import streamlit as st

_SCRIPT = """
export default function ({ parentElement, data }) {
  const button = parentElement.querySelector("button"), said = parentElement.querySelector("span");
  button.textContent = data.label;
  button.onclick = async () => {
    try { await navigator.clipboard.writeText(data.text); }
    catch {
      const field = document.createElement("textarea");
      field.value = data.text; document.body.append(field); field.select(); document.execCommand("copy"); field.remove();
    }
    button.dataset.copied = data.text; said.textContent = data.said;
    clearTimeout(button.timer); button.timer = setTimeout(() => { said.textContent = ""; }, 6000);
  };
}
"""
_STYLE = """
div { position: relative; }
button { font: inherit; color: var(--st-background-color); background: var(--st-primary-color); border: 1px solid var(--st-primary-color);
  border-radius: var(--st-button-radius, 6px); padding: .3rem .85rem; min-height: 2.4rem; cursor: pointer; white-space: nowrap; }
button:hover { filter: brightness(1.1); } button:focus-visible { outline: 2px solid var(--st-text-color); outline-offset: 2px; }
span:not(:empty) { position: absolute; right: 0; top: calc(100% + .3rem); z-index: 99; width: max-content; max-width: 15rem; padding: .5rem .7rem; font-size: .85rem;
  color: var(--st-text-color); background: var(--st-secondary-background-color); border: 1px solid var(--st-border-color); border-radius: 6px; }
"""
_button = st.components.v2.component(
    "planner_copy", html='<div><button type="button"></button><span role="status"></span></div>', css=_STYLE, js=_SCRIPT
)


def copy_button(label: str, text: str, *, said: str) -> None:
    """A button that puts `text` on the clipboard and then says so."""
    _button(key=f"copy_{label.lower()}", data={"label": label, "text": text, "said": said}, width="content")
