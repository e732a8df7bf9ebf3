// Name in Dutch what Gradio names in English: the parts of its message, made when it is shown.
// What the message says is in style.css.
const dutch = { ".toast-header": "Melding", ".toast-close": "Sluit deze melding" };
new MutationObserver(() => {
  for (const [part, name] of Object.entries(dutch)) {
    for (const found of document.querySelectorAll(`${part}:not([aria-label="${name}"])`)) {
      found.setAttribute("aria-label", name);
    }
  }
}).observe(document.body, { childList: true, subtree: true });
