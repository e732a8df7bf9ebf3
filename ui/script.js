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

// What was asked, for the list of earlier conversations.
function tell(all) {
  const questions = [...all].map((turn) => ({
    question: turn.querySelector(".question").textContent,
    topic: turn.dataset.topic,
  }));
  const done = !element.querySelector(".waiting");
  document.dispatchEvent(new CustomEvent("wegwijs:talk", { detail: { questions, done } }));
}

watch("value", () => {
  opener = null;
  const all = element.querySelectorAll(".turn");
  tell(all);
  const last = all[all.length - 1];
  if (last && (all.length !== turns || !last.querySelector(".waiting"))) {
    last.scrollIntoView({ block: "start", behavior: calm.matches ? "auto" : "smooth" });
  }
  turns = all.length;
  // What had the focus may be gone: a question that was offered, or a button under an answer.
  const focused = document.activeElement;
  const isLost = focused === document.body || !focused.checkVisibility();
  if (last && isLost) last.querySelector(".question").focus({ preventScroll: true });
  // Beside the conversation there is room: show the first source of a new answer at once.
  const marker = last?.querySelector(".answer:not(.refusal) .marker");
  if (marker && wide.matches) show(marker, false);
});
