// Gradio's message, made when it is shown: name in Dutch what closes it, and let that be the only
// button: to Gradio the bar around it is one too, which may hold none. Say the message aloud from a
// place that was there before: of what comes with its words, not every screen reader speaks.
// What the message says is in style.css. Runs once, on the bar of tabs (`element`).
const name = "Sluit deze melding";
const aloud = document.createElement("p");
aloud.className = "unseen";
aloud.setAttribute("role", "alert");
element.append(aloud);

function strip(part, ...attributes) {
  for (const attribute of attributes) part.removeAttribute(attribute);
}

new MutationObserver(() => {
  for (const close of document.querySelectorAll(`.toast-close:not([aria-label="${name}"])`)) {
    close.setAttribute("aria-label", name);
  }
  for (const bar of document.querySelectorAll(".toast-header[role]")) strip(bar, "role", "tabindex");
  for (const body of document.querySelectorAll(".toast-body[role]")) strip(body, "role", "aria-live");
  const shown = document.querySelector(".toast-message-item");
  const words = shown ? getComputedStyle(shown, "::after").content.slice(1, -1) : "";
  if (aloud.textContent !== words) aloud.textContent = words;
}).observe(document.body, { childList: true, subtree: true });
