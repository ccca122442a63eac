// Copies the text and saves the picture as PNG. Without it the text can be selected and the SVG downloaded.
"use strict";
document.addEventListener("click", async (event) => {
  const copy = event.target.closest("[data-copy]");
  if (copy) {
    const field = document.getElementById(copy.dataset.copy);
    field.select();
    await navigator.clipboard.writeText(field.value);
    copy.querySelector("[data-label]").textContent = copy.dataset.done;
  }
  const save = event.target.closest("[data-png]");
  if (save) {
    const svg = await (await fetch(save.dataset.png)).text();
    const image = new Image();
    image.src = "data:image/svg+xml;charset=utf-8," + encodeURIComponent(svg);
    await image.decode();
    const canvas = document.createElement("canvas");
    canvas.width = image.naturalWidth;
    canvas.height = image.naturalHeight;
    canvas.getContext("2d").drawImage(image, 0, 0);
    const link = document.createElement("a");
    link.href = canvas.toDataURL("image/png");
    link.download = save.dataset.name;
    link.click();
  }
});
for (const button of document.querySelectorAll("[data-copy], [data-png]")) button.hidden = false;
