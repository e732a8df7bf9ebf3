// Fill the tab when it opens. Runs once, on the page about the window (`element`).
document.addEventListener("wegwijs:opened", (event) => {
  if (event.detail === "over") trigger("select", {});
});
