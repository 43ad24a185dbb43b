// An enhancement only: every page works without it. Keys, drawings opened at the day asked about, progress renewed.
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

// What is under way: its element is renewed every second; once it is not there any more, so is the page.
const look = async () => {
  try {
    const answer = await fetch(location.href, { headers: { Accept: "text/html", "X-Lvyue-Look": "1" } });
    if (answer.redirected) return location.replace(answer.url);
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const now = page.querySelector("[data-again]");
    if (!now) return location.reload();
    document.querySelector("[data-again]").replaceWith(document.adoptNode(now));
  } catch { /* asked again */ }
  setTimeout(look, 1000);
};
if (document.querySelector("[data-again]")) setTimeout(look, 1000);
