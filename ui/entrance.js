// Look whether the window is there, and take to it what was typed. Runs on the page that stands in
// its place until then; start.js takes it over.
const box = document.getElementById("vraag");

async function look() {
  try {
    const reply = await fetch(location.href, { cache: "no-store" });
    if (reply.ok) {
      sessionStorage.setItem("wegwijs.vraag", box.value);
      location.reload();
      return;
    }
  } catch { // the program stopped, or this browser keeps nothing: look again
  }
  setTimeout(look, 400);
}

setTimeout(look, 400);
