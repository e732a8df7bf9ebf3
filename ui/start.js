// Ask the server what there is to choose and to begin with; again and again while there is no index
// yet. Take over what was typed or asked before the window was there. Runs once, on the topics
// (`element`). In Gradio's hands: element, trigger, watch.
// Knows nothing of what the topics are.
const PAUSE = 3000; // milliseconds between two looks
let waited = "";

function look() {
  if (element.querySelector("[data-ready]")) return;
  trigger("select", { waited });
  setTimeout(look, PAUSE);
}

// A question that Wegwijs offers is asked of everything: so say the topics.
document.addEventListener("click", (event) => {
  const everything = element.querySelector('[value=""]');
  if (everything && event.target.closest("#voorbeelden button, [data-questions]")) everything.checked = true;
});

watch("value", () => {
  if (element.querySelector("[data-not-ready]")) waited = "yes";
});
// What was typed on the page that stood here while the program started, and asked there or not.
function handOver({ typed, asked }) {
  const box = document.querySelector("#vraag textarea");
  if (!box) return requestAnimationFrame(() => handOver({ typed, asked }));
  if (asked) return setTimeout(() => trigger("submit", { questions: JSON.stringify([typed]) }), 0);
  box.value = String(typed).slice(0, 500);
  box.dispatchEvent(new Event("input", { bubbles: true }));
}

try {
  const left = JSON.parse(sessionStorage.getItem("wegwijs.vraag") ?? "null");
  sessionStorage.removeItem("wegwijs.vraag");
  if (left?.typed) handOver(left);
} catch { // a browser that keeps nothing
}
setTimeout(() => {
  // Where the question is below what fits, the focus that it takes must not hide the top.
  if (window.matchMedia("(max-height: 30rem)").matches) window.scrollTo({ top: 0 });
  look();
}, 0);
