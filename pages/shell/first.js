// The first page is shown once all its elements and charts are there and have found their places; from then on it stays.
const PATIENCE = 4000; // milliseconds for which a chart is waited for
const STILL = 120; // milliseconds in which nothing has moved

export default function () {
  const { classList } = document.body;
  if (classList.contains("whole")) return;
  const since = performance.now();
  const drawn = () =>
    !document.querySelector('[data-testid="stSkeleton"]') &&
    [...document.querySelectorAll('[data-testid="stVegaLiteChart"]')].every((chart) => chart.querySelector("svg, canvas"));
  const places = () => {
    const parts = document.querySelectorAll('[data-testid="stMain"] :is([data-testid="stElementContainer"], [data-testid="stLayoutWrapper"])');
    return [...parts].map((part) => { const box = part.getBoundingClientRect(); return `${box.x} ${box.y} ${box.height}`; }).join();
  };
  let [before, still] = ["", since];
  const look = () => {
    const now = performance.now();
    const here = places();
    if (here !== before || !drawn()) [before, still] = [here, now];
    if (now - still > STILL || now - since > PATIENCE) requestAnimationFrame(() => classList.add("whole"));
    else setTimeout(look, 30);
  };
  look();
}
