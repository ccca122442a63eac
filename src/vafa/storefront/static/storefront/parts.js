// Parts of a page that come after it: what stands beside a product, and price and date once something else is chosen.
// Without it there are a link and a button for them.
(() => {
  let asked = new AbortController();

  const part = async (address, id, signal) => {
    const answer = await fetch(address, { signal });
    const page = new DOMParser().parseFromString(answer.ok ? await answer.text() : "", "text/html");
    return page.getElementById(id);
  };

  // What was written stays, wherever the cursor is; and it never becomes part of an address.
  const replace = (made, come) => {
    const at = document.activeElement?.id;
    for (const each of made.querySelectorAll("input[data-words]")) {
      const same = come.querySelector(`#${CSS.escape(each.id)}`);
      if (same) same.value = each.value;
    }
    made.replaceWith(come);
    if (at) document.getElementById(at)?.focus();
  };

  for (const each of document.querySelectorAll("[data-part]")) {
    part(each.dataset.part, each.id).then((come) => come && each.replaceWith(come), () => {});
  }

  document.addEventListener("change", async (event) => {
    const form = event.target.closest("form[data-made]");
    if (!form || event.target.type !== "radio") return;
    const said = [...new FormData(form)].filter(([name]) => name === "v" || name.startsWith("o."));
    const address = `${form.dataset.made}?${new URLSearchParams(said)}`;
    asked.abort();
    asked = new AbortController();
    try {
      const come = await part(address, "made", asked.signal);
      if (!come) return;
      replace(document.getElementById("made"), come);
      history.replaceState(null, "", address);
    } catch {
      // something newer was chosen meanwhile, or nothing can be reached: the basket shows it in any case
    }
  });
})();
