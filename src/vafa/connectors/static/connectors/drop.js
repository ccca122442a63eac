// Lets a file be dropped on the form, and says its name in the page's own words; without this script the browser's own
// file input does the same.
for (const form of document.querySelectorAll("form[data-drop]")) {
  const input = form.querySelector("input[type=file]");
  const chosen = form.querySelector("[data-chosen]");
  const say = () => {
    chosen.textContent = input.files.length ? input.files[0].name : chosen.dataset.none;
  };
  input.classList.add("sr-only");
  form.querySelector("[data-choose]").hidden = false;
  input.addEventListener("change", say);
  say();
  for (const name of ["dragover", "dragenter"]) {
    form.addEventListener(name, (event) => {
      event.preventDefault();
      form.classList.add("dragging");
    });
  }
  form.addEventListener("dragleave", () => form.classList.remove("dragging"));
  form.addEventListener("drop", (event) => {
    event.preventDefault();
    form.classList.remove("dragging");
    if (event.dataTransfer.files.length === 1) {
      input.files = event.dataTransfer.files;
      say();
      form.requestSubmit();
    }
  });
}
