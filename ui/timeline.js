// Ask about a milestone. Runs after cards.js, on the milestones (`element`).
// Knows nothing of what a milestone is.
element.addEventListener("click", (event) => {
  const button = event.target.closest("[data-questions]");
  if (!button) return;
  document.dispatchEvent(new CustomEvent("wegwijs:go", { detail: { tab: "vraag", focus: true } }));
  trigger("submit", { questions: button.dataset.questions });
});

watch("value", () => { opener = null; });
