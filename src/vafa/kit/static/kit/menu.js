// Escape closes the menu of narrow screens and gives the focus back to what opened it; without this script a tap closes it.
document.addEventListener("keydown", (event) => {
  const menu = event.key === "Escape" && document.querySelector(".bottom details[open]");
  if (!menu) return;
  menu.open = false;
  menu.querySelector("summary").focus();
});
