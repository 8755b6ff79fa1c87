// Answers beside the contact form while the text is typed. They replace the step between
// Continue and Send, which is there without this module.
const pause = 700;
const shortest = 8;

const form = document.querySelector("form[data-answers]");
const status = form.querySelector("[data-status]");
const fields = [form.elements.subject, form.elements.body];
let timer;
let request;
let asked = "";

function typed() {
  clearTimeout(timer);
  timer = setTimeout(ask, pause);
}

async function ask() {
  const text = fields.map((field) => field.value).join("\n").trim();
  if (text === asked || text.length < shortest) return;
  asked = text;
  request?.abort();
  request = new AbortController();
  try {
    const body = new URLSearchParams([form.elements.ask, ...fields].map((field) => [field.name, field.value]));
    const response = await fetch(form.dataset.answers, { method: "POST", body, signal: request.signal });
    if (response.ok) show(await response.text());
  } catch {
    asked = ""; // a stale or failed request; the next key asks again
  }
}

// An answer that the player is reading stays where it is.
function show(html) {
  const fragment = document.createElement("template");
  fragment.innerHTML = html;
  for (const part of form.querySelectorAll("[data-part]")) {
    if (part.querySelector("details[open]")) continue;
    const found = fragment.content.querySelector(`[data-part=${part.dataset.part}]`);
    part.replaceChildren(...found.childNodes);
    status.textContent = found.dataset.count ?? "";
  }
  for (const button of form.querySelectorAll("button[data-next]")) button.value = "send";
  form.querySelector(".actions [data-next]").textContent = form.dataset.send;
}

// A second click while the first is on its way sends nothing.
function once(event) {
  if (form.dataset.sent) event.preventDefault();
  form.dataset.sent = "yes";
  setTimeout(release, 10_000);
}

function release() {
  delete form.dataset.sent;
}

for (const field of fields) field.addEventListener("input", typed);
form.addEventListener("submit", once);
// Back brings the page with its text and must let the form be sent again.
addEventListener("pageshow", release);
typed();
