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
