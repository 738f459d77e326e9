// A ladder of levers: slider, typed value, typical range and what results, moved live. The server owns every value; what
// was moved and not yet answered is kept in `waiting`, so that an answer to an older move never pulls a thumb back.
const DRAG = 70; // milliseconds between moves of one drag

function element(tag, name, parent) {
  const made = document.createElement(tag);
  made.className = name;
  parent.append(made);
  return made;
}

function text(node, value) {
  if (node.textContent !== value) node.textContent = value;
}

function build(row, ladder, send) {
  const box = element("div", "rung", ladder);
  const name = element("div", "name", box);
  const parts = { box, name: element("b", "", name), help: element("button", "help", name), under: element("small", "", name) };
  parts.help.type = "button";
  parts.help.textContent = "?";
  parts.tip = element("span", "tip", parts.help);
  parts.slider = element("input", "slider", box);
  parts.slider.type = "range";
  parts.band = element("div", "band", box);
  parts.typed = element("label", "typed", box);
  parts.field = element("input", "field", parts.typed);
  parts.field.type = "number";
  parts.unit = element("span", "unit", parts.typed);
  parts.flow = element("div", "flow", box);
  parts.slider.onpointerdown = () => { parts.dragged = true; };
  parts.slider.oninput = () => {
    parts.field.value = Number(parts.slider.value).toFixed(parts.row.decimals);
    paint(parts);
    send(parts.row.path, Number(parts.slider.value), DRAG, !parts.dragged);
  };
  const settle = () => {
    if (parts.dragged) send(parts.row.path, Number(parts.slider.value), 0, true);
    parts.dragged = false;
  };
  parts.slider.onpointerup = parts.slider.onpointercancel = parts.slider.onchange = settle;
  parts.field.onchange = () => {
    const value = parts.field.value === "" ? NaN : Number(parts.field.value);
    if (!(value >= parts.row.least && value <= parts.row.most)) {
      parts.field.setCustomValidity(parts.row.bounds);
      parts.field.reportValidity();
      return;
    }
    parts.slider.value = value;
    paint(parts);
    send(parts.row.path, value, 0, true);
  };
  parts.field.oninput = () => parts.field.setCustomValidity("");
  return parts;
}

function paint(parts) {
  const { low, high } = parts.row;
  const share = (100 * (Math.min(high, Math.max(low, Number(parts.slider.value))) - low)) / (high - low);
  parts.slider.style.setProperty("--share", `${share}%`);
  parts.slider.setAttribute("aria-valuetext", `${parts.field.value} ${parts.row.unit}`.trim());
}

function update(parts, row, off, waits) {
  parts.row = row;
  text(parts.name, row.name);
  text(parts.under, row.under);
  text(parts.tip, row.tip);
  parts.help.hidden = !row.tip;
  parts.help.setAttribute("aria-label", `${row.name}: ${row.tip}`);
  Object.assign(parts.slider, { min: row.low, max: row.high, step: row.step, disabled: off });
  Object.assign(parts.field, { min: row.least, max: row.most, step: "any", disabled: off });
  parts.slider.setAttribute("aria-label", `${row.name} (${row.unit || row.under})`);
  parts.field.setAttribute("aria-label", `${row.name}, typed (${row.unit || row.under})`);
  text(parts.unit, row.unit);
  parts.band.innerHTML = row.band;
  parts.flow.innerHTML = row.flow;
  parts.flow.hidden = !row.flow;
  const typing = parts.field.matches(":focus") && parts.field.value !== parts.shown;
  if (!waits && !typing) {
    parts.slider.value = row.value;
    parts.field.value = parts.shown = row.written;
    parts.field.setCustomValidity("");
  }
  paint(parts);
}

export default function ({ parentElement, data, setTriggerValue }) {
  const ladder = parentElement.querySelector(".ladder");
  const kept = (ladder.kept ??= { rows: new Map(), waiting: new Map(), number: 0, timer: 0, sent: 0 });
  kept.trigger = setTriggerValue;
  for (const [path, move] of kept.waiting) if (move.number <= data.answered) kept.waiting.delete(path);
  const flush = () => {
    clearTimeout(kept.timer);
    kept.timer = 0;
    kept.sent = performance.now();
    const moves = Object.fromEntries([...kept.waiting].map(([path, move]) => [path, move.value]));
    kept.trigger("move", { number: kept.number, moves, settled: kept.settled });
  };
  const send = (path, value, wait, settled) => {
    kept.settled = settled; // not while a thumb is held: the address follows when it is let go
    kept.number += 1;
    kept.waiting.set(path, { value, number: kept.number });
    const left = wait - (performance.now() - kept.sent);
    if (left <= 0) flush();
    else kept.timer ||= setTimeout(flush, left);
  };
  const wanted = data.rows.map((row) => row.path).join(" ");
  if (ladder.wanted !== wanted) {
    ladder.replaceChildren();
    kept.rows.clear();
    kept.waiting.clear();
    ladder.wanted = wanted;
  }
  for (const row of data.rows) {
    if (!kept.rows.has(row.path)) kept.rows.set(row.path, build(row, ladder, send));
    update(kept.rows.get(row.path), row, data.off, kept.waiting.has(row.path));
  }
}
