// Go to the question and to a new answer. Runs after cards.js, on the conversation (`element`).
// In Gradio's hands: element, watch. Knows nothing of what the answers say.
let turns = 0;

document.addEventListener("keydown", (event) => {
  const typing = event.target.closest("input, textarea, select, [contenteditable]");
  if (event.key !== "/" || typing || event.ctrlKey || event.metaKey || event.altKey) return;
  event.preventDefault();
  document.dispatchEvent(new CustomEvent("wegwijs:go", { detail: { tab: "vraag" } }));
  document.querySelector("#vraag textarea")?.focus();
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
