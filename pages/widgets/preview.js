// A drag at frame rate: the ladder says where a thumb is, and the key figures answer at once from response curves that
// the engine made. The server confirms when the thumb is let go; until its answer is here the preview stays.

export function written(value, unit, locale) {
  // As the planner writes a figure in a sentence: counts below 100 to one decimal, else three figures, compact.
  if (!Number.isFinite(value)) return "–";
  const [digits, power] = threeDigits(Math.abs(value));
  const text = unsigned(digits, power, unit, locale);
  return (value < 0 && /[1-9]/.test(text) ? "−" : "") + locale.around[unit][0] + text + locale.around[unit][1];
}

function threeDigits(value) {
  // The number's first three digits and the power of ten of the first; an exact half goes to the even digit.
  const [mantissa, exponent] = value.toExponential(60).split("e");
  const all = mantissa.replace(".", "");
  const first = Number(all.slice(0, 3));
  const rest = all.slice(3);
  const up = /^50*$/.test(rest) ? first % 2 : Number(rest[0] >= "5");
  if (first + up === 1000) return [100, Number(exponent) + 1];
  return [first + up, Number(exponent)];
}

function unsigned(digits, power, unit, locale) {
  // Three digits, the first of which stands at 10^power.
  if (unit === "percent") {
    const figures = digits ? String(digits).replace(/0+$/, "").length : 0;
    return fixed(digits, power + 2, Math.min(Math.max(figures - 3 - power, 0), 4), locale);
  }
  if (power >= 6) {
    const [divisor, start, end] = locale.compact[power] ?? [0, "", ""];
    const places = Math.max(2 - (power % 3), 0);
    return start + trimmed(fixed(digits, power - divisor, places, { ...locale, group: "" }), locale) + end;
  }
  if (unit === "money") return fixed(digits, power, power < 2 && digits ? locale.cents : 0, locale);
  return trimmed(fixed(digits, power, power >= 2 || !digits ? 0 : power < 0 ? 2 : 1, locale), locale);
}

function fixed(digits, power, places, locale) {
  // Three digits times 10^(power − 2), with so many decimals; a half goes to the even digit.
  const cut = 2 - power - places; // digits that have no place
  let whole = String(digits);
  if (cut > 0) {
    const unit = 10 ** Math.min(cut, 4);
    const rest = digits % unit;
    let kept = Math.floor(digits / unit);
    if (rest > unit / 2 || (rest === unit / 2 && kept % 2)) kept += 1;
    whole = String(kept);
  } else {
    whole += "0".repeat(-cut);
  }
  whole = whole.padStart(places + 1, "0");
  const head = places ? whole.slice(0, -places) : whole;
  return grouped(head, locale) + (places ? locale.decimal + whole.slice(-places) : "");
}

function grouped(whole, locale) {
  if (!locale.group || whole.length <= locale.first) return whole;
  const parts = [whole.slice(-locale.first)];
  let rest = whole.slice(0, -locale.first);
  for (; rest.length > locale.next; rest = rest.slice(0, -locale.next)) parts.unshift(rest.slice(-locale.next));
  return [rest, ...parts].join(locale.group);
}

function trimmed(text, locale) {
  const [whole, fraction = ""] = text.split(locale.decimal);
  const rest = fraction.replace(/0+$/, "");
  return rest ? whole + locale.decimal + rest : whole;
}

// -- the curve ----------------------------------------------------------------------------------------------------------

function slopes(at, values) {
  // Fritsch and Carlson's monotone cubic, as scipy's PchipInterpolator has it.
  const n = at.length;
  const step = at.slice(1).map((x, i) => x - at[i]);
  const rise = step.map((h, i) => (values[i + 1] - values[i]) / h);
  if (n === 2) return [rise[0], rise[0]];
  const inner = (i) => {
    if (rise[i - 1] * rise[i] <= 0) return 0;
    const left = 2 * step[i] + step[i - 1];
    const right = step[i] + 2 * step[i - 1];
    return (left + right) / (left / rise[i - 1] + right / rise[i]);
  };
  const edge = (h0, h1, m0, m1) => {
    const slope = ((2 * h0 + h1) * m0 - h0 * m1) / (h0 + h1);
    if (Math.sign(slope) !== Math.sign(m0)) return 0;
    return Math.sign(m0) !== Math.sign(m1) && Math.abs(slope) > 3 * Math.abs(m0) ? 3 * m0 : slope;
  };
  const found = at.map((_, i) => (i > 0 && i < n - 1 ? inner(i) : 0));
  found[0] = edge(step[0], step[1], rise[0], rise[1]);
  found[n - 1] = edge(step[n - 2], step[n - 3], rise[n - 2], rise[n - 3]);
  return found;
}

export function read(curve, name, x) {
  const { at } = curve;
  const values = curve.figures[name];
  const end = at.length - 1;
  let i = at.findIndex((node) => node > x) - 1;
  if (x <= at[0]) i = 0;
  if (i < 0) i = end - 1;
  curve.slopes ??= {};
  const slope = (curve.slopes[name] ??= slopes(at, values));
  const h = at[i + 1] - at[i];
  const t = Math.min(1, Math.max(0, (x - at[i]) / h));
  const s = 1 - t;
  return values[i] * s * s * (1 + 2 * t) + values[i + 1] * t * t * (3 - 2 * t) + h * t * s * (slope[i] * s - slope[i + 1] * t);
}

export function figureAt(curve, figure, x) {
  const [top, bottom] = figure.parts.map((part) => read(curve, part, x));
  if (bottom === undefined) return top;
  return Math.abs(bottom) >= 1e-9 ? top / bottom - figure.less : NaN;
}

// -- the page -----------------------------------------------------------------------------------------------------------

export default function ({ parentElement, data }) {
  const mark = parentElement.querySelector(".previews");
  const kept = (mark.kept ??= { curves: {}, now: null });
  kept.revisions = data.revisions;
  if (data.curves) Object.assign(kept, { figures: data.figures, locale: data.locale });
  for (const [path, curve] of Object.entries(data.curves ?? {})) {
    kept.curves[path] = curve && { ...curve, revision: data.revisions[path] };
  }
  const strip = () => document.querySelector(".strip:not(.ranges)");

  const answered = () => {
    const { ladder, number } = kept.now;
    return (JSON.parse(strip()?.dataset.answered || "{}")[ladder] ?? 0) >= number;
  };
  const paint = () => {
    const tiles = strip();
    if (!tiles || !kept.now) return;
    if (!kept.now.held && answered()) return restore(tiles);
    tiles.classList.add("previewing");
    for (const [key, figure] of Object.entries(kept.figures)) {
      const tile = tiles.querySelector(`[data-figure="${key}"]`);
      if (!tile) continue;
      const value = figureAt(kept.now.curve, figure, kept.now.value);
      const text = written(value, figure.unit, kept.locale);
      const node = tile.querySelector(".value");
      if (node.textContent !== text) node.textContent = text;
      const bar = tile.querySelector(".bar i");
      if (bar && figure.target > 0) bar.style.width = `${Math.round(100 * Math.min(Math.max(value / figure.target, 0), 1))}%`;
    }
  };
  const restore = (tiles) => {
    kept.now = null;
    tiles.classList.remove("previewing");
    for (const node of tiles.querySelectorAll(".value")) if (node.textContent !== node.dataset.text) node.textContent = node.dataset.text;
    for (const bar of tiles.querySelectorAll(".bar i")) bar.style.width = bar.dataset.width;
  };
  const moved = (event) => {
    const { path, value, ladder, number, held, stages } = event.detail;
    const curve = kept.curves[path];
    if (!curve || curve.revision !== kept.revisions[path]) return; // of a plan that is no more
    kept.now = { curve, value, ladder, number, held };
    paint();
    event.detail.flows = Object.fromEntries(
      stages.filter((stage) => curve.figures[stage]).map((stage) => [stage, written(read(curve, stage, value), "count", kept.locale)]),
    );
  };
  if (kept.now) paint(); // the server's answer to an older move must not be seen while a newer one is under way
  kept.stop?.();
  const watch = new MutationObserver(() => kept.now && !strip()?.classList.contains("previewing") && paint());
  watch.observe(document.querySelector(".st-key-top") ?? document.body, { childList: true, subtree: true });
  window.addEventListener("planner:lever", moved);
  kept.stop = () => {
    watch.disconnect();
    window.removeEventListener("planner:lever", moved);
  };
  return kept.stop;
}
