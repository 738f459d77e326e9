// A ladder of levers: slider, typed value, typical range and what results, moved live. The server owns every value and
// reads every typed text; what was moved and not yet answered is kept in `waiting`, so that an answer to an older move
// never pulls a thumb back.
const DRAG = 250; // milliseconds between the moves of one drag: at most four answers a second

function element(tag, name, parent) {
  const node = document.createElement(tag);
  node.className = name;
  parent.append(node);
  return node;
}

function text(node, value) {
  if (node.textContent !== value) node.textContent = value;
}

function written(value, row) {
  const [whole, part] = Math.abs(value).toFixed(row.decimals).split(".");
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, row.group);
  return (value < 0 ? "−" : "") + grouped + (part ? row.decimal + part : "");
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
  Object.assign(parts.field, { type: "text", inputMode: "decimal", autocomplete: "off", spellcheck: false });
  parts.unit = element("span", "unit", parts.typed);
  parts.flow = element("div", "flow", box);
  parts.effect = element("div", "effect", box);
  parts.effective = element("div", "effective", box);
  parts.refusal = element("div", "refusal", box);
  parts.refusal.setAttribute("role", "alert");
  parts.send = send;
  const slid = (settled) => {
    parts.field.value = written(Number(parts.slider.value), parts.row);
    paint(parts);
    send(parts.row.path, Number(parts.slider.value), DRAG, settled, true);
  };
  parts.slider.onpointerdown = () => { parts.dragged = true; };
  parts.slider.oninput = () => slid(!parts.dragged);
  const settle = () => {
    if (parts.dragged) send(parts.row.path, Number(parts.slider.value), 0, true, true);
    parts.dragged = false;
  };
  parts.slider.onpointerup = parts.slider.onpointercancel = parts.slider.onchange = settle;
  parts.field.oninput = () => { parts.typing = true; };
  parts.field.onchange = () => {
    parts.typing = false; // what the plan says next is what the field says
    send(parts.row.path, { text: parts.field.value }, 0, true);
  };
  parts.field.onkeydown = (event) => {
    const undo = (event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "z";
    if (undo && parts.typing) event.stopPropagation(); // the field's own undo, not the plan's
    if (event.key === "Escape" && parts.typing) {
      parts.typing = false;
      parts.field.value = parts.row.written;
    }
    if ((event.key === "ArrowUp" || event.key === "ArrowDown") && !parts.typing && !parts.slider.hidden) {
      event.preventDefault();
      if (event.key === "ArrowUp") parts.slider.stepUp();
      else parts.slider.stepDown();
      slid(true);
    }
  };
  parts.help.onmouseleave = parts.help.onblur = () => parts.help.classList.remove("shut");
  return parts;
}

function paint(parts) {
  const { low, high } = parts.row;
  const share = (100 * (Math.min(high, Math.max(low, Number(parts.slider.value))) - low)) / (high - low);
  parts.slider.style.setProperty("--share", `${share}%`);
  parts.slider.setAttribute("aria-valuetext", `${parts.field.value} ${parts.row.unit}`.trim());
}

function refuse(parts, row) {
  const wanted = row.refusal + row.readings.map((reading) => reading.written).join(" ");
  parts.refusal.hidden = !row.refusal;
  if (parts.refused === wanted) return;
  parts.refused = wanted;
  parts.refusal.textContent = row.refusal;
  for (const reading of row.readings) {
    const choice = element("button", "reading", parts.refusal);
    choice.type = "button";
    choice.textContent = reading.written;
    choice.onclick = () => parts.send(row.path, reading.value, 0, true);
  }
}

function update(parts, row, off, waits, previewed) {
  parts.row = row;
  text(parts.name, row.name);
  text(parts.under, row.under);
  text(parts.tip, row.tip);
  parts.help.hidden = !row.tip;
  parts.help.setAttribute("aria-label", `${row.name}: ${row.tip}`);
  parts.box.classList.toggle("plain", row.plain);
  parts.box.classList.toggle("bare", row.bare);
  parts.box.classList.toggle("stacked", row.stacked);
  parts.field.placeholder = row.hint;
  parts.slider.hidden = row.plain;
  Object.assign(parts.slider, { min: row.low, max: row.high, step: row.step, disabled: off });
  parts.field.disabled = off;
  parts.slider.setAttribute("aria-label", `${row.name} (${row.unit || row.under})`);
  const unit = row.unit || row.under ? ` (${row.unit || row.under})` : "";
  parts.field.setAttribute("aria-label", row.plain ? `${row.name}${unit}` : `${row.name}, typed${unit}`);
  text(parts.unit, row.unit);
  if (parts.drawn !== row.band) parts.band.innerHTML = parts.drawn = row.band;
  if (parts.flown !== row.flow && !previewed) parts.flow.innerHTML = parts.flown = row.flow;
  parts.flow.hidden = !row.flow;
  text(parts.effect, row.effect);
  text(parts.effective, row.effective);
  refuse(parts, row);
  parts.field.setAttribute("aria-invalid", String(Boolean(row.refusal)));
  if (!waits && !parts.typing && !parts.dragged) {
    parts.slider.value = row.value;
    parts.field.value = row.written;
  }
  paint(parts);
}

export default function ({ parentElement, data, setTriggerValue }) {
  const ladder = parentElement.querySelector(".ladder");
  const shut = (event) => { // a tip closes on Escape wherever the focus is, until it is asked for again
    if (event.key === "Escape") for (const help of ladder.querySelectorAll(".help:is(:hover, :focus)")) help.classList.add("shut");
  };
  ladder.stop?.();
  document.addEventListener("keydown", shut);
  const kept = (ladder.kept ??= { rows: new Map(), waiting: new Map(), number: data.answered, timer: 0, sent: 0 });
  kept.trigger = setTriggerValue;
  for (const [path, move] of kept.waiting) if (move.number <= data.answered) kept.waiting.delete(path);
  const flush = () => {
    clearTimeout(kept.timer);
    kept.timer = 0;
    kept.sent = performance.now();
    const moves = Object.fromEntries([...kept.waiting].map(([path, move]) => [path, move.value]));
    kept.trigger("move", { number: kept.number, moves, settled: kept.settled });
  };
  const send = (path, value, wait, settled, slid = false) => {
    kept.settled = settled; // not while a thumb is held: the address follows when it is let go
    kept.number += 1;
    kept.waiting.set(path, { value, number: kept.number });
    if (slid) foresee({ path, value, number: kept.number, held: !settled });
    const left = wait - (performance.now() - kept.sent);
    if (left <= 0) flush();
    else kept.timer ||= setTimeout(flush, left);
  };
  const foresee = (move) => {
    const stages = data.rows.map((row) => row.stage).filter(Boolean);
    const detail = { ...move, ladder: data.ladder, stages, flows: {} };
    window.dispatchEvent(new CustomEvent("planner:lever", { detail })); // the preview fills in what flows
    for (const parts of kept.rows.values()) {
      const text = detail.flows[parts.row.stage];
      if (!text) continue;
      parts.flow.querySelector("b").textContent = text;
      parts.flown = null; // the server's answer is drawn whatever it says
    }
  };
  const wanted = data.rows.map((row) => row.path).join(" ");
  if (ladder.wanted !== wanted) {
    clearTimeout(kept.timer); // a move under way belonged to the rows that are gone: it is sent, not dropped
    if (kept.timer) flush();
    ladder.replaceChildren();
    kept.rows.clear();
    kept.waiting.clear();
    ladder.wanted = wanted;
  }
  for (const row of data.rows) {
    if (!kept.rows.has(row.path)) kept.rows.set(row.path, build(row, ladder, send));
    update(kept.rows.get(row.path), row, data.off, kept.waiting.has(row.path), kept.waiting.size > 0);
  }
  ladder.stop = () => document.removeEventListener("keydown", shut);
  return ladder.stop;
}
