// Pass on to the page what the server sent for it. Runs on a piece that shows nothing (`element`).
// In Gradio's hands: element, watch. Knows nothing of what it passes on.
watch("value", () => {
  const sent = element.querySelector("[data-sent]");
  if (sent) document.dispatchEvent(new CustomEvent(`wegwijs:${sent.dataset.sent}`, { detail: { ...sent.dataset } }));
});
