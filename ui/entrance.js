// Look whether the window is there, and take to it what was typed or asked. Runs on the page that
// stands in its place until then; start.js takes it over.
const box = document.getElementById("vraag");
let asked = false;

async function look() {
  try {
    const reply = await fetch(location.href, { cache: "no-store" });
    if (reply.ok) {
      sessionStorage.setItem("wegwijs.vraag", JSON.stringify({ typed: box.value, asked }));
      location.reload();
      return;
    }
  } catch { // the program stopped, or this browser keeps nothing: look again
  }
  setTimeout(look, 400);
}

document.querySelector("form").addEventListener("submit", (event) => {
  event.preventDefault();
  asked = box.value.trim() !== "";
  if (!asked) return;
  document.querySelector("[role=status]").textContent = "Wegwijs start op. Daarna wordt je vraag beantwoord.";
});

box.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
  event.preventDefault();
  box.form.requestSubmit();
});

box.addEventListener("input", () => { asked = false; });
setTimeout(look, 400);
