// Present mode: a class on the page's body, kept in this tab. P begins it, Escape ends it; the keys that a presenter's
// remote sends turn the page, through the links of the hidden side bar.
const KEPT = "planner:present";

function typing(target) {
  const inner = target?.shadowRoot?.activeElement ?? target;
  return Boolean(inner?.matches?.("input:not([type=range]), textarea, select, [contenteditable=true]"));
}

function deepest(event) {
  return event.composedPath()[0];
}

function open() {
  return document.querySelector('[role="dialog"], [role="listbox"], [data-testid="stPopoverBody"]');
}

export default function ({ parentElement }) {
  const box = parentElement.querySelector("div");
  const toggle = box.querySelector(".toggle");
  const { classList } = document.body;
  const show = (presenting) => {
    classList.toggle("present", presenting);
    box.classList.toggle("presenting", presenting);
    toggle.textContent = presenting ? "End presentation" : "Present";
    toggle.title = presenting ? "Esc ends it; Page Up and Page Down turn the page" : "Larger type, no side bar (key P)";
    toggle.setAttribute("aria-pressed", String(presenting));
  };
  const set = (presenting) => {
    if (presenting) sessionStorage.setItem(KEPT, "1");
    else sessionStorage.removeItem(KEPT);
    show(presenting);
    window.dispatchEvent(new Event("resize")); // charts take their new width
  };
  const turn = (step) => {
    const links = [...document.querySelectorAll('[data-testid="stSidebarNavLink"]')];
    const here = links.findIndex((link) => new URL(link.href).pathname.replace(/\/$/, "") === location.pathname.replace(/\/$/, ""));
    links[here + step]?.click();
  };
  const pressed = (event) => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || typing(deepest(event))) return;
    const presenting = classList.contains("present");
    if (event.key === "Escape" && presenting && !open()) set(false);
    else if (event.key.toLowerCase() === "p" && !open()) set(!presenting);
    else if (presenting && (event.key === "PageDown" || event.key === "PageUp")) {
      event.preventDefault();
      turn(event.key === "PageDown" ? 1 : -1);
    }
  };
  toggle.onclick = () => set(!classList.contains("present"));
  box.querySelector(".back").onclick = () => turn(-1);
  box.querySelector(".on").onclick = () => turn(1);
  show(sessionStorage.getItem(KEPT) === "1");
  box.stop?.();
  document.addEventListener("keydown", pressed);
  return (box.stop = () => document.removeEventListener("keydown", pressed));
}
