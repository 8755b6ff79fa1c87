// Typed text is sent by Ctrl+Enter (Cmd+Enter), and leaving the page with an unsent one
// asks first. Everything works without this script.
let sending = false;

for (const field of document.querySelectorAll("[data-text]")) {
  field.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      field.form.requestSubmit();
    }
  });
  field.form.addEventListener("submit", () => { sending = true; });
}

addEventListener("pageshow", () => { sending = false; });
addEventListener("beforeunload", (event) => {
  const unsent = (f) => f.value !== f.defaultValue || "unsent" in f.dataset;
  if (!sending && [...document.querySelectorAll("[data-text]")].some(unsent)) event.preventDefault();
});

// A link to a form opens what it is folded into.
function unfold() {
  const target = document.getElementById(location.hash.slice(1));
  for (let part = target?.closest("details"); part; part = part.parentElement.closest("details")) part.open = true;
  target?.scrollIntoView({ block: "center" });
  target?.focus({ preventScroll: true });
}
addEventListener("hashchange", unfold);
if (location.hash) unfold();
