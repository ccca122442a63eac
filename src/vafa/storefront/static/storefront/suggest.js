// Suggestions while somebody types. Without it the box searches when it is sent.
const form = document.querySelector("[data-suggest]");
const list = form?.querySelector("[data-suggestions]");
const box = form?.querySelector("input[type=search]");
let waiting = 0;
let asked = "";

async function look() {
  const typed = box.value.trim();
  if (typed === asked) return;
  asked = typed;
  const answer = typed.length < 2 ? null : await fetch(`${form.dataset.suggest}?q=${encodeURIComponent(typed)}`);
  if (typed !== asked) return; // something newer was asked meanwhile
  list.innerHTML = answer?.ok ? await answer.text() : "";
  list.hidden = !list.querySelector("a");
}

function close() {
  list.hidden = true;
}

if (box && list) {
  box.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(look, 120);
  });
  form.addEventListener("keydown", (event) => {
    const links = [...list.querySelectorAll("a")];
    const at = links.indexOf(document.activeElement);
    if (event.key === "Escape") close();
    if (list.hidden || !["ArrowDown", "ArrowUp"].includes(event.key)) return;
    event.preventDefault();
    const next = at + (event.key === "ArrowDown" ? 1 : -1);
    (links[next] ?? box).focus();
  });
  document.addEventListener("click", (event) => form.contains(event.target) || close());
}
