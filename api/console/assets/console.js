// An enhancement only: every page works without it. Keys, and drawings opened at the day asked about.
const typing = element => /^(INPUT|SELECT|TEXTAREA)$/.test(element.tagName) || element.isContentEditable;
const dialog = document.getElementById("shortcuts");

document.addEventListener("keydown", event => {
  if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
  if (event.key === "?" && dialog && dialog.showModal) {
    event.preventDefault();
    if (!dialog.open) dialog.showModal();
    return;
  }
  const target = document.querySelector(`[data-key="${CSS.escape(event.key)}"]`);
  if (!target || (dialog && dialog.open)) return;
  event.preventDefault();
  if (typing(target)) target.focus(); else target.click();
});

for (const figure of document.querySelectorAll(".band[data-now]")) {
  const share = Number(figure.dataset.now);
  figure.scrollLeft = Math.max(0, figure.scrollWidth * share - figure.clientWidth * 0.7);
}
