// Start, stop and follow a run. Runs once, on the form that starts one (`element`).
// In Gradio's hands: element, trigger, watch. Knows nothing of questions or figures.
const EVERY = 1000; // milliseconds between two looks at how far it is
let busy = false;

function sent() {
  const fields = element.closest("[id^=paneel-]").querySelectorAll("[name]");
  return Object.fromEntries([...fields].map((field) => [field.name, field.value]));
}

element.addEventListener("submit", (event) => {
  event.preventDefault();
  busy = true;
  trigger("submit", sent());
});

element.addEventListener("click", (event) => {
  if (!event.target.closest("[data-stop]")) return;
  busy = true;
  trigger("stop", sent());
});

setInterval(() => {
  if (element.querySelector("[data-running]") && element.checkVisibility()) trigger("tick", sent());
}, EVERY);

// The button that was pressed is gone: go on at the one that came in its place.
watch("value", () => {
  if (busy && document.activeElement === document.body) element.querySelector("button")?.focus();
  busy = Boolean(element.querySelector("[data-running]")) && busy;
});
