// Fill the tab when it opens, and again when a choice changes. Runs once, on the form (`element`).
// Knows nothing of what there is to choose.
const chosen = () => Object.fromEntries([...element.querySelectorAll("[name]")].map((field) => [field.name, field.value]));

document.addEventListener("wegwijs:opened", (event) => {
  if (event.detail === "bronnen") trigger("select", chosen());
});
element.addEventListener("change", () => trigger("change", chosen()));
element.addEventListener("submit", (event) => {
  event.preventDefault();
  trigger("change", chosen());
});
