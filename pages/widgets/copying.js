export default function ({ parentElement, data, setTriggerValue }) {
  const box = parentElement.querySelector("div"), button = box.querySelector("button");
  const said = box.querySelector("span"), field = box.querySelector("input");
  const say = (text) => {
    said.textContent = text;
    clearTimeout(box.timer); box.timer = setTimeout(() => { said.textContent = ""; box.classList.remove("refused"); }, 8000);
  };
  button.textContent = data.label;
  field.setAttribute("aria-label", "Link");
  button.onclick = () => setTriggerValue("press", true);
  if (!data.text || box.dataset.press === String(data.press)) return;
  box.dataset.press = data.press;
  const copied = () => { button.dataset.copied = data.text; say(data.said); };
  const by_hand = () => {
    box.classList.add("refused");
    field.value = data.text; field.focus(); field.select();
    if (document.execCommand("copy")) { box.classList.remove("refused"); button.focus(); copied(); }
    else say("The browser did not allow copying: press Ctrl+C.");
  };
  if (navigator.clipboard) navigator.clipboard.writeText(data.text).then(copied, by_hand); else by_hand();
}
