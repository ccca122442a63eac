// The field of the postal code follows the country at once. Without it that happens once the page is sent.
const address = document.querySelector("[data-postal]");
let last = 0;

async function follow() {
  const mine = ++last;
  const body = new FormData();
  for (const name of ["csrfmiddlewaretoken", "country", "postal_code"]) body.set(name, address.elements[name].value);
  const answer = await fetch(address.dataset.postal, { method: "POST", body, headers: { "HX-Request": "true" } });
  const typing = document.activeElement === address.elements.postal_code;
  if (!answer.ok || mine !== last || typing) return; // something newer was chosen, or is being written
  document.getElementById("postal").outerHTML = await answer.text();
}

address?.addEventListener("change", (event) => {
  if (["country", "postal_code"].includes(event.target.name)) follow();
});
