// Name in Dutch what Gradio names in English: what closes its message, made when that is shown. To
// Gradio the bar around it is a button too, which may hold none: here it is not.
// What the message says is in style.css.
const name = "Sluit deze melding";
new MutationObserver(() => {
  for (const close of document.querySelectorAll(`.toast-close:not([aria-label="${name}"])`)) {
    close.setAttribute("aria-label", name);
  }
  for (const bar of document.querySelectorAll(".toast-header[role]")) {
    bar.removeAttribute("role");
    bar.removeAttribute("tabindex");
  }
}).observe(document.body, { childList: true, subtree: true });
