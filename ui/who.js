// Say who is logged in. Runs once, on the form to log out (`element`).
// Knows nothing of what someone may do: the server decides that.
const { name, role } = document.documentElement.dataset;
element.querySelector(".who-name").textContent = name ? `${name} (${role})` : "";
element.querySelector(".who").hidden = !name;
