// Fill the tab when it opens, and again when a choice changes. Runs once, on a form or on a page
// that has nothing to choose (`element`). In Gradio's hands: element, trigger.
// Knows nothing of what there is to choose, or of which tab it is in.
const chosen = () => Object.fromEntries([...element.querySelectorAll("[name]")].map((field) => [field.name, field.value]));

function fill(name) {
  if (element.closest(`#paneel-${name}`)) trigger("select", chosen());
}

document.addEventListener("wegwijs:opened", (event) => fill(event.detail));
element.addEventListener("change", () => trigger("change", chosen()));
element.addEventListener("submit", (event) => {
  event.preventDefault();
  trigger("change", chosen());
});
// An address (#over) may have opened the tab before there was anyone to hear of it.
if (document.documentElement.dataset.tab) fill(document.documentElement.dataset.tab);
