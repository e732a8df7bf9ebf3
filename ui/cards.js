// Open and close sources. Runs once, on the piece of the page that holds them (`element`).
// Knows nothing of what the sources say, or of which piece it is.
const wide = window.matchMedia("(min-width: 960px)");
const calm = window.matchMedia("(prefers-reduced-motion: reduce)");
let opener = null;

function shut(giveBack) {
  for (const card of element.querySelectorAll(".source:not([hidden])")) card.hidden = true;
  for (const link of element.querySelectorAll("[aria-current]")) link.removeAttribute("aria-current");
  if (giveBack && opener && opener.isConnected) opener.focus();
  opener = null;
}

function show(link, takeFocus) {
  const card = document.getElementById(link.dataset.source);
  if (!card) return;
  shut(false);
  card.hidden = false;
  card.scrollTop = 0;
  for (const same of element.querySelectorAll(`[data-source="${link.dataset.source}"]`)) {
    same.setAttribute("aria-current", "true");
  }
  opener = link;
  if (!takeFocus) return;
  card.focus({ preventScroll: true });
  if (!wide.matches) card.scrollIntoView({ block: "nearest", behavior: calm.matches ? "auto" : "smooth" });
}

element.addEventListener("click", (event) => {
  const link = event.target.closest("[data-source]");
  if (link) show(link, true);
  else if (event.target.closest(".close")) shut(true);
});

document.addEventListener("keydown", (event) => {
  const open = element.offsetParent && element.querySelector(".source:not([hidden])");
  if (event.key !== "Escape" || !open) return;
  shut(!event.target.closest("input, textarea, [contenteditable]"));
});
