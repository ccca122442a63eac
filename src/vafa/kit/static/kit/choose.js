// A file input in the page's own words: the browser's own speaks its maker's language. Without this script that one stays.
for (const field of document.querySelectorAll("[data-choose-file]")) {
  const input = field.querySelector("input[type=file]");
  const chosen = field.querySelector("[data-chosen]");
  const say = () => {
    chosen.textContent = input.files.length ? input.files[0].name : chosen.dataset.none;
  };
  input.className = "sr-only";
  field.querySelector("[data-choose]").hidden = false;
  input.addEventListener("change", say);
  say();
}
