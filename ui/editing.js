// Send files, ask before a big step, show how far the work is. Runs once, on what is going on
// (`element`). In Gradio's hands: element, trigger, watch.
// Knows nothing of how documents are taken in.
const find = (selector) => document.querySelector(`#bijwerken ${selector}`);
let mine = false; // who looks at this page asked for what is going on
let seen = null; // the version that the list of documents shows

function act(asked) {
  mine = true;
  trigger("submit", { ...asked, mark: element.querySelector(".state")?.dataset.mark ?? "" });
}

function problem(words) {
  const line = document.createElement("li");
  line.textContent = words;
  find(".refused").append(line);
}

async function sent(file) {
  const most = Number(find(".drop").dataset.most);
  if (file.size > most) {
    const size = Math.max(Math.round(file.size / 1e6), most / 1e6 + 1);
    return `Dit bestand is te groot (${size} MB). Kies een bestand tot ${most / 1e6} MB.`;
  }
  try {
    const address = `bronnen/upload?naam=${encodeURIComponent(file.name)}`;
    const headers = { "content-type": "application/octet-stream" };
    const answer = await fetch(address, { method: "POST", body: file, headers });
    return answer.ok ? "" : (await answer.text()) || "Het versturen lukte niet.";
  } catch {
    return "Het versturen lukte niet. Kijk of dit een bestand is en of Wegwijs nog draait.";
  }
}

async function send(files) {
  let arrived = 0;
  find(".refused").replaceChildren();
  for (const [number, file] of files.entries()) {
    find(".sending").textContent = `Versturen: ${file.name} (${number + 1} van ${files.length})`;
    const why = await sent(file);
    if (why) problem(`${file.name}: ${why}`);
    else arrived += 1;
  }
  find(".sending").textContent = "";
  if (arrived) act({ action: "check" });
}

function sure({ title, text, yes }) {
  if (!yes) return Promise.resolve(true);
  const dialog = find("dialog");
  dialog.querySelector("h3").textContent = title;
  dialog.querySelector("p").textContent = text;
  dialog.querySelector('[value="ja"]').textContent = yes;
  dialog.returnValue = "";
  dialog.showModal();
  dialog.querySelector('[value="nee"]').focus();
  return new Promise((resolve) => {
    dialog.addEventListener("close", () => resolve(dialog.returnValue === "ja"), { once: true });
  });
}

document.addEventListener("click", async (event) => {
  const button = event.target.closest("#paneel-bronnen [data-action]");
  if (!button) return;
  const { action, name = "", ...asked } = button.dataset;
  if (action === "cancel") {
    button.disabled = true;
    mine = true; // also where someone else began
    trigger("stop", {});
  } else if (await sure(asked)) {
    find(".refused").replaceChildren();
    act({ action, name });
  }
});

document.addEventListener("change", (event) => {
  if (!event.target.matches("#bijwerken input[type=file]")) return;
  event.stopPropagation();
  send([...event.target.files]);
  event.target.value = ""; // the same file can be chosen again
});

for (const kind of ["dragover", "dragleave", "drop"]) {
  document.addEventListener(kind, (event) => {
    const drop = event.target.closest?.("#bijwerken .drop");
    find(".drop")?.classList.toggle("over", Boolean(drop) && kind === "dragover");
    if (!drop) return;
    event.preventDefault();
    if (kind === "drop") send([...event.dataTransfer.files]);
  });
}

document.addEventListener("wegwijs:opened", (event) => {
  if (event.detail === "bronnen") trigger("select", {});
});

document.addEventListener("wegwijs:updating", (event) => {
  const { done, total, words, stops } = event.detail;
  const bar = element.querySelector("progress");
  if (!bar) return;
  bar.max = Number(total) || 1;
  if (total) bar.value = Number(done);
  else bar.removeAttribute("value");
  element.querySelector(".words").textContent = words;
  const cancel = element.querySelector('[data-action="cancel"]');
  if (cancel) cancel.hidden = stops === "nee";
});

watch("value", () => {
  const state = element.querySelector(".state, .failed, .problem");
  if (!state) return;
  const { said = "", running = "nee", generation } = state.dataset;
  if (mine) {
    find(".said").textContent = said;
    (element.querySelector("h3, [tabindex]") ?? find("input[type=file]")).focus();
  }
  if (running === "nee") mine = false;
  const before = seen;
  seen = generation ?? seen;
  if (before !== null && seen !== before) document.dispatchEvent(new CustomEvent("wegwijs:opened", { detail: "bronnen" }));
});
