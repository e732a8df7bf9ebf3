// Keep the questions of conversations in this browser, list them, and ask for one of them again.
// Runs once, on the list (`element`). In Gradio's hands: element, trigger.
// What is read back may be anything: it is shown as text only, and the server checks it again.
// Knows nothing of answers.
const KEPT = "wegwijs.gesprekken";
const OFF = "wegwijs.niet-bewaren";
const MOST = 30; // conversations
const LONGEST = 30; // questions in one
const LETTERS = 500; // in a question
const root = element.querySelector(".earlier");
const list = root.querySelector("ul");
const title = root.querySelector("h2");
const box = root.querySelector("input");
const forget = root.querySelector('[data-forget="all"]');
let current = null; // the conversation that is on the page
let asked = 0; // how many questions are on the page

function stored(key) {
  try {
    return localStorage.getItem(key);
  } catch { // a browser that keeps nothing
    return null;
  }
}

function texts(talk) {
  const questions = Array.isArray(talk?.questions) ? talk.questions.slice(0, LONGEST) : [];
  return questions
    .filter((one) => typeof one?.question === "string" && one.question.trim() && one.question.length <= LETTERS)
    .map((one) => ({ question: one.question, topic: typeof one.topic === "string" ? one.topic.slice(0, 100) : "" }));
}

function read() {
  let talks;
  try {
    talks = JSON.parse(stored(KEPT) ?? "[]");
  } catch {
    return [];
  }
  return (Array.isArray(talks) ? talks : []).slice(0, MOST)
    .map((talk) => ({ id: String(talk?.id), day: String(talk?.day), questions: texts(talk) }))
    .filter((talk) => talk.questions.length);
}

function write(talks) {
  for (let kept = talks.slice(0, MOST); ; kept = kept.slice(0, -1)) {
    try {
      if (!kept.length) localStorage.removeItem(KEPT);
      else localStorage.setItem(KEPT, JSON.stringify(kept));
      return;
    } catch { // no room: the oldest goes
      if (!kept.length) return;
    }
  }
}

function when(day) {
  const date = new Date(`${day}T12:00`);
  if (Number.isNaN(date.getTime())) return "";
  const days = Math.round((new Date().setHours(12, 0, 0, 0) - date) / 86400000);
  if (days === 0 || days === 1) return days ? "gisteren" : "vandaag";
  return new Intl.DateTimeFormat("nl-NL", { day: "numeric", month: "long", year: "numeric" }).format(date);
}

function today() {
  const now = new Date();
  return [now.getFullYear(), now.getMonth() + 1, now.getDate()].map((part) => String(part).padStart(2, "0")).join("-");
}

function button(words, data) {
  const made = document.createElement("button");
  made.type = "button";
  made.append(...words);
  Object.assign(made.dataset, data);
  return made;
}

function part(name, words) {
  const made = document.createElement("span");
  made.className = name;
  made.textContent = words;
  return made;
}

function item(talk) {
  const first = talk.questions[0].question;
  const count = talk.questions.length === 1 ? "1 vraag" : `${talk.questions.length} vragen`;
  const detail = [when(talk.day), count].filter(Boolean).join(" · ");
  const open = button([part("first", first), part("detail", detail)], { open: talk.id });
  const wipe = button(["Wis"], { forget: talk.id });
  wipe.setAttribute("aria-label", `Wis gesprek: ${first}`);
  wipe.className = "tool";
  const line = document.createElement("li");
  line.append(open, wipe);
  return line;
}

function show() {
  const talks = read();
  const keeps = !stored(OFF);
  list.replaceChildren(...talks.map(item));
  for (const piece of [list, title, forget]) piece.hidden = !talks.length;
  forget.textContent = "Wis alle gesprekken";
  delete forget.dataset.sure;
  box.checked = keeps;
  root.querySelector(".state").textContent = keeps ? "aan" : "uit";
  root.hidden = asked > 0;
}

function say(words) {
  const place = document.querySelector("#invoer [role=status]");
  if (place) place.textContent = words;
}

function isStart(some, whole) {
  return some.length < whole.length
    && some.every((one, place) => one.question === whole[place].question && one.topic === whole[place].topic);
}

document.addEventListener("wegwijs:talk", (event) => {
  const { questions, done } = event.detail;
  asked = questions.length;
  if (!asked) current = null;
  if (asked && done && !stored(OFF)) {
    current ??= { id: `${Date.now().toString(36)}${Math.random().toString(36).slice(2)}`, day: today() };
    const talks = read();
    const before = talks.find((talk) => talk.id === current.id);
    // While an earlier conversation is asked again, its first questions are there before the rest.
    if (!before || !isStart(questions, before.questions)) {
      write([{ ...current, questions: texts({ questions }) }, ...talks.filter((talk) => talk.id !== current.id)]);
    }
  }
  show();
});

element.addEventListener("click", (event) => {
  const { open, forget: gone } = event.target.closest("button")?.dataset ?? {};
  if (open !== undefined) {
    const talk = read().find((one) => one.id === open);
    if (!talk) return show();
    current = { id: talk.id, day: talk.day };
    trigger("select", { questions: JSON.stringify(talk.questions) });
  } else if (gone === "all" && !forget.dataset.sure) {
    forget.dataset.sure = "asked";
    forget.textContent = "Zeker weten? Wis alles";
    say("Weet je het zeker? Druk nog een keer om alle gesprekken te wissen.");
  } else if (gone !== undefined) {
    write(gone === "all" ? [] : read().filter((talk) => talk.id !== gone));
    show();
    say(gone === "all" ? "Alle gesprekken zijn gewist." : "Het gesprek is gewist.");
    (list.querySelector("button") ?? root.querySelector("summary")).focus();
  }
});

box.addEventListener("change", () => {
  try {
    if (box.checked) localStorage.removeItem(OFF);
    else localStorage.setItem(OFF, "ja");
  } catch { // a browser that keeps nothing
    say("Deze browser bewaart niets.");
  }
  if (!box.checked) write([]);
  current = null;
  show();
});

window.addEventListener("storage", show); // another page of the same browser
show();
