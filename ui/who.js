// Say who is logged in. Runs once, on the form to log out (`element`).
// Knows nothing of what someone may do: the server decides that.
const { name, role } = document.documentElement.dataset;
const shown = element.querySelector(".who-name");
shown.textContent = shown.title = name ? `${name} (${role})` : "";
element.querySelector(".who").hidden = !name;
