// Open and close sources, and go to a new answer. Runs once, on the conversation (`element`).
// In Gradio's hands: element, watch. Knows nothing of what the sources say.
const wide = window.matchMedia("(min-width: 960px)");
const calm = window.matchMedia("(prefers-reduced-motion: reduce)");
let opener = null;
let turns = 0;

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
  const typing = event.target.closest("input, textarea, [contenteditable]");
  if (event.key === "Escape" && element.querySelector(".source:not([hidden])")) {
    shut(!typing);
  } else if (event.key === "/" && !typing && !event.ctrlKey && !event.metaKey && !event.altKey) {
    event.preventDefault();
    document.querySelector("#vraag textarea")?.focus();
  }
});

watch("value", () => {
  opener = null;
  const all = element.querySelectorAll(".turn");
  const last = all[all.length - 1];
  if (last && (all.length !== turns || !last.querySelector(".waiting"))) {
    last.scrollIntoView({ block: "start", behavior: calm.matches ? "auto" : "smooth" });
  }
  turns = all.length;
  // Beside the conversation there is room: show the first source of a new answer at once.
  const marker = last?.querySelector(".answer:not(.refusal) .marker");
  if (marker && wide.matches) show(marker, false);
});
