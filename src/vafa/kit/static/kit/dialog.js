// A link to a dialog opens it as one: the focus stays inside, Escape closes it. Without this script the link leads to it.
document.addEventListener("click", (event) => {
  const opener = event.target.closest("[data-opens]");
  const closer = event.target.closest("[data-closes]");
  const dialog = opener ? document.getElementById(opener.dataset.opens) : closer && closer.closest("dialog[open]");
  if (!dialog) return;
  event.preventDefault();
  if (opener) dialog.showModal();
  else dialog.close();
});
