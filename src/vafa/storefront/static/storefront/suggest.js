// Suggestions while somebody types. Without it the box searches when it is sent.
const form = document.querySelector("[data-suggest]");
const list = form?.querySelector("[data-suggestions]");
const told = form?.querySelector("[data-suggested]");
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
  told.textContent = list.querySelector("[data-said]")?.textContent ?? "";
}

function close() {
  list.hidden = true;
  told.textContent = "";
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

// What nothing was found for is told to the shop; without this there is a button for it.
const missed = document.querySelector("[data-missed]");
if (missed) {
  const body = new FormData(missed);
  fetch(missed.action, { method: "POST", body, headers: { "HX-Request": "true" } }).then(async (answer) => {
    if (answer.ok) missed.outerHTML = await answer.text();
  });
}
