// Open a document from anywhere in the window, and go back. Runs once, on the reader (`element`).
// In Gradio's hands: element, trigger, watch. Knows nothing of what a document says.
const root = document.documentElement;
let from = null;
let turn = 0;

function go(tab) {
  document.dispatchEvent(new CustomEvent("wegwijs:go", { detail: { tab } }));
}

function reach(place, block) {
  place.tabIndex = -1;
  place.focus({ preventScroll: true });
  place.scrollIntoView({ block, behavior: "instant" });
}

document.addEventListener("click", (event) => {
  const opener = event.target.closest("[data-document]");
  if (!opener) return;
  from = { opener, tab: root.dataset.tab };
  turn += 1;
  trigger("select", { ...opener.dataset, turn: String(turn) });
});

element.addEventListener("click", (event) => {
  const link = event.target.closest('a[href^="#lees-"]');
  if (link) {
    event.preventDefault();
    const heading = document.getElementById(link.getAttribute("href").slice(1));
    if (heading) reach(heading, "start");
  } else if (event.target.closest(".back")) {
    delete root.dataset.reading;
    go(from.tab);
    if (from.opener.isConnected) from.opener.focus();
  }
});

watch("value", () => {
  if (!from) return;
  root.dataset.reading = "";
  go("bronnen");
  const quote = element.querySelector("mark");
  const title = element.querySelector(".title") ?? element;
  if (quote) reach(quote, "center");
  else reach(title, "start");
});
