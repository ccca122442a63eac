// The queue by one press and by keys. What is decided leaves at once and comes back where the server says no.
const queue = document.querySelector("[data-queue]");
const said = document.querySelector("[data-said]");
const keys = document.querySelector("[data-keys]");
const shown = () => [...queue.querySelectorAll("[data-held]:not([hidden])")].filter((each) => each.querySelector("form"));

const go = (to) => to?.querySelector("button")?.focus();

const decide = async (form, answer) => {
  const card = form.closest("[data-held]");
  const cards = shown();
  const next = cards[cards.indexOf(card) + 1] ?? cards[cards.indexOf(card) - 1];
  const body = new URLSearchParams(new FormData(form));
  body.set("answer", answer);
  card.hidden = true;
  go(next);
  try {
    const headers = { "HX-Request": "true", "X-CSRFToken": body.get("csrfmiddlewaretoken") };
    const answered = await fetch(form.action, { method: "POST", body, headers, redirect: "manual" });
    if (answered.status !== 204) throw new Error(answered.status === 409 ? await answered.text() : "");
    said.textContent = said.dataset[answer === "refuse" ? "refuse" : "letThrough"];
    if (!next) location.reload();
  } catch (problem) {
    card.hidden = false;
    said.textContent = "";
    if (!problem.message) return form.submit();
    const note = card.querySelector("[data-no]") ?? card.appendChild(document.createElement("p"));
    note.dataset.no = "";
    note.className = "alert tone-warn";
    note.setAttribute("role", "alert");
    note.textContent = problem.message;
    form.remove();
  }
};

if (queue && keys) {
  keys.hidden = false;
  queue.addEventListener("submit", (event) => {
    event.preventDefault();
    decide(event.target, event.submitter?.value ?? "refuse");
  });
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || /INPUT|TEXTAREA|SELECT/.test(event.target.tagName)) return;
    const cards = shown();
    const at = cards.findIndex((each) => each.contains(document.activeElement));
    const key = event.key.toLowerCase();
    if (key === "j") go(cards[Math.min(at + 1, cards.length - 1)]);
    if (key === "k") go(cards[Math.max(at - 1, 0)]);
    if ((key === "a" || key === "r") && at >= 0) decide(cards[at].querySelector("form"), key === "a" ? "let-through" : "refuse");
  });
}
