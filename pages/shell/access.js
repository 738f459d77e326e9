// What a move changed is said politely; Escape closes a chart's tooltip; a table that scrolls can be reached by keyboard.
export default function ({ parentElement, data }) {
  const region = parentElement.querySelector('[role="status"]');
  if (region.textContent !== data.text) region.textContent = data.text;
  region.stop?.();

  const shut = (event) => {
    if (event.key === "Escape") document.getElementById("vg-tooltip-element")?.classList.remove("visible");
  };
  const reach = (table) => {
    if (table.scrollWidth > table.clientWidth) {
      table.tabIndex = 0;
      table.setAttribute("role", "group");
      table.setAttribute("aria-label", "Table that scrolls sideways");
    } else {
      for (const name of ["tabindex", "role", "aria-label"]) table.removeAttribute(name);
    }
  };
  const sizes = new ResizeObserver((entries) => entries.forEach(({ target }) => reach(target.closest(".table"))));
  const seen = new WeakSet();
  const look = () => {
    for (const part of document.querySelectorAll(".table, .table > table")) {
      if (!seen.has(part)) sizes.observe(part);
      seen.add(part);
    }
  };
  let waiting = 0;
  const changes = new MutationObserver(() => { waiting ||= requestAnimationFrame(() => { waiting = 0; look(); }); });
  changes.observe(document.querySelector('[data-testid="stMain"]') ?? document.body, { childList: true, subtree: true });
  document.addEventListener("keydown", shut);
  look();
  region.stop = () => {
    changes.disconnect();
    sizes.disconnect();
    document.removeEventListener("keydown", shut);
  };
  return region.stop;
}
