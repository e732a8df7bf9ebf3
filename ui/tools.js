// What can be done with an answer: copy, ask again, judge, save. Runs after cards.js, on the
// conversation (`element`). In Gradio's hands: element, trigger, watch.
// Knows nothing of what the answers say, or where a judgement goes.
const judged = new Map(); // by the key of an answer: what the server keeps
const drafts = new Map(); // and the remark that is being typed

function say(words) {
  const place = document.querySelector("#invoer [role=status]");
  if (place) place.textContent = words;
}

function dress(tools) {
  const kept = judged.get(tools.dataset.key) ?? { useful: "", remark: "" };
  for (const thumb of tools.querySelectorAll("[data-useful]")) {
    thumb.setAttribute("aria-pressed", String(thumb.dataset.useful === kept.useful));
  }
  for (const why of tools.querySelectorAll("[data-why]")) why.hidden = why.dataset.why !== kept.useful;
  const thanks = tools.querySelector(".thanks");
  thanks.hidden = !kept.useful;
  thanks.textContent = kept.remark ? "Bedankt voor je opmerking." : "Bedankt.";
  tools.querySelector(".remark").hidden = !kept.useful || Boolean(kept.remark);
  tools.querySelector("textarea").value = drafts.get(tools.dataset.key) ?? "";
}

async function copy(button) {
  let done = true;
  try {
    await navigator.clipboard.writeText(button.dataset.copy);
  } catch { // no clipboard outside https and this machine
    const field = document.body.appendChild(document.createElement("textarea"));
    field.value = button.dataset.copy;
    field.select();
    done = document.execCommand("copy");
    field.remove();
    button.focus();
  }
  const words = done ? "Gekopieerd" : "Kopiëren lukte niet";
  button.textContent = words;
  say(done ? "Het antwoord is gekopieerd, met de bronnen." : words);
  setTimeout(() => { button.textContent = "Kopieer"; }, 2500);
}

function again(question) {
  const box = document.querySelector("#vraag textarea");
  box.value = question;
  box.dispatchEvent(new Event("input", { bubbles: true }));
  box.focus();
  box.setSelectionRange(question.length, question.length);
}

// Ask the last question again, in the topic that is chosen now or in everything.
function retry(button) {
  if (button.dataset.retry === "alles") {
    const everything = document.querySelector('#onderwerpen [value=""]');
    if (everything) everything.checked = true;
  }
  trigger("retry", { topic: chosen() });
}

function chosen() {
  return document.querySelector("#onderwerpen :checked")?.value ?? "";
}

element.addEventListener("click", (event) => {
  const stop = event.target.closest("[data-stop]");
  if (stop) {
    again(stop.closest(".turn").querySelector(".question").textContent);
    trigger("stop", {});
  }
  const choice = event.target.closest("[data-choice]");
  if (choice) trigger("option_select", { question: choice.dataset.choice, topic: chosen() });
  const button = event.target.closest(".tools button");
  if (!button) return;
  const { copy: text, again: question, useful, remark, format } = button.dataset;
  const tools = button.closest(".tools");
  const kept = judged.get(tools.dataset.key) ?? { useful: "", remark: "" };
  if (text !== undefined) copy(button);
  if (question !== undefined) again(question);
  if (button.dataset.retry !== undefined) retry(button);
  if (format !== undefined) trigger("select", { format });
  if (useful !== undefined) {
    trigger("submit", { key: tools.dataset.key, useful: useful === kept.useful ? "" : useful, remark: kept.remark });
  }
  if (remark !== undefined) {
    const field = tools.querySelector("textarea");
    if (field.value.trim()) trigger("submit", { key: tools.dataset.key, useful: kept.useful, remark: field.value });
    else field.focus();
  }
});

element.addEventListener("input", (event) => {
  const tools = event.target.closest(".tools");
  if (tools) drafts.set(tools.dataset.key, event.target.value);
});

document.addEventListener("wegwijs:judged", (event) => {
  const { key, useful, remark } = event.detail;
  const tools = element.querySelector(`.tools[data-key="${CSS.escape(key)}"]`);
  const wrote = tools?.querySelector(".remark").contains(document.activeElement);
  judged.set(key, { useful, remark });
  if (remark) drafts.delete(key);
  if (!tools) return;
  dress(tools);
  tools.querySelector(".remark").scrollIntoView({ block: "nearest", behavior: calm.matches ? "auto" : "smooth" });
  // The field goes when its remark is kept: the focus goes to the thumb, not nowhere.
  if (wrote && remark) tools.querySelector('[aria-pressed="true"]')?.focus();
});

document.addEventListener("wegwijs:file", (event) => {
  const { name, type, content } = event.detail;
  const bytes = Uint8Array.from(atob(content), (sign) => sign.charCodeAt(0));
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([bytes], { type }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10000);
});

watch("value", () => {
  for (const tools of element.querySelectorAll(".tools[data-key]")) dress(tools);
});
