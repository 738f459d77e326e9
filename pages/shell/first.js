// The first page is shown once all its elements and charts are there; from then on it stays.
const PATIENCE = 4000; // milliseconds for which a chart is waited for

export default function () {
  const { classList } = document.body;
  if (classList.contains("whole")) return;
  const since = performance.now();
  const drawn = () => [...document.querySelectorAll('[data-testid="stVegaLiteChart"]')].every((chart) => chart.querySelector("svg, canvas"));
  const look = () => {
    if (drawn() || performance.now() - since > PATIENCE) requestAnimationFrame(() => classList.add("whole"));
    else setTimeout(look, 30);
  };
  look();
}
