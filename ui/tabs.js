// Open a tab: by mouse, by keyboard, by address (#tijdlijn), or because another script asks
// ("wegwijs:go"). Says which one opened ("wegwijs:opened"). Runs once, on the bar (`element`).
// Knows nothing of what the panels hold.
const root = document.documentElement;
const hidden = root.dataset.role === "lezer" ? ".for-editors" : null;
const tabs = [...element.querySelectorAll("[role=tab]")].filter((tab) => !hidden || !tab.matches(hidden));
const names = tabs.map((tab) => tab.dataset.tab);
const list = element.querySelector("[role=tablist]");
const places = {};

function named(name) {
  return tabs[Math.max(0, names.indexOf(name))];
}

// Where not all tabs fit, the open one shows: also after the screen was turned, or the page zoomed.
function reveal() {
  const tab = element.querySelector('[aria-selected="true"]').getBoundingClientRect();
  const bar = list.getBoundingClientRect();
  list.scrollLeft += Math.ceil(Math.max(0, tab.right - bar.right)) + Math.floor(Math.min(0, tab.left - bar.left));
}

function open(name, { focus = false, remember = true } = {}) {
  const tab = named(name);
  const before = root.dataset.tab ?? names[0];
  places[before] = window.scrollY;
  for (const one of tabs) {
    one.setAttribute("aria-selected", String(one === tab));
    one.tabIndex = one === tab ? 0 : -1;
  }
  root.dataset.tab = tab.dataset.tab;
  reveal();
  if (before !== tab.dataset.tab) {
    window.scrollTo({ top: places[tab.dataset.tab] ?? 0, behavior: "instant" });
    const address = tab === tabs[0] ? location.pathname + location.search : `#${tab.dataset.tab}`;
    if (remember) history.pushState(null, "", address);
    document.dispatchEvent(new CustomEvent("wegwijs:opened", { detail: tab.dataset.tab }));
  }
  if (focus) tab.focus({ preventScroll: true });
}

function dress() {
  const panels = tabs.map((tab) => document.getElementById(tab.getAttribute("aria-controls")));
  if (panels.includes(null)) return requestAnimationFrame(dress);
  panels.forEach((panel, number) => {
    panel.setAttribute("role", "tabpanel");
    panel.setAttribute("aria-labelledby", tabs[number].id);
  });
  open(location.hash.slice(1), { remember: false });
}

element.addEventListener("click", (event) => {
  const tab = event.target.closest("[role=tab]");
  if (tab) open(tab.dataset.tab);
});

element.addEventListener("keydown", (event) => {
  const here = tabs.indexOf(event.target.closest("[role=tab]"));
  const last = tabs.length - 1;
  const next = { ArrowRight: here === last ? 0 : here + 1, ArrowLeft: here ? here - 1 : last, Home: 0, End: last };
  if (here < 0 || !(event.key in next)) return;
  event.preventDefault();
  open(names[next[event.key]], { focus: true });
});

document.addEventListener("wegwijs:go", (event) => open(event.detail.tab, { focus: Boolean(event.detail.focus) }));
new ResizeObserver(reveal).observe(list);
window.addEventListener("popstate", () => open(location.hash.slice(1), { remember: false }));
dress();
