// Answers beside the contact form while the text is typed. They replace the step between
// Continue and Send, which is there without this module.
const pause = 700;
const shortest = 8;

const form = document.querySelector("form[data-answers]");
const status = form.querySelector("[data-status]");
const { key, ask: lastAsk, showings, subject, body } = form.elements;
const fields = [subject, body];
const secrets = form.querySelector("[data-part=secrets]");
const offers = form.querySelector("[data-part=offers]");
const vague = form.querySelector("[data-part=vague]");
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
    const sent = new URLSearchParams([key, lastAsk, showings, ...fields, { name: "kind", value: form.elements.kind.value }].map((field) => [field.name, field.value]));
    if (reading()) sent.set("reading", "yes");
    const response = await fetch(form.dataset.answers, { method: "POST", body: sent, signal: request.signal });
    if (response.ok) show(await response.text());
  } catch {
    asked = ""; // a stale or failed request; the next key asks again
  }
}

function reading() {
  return offers.querySelector("details[open]") !== null;
}

function show(html) {
  const fragment = document.createElement("template");
  fragment.innerHTML = html;
  const warning = fragment.content.querySelector("[data-part=secrets]");
  secrets.replaceChildren(...warning.childNodes);
  const unclear = fragment.content.querySelector("[data-part=vague]");
  const hint = vague.firstChild ? "" : unclear.dataset.count; // announced once
  vague.replaceChildren(...unclear.childNodes);
  const found = fragment.content.querySelector("[data-part=offers]");
  const news = found && !reading() ? offer(found) : ""; // an answer that is being read stays where it is
  status.textContent = [warning.dataset.count, hint, news].filter(Boolean).join(" ");
  for (const button of form.querySelectorAll("button[data-next]")) button.value = "send";
  form.querySelector(".actions [data-next]").textContent = form.dataset.send;
}

// Returns what to announce: the same answer is not announced again. What the form shows is
// known by its ask.
function offer(found) {
  const { ask, count = "" } = found.dataset;
  if (ask && ask === lastAsk.value && offers.firstChild) return "";
  if (ask) {
    lastAsk.value = ask;
    showings.value = found.dataset.showings;
  }
  offers.replaceChildren(...found.childNodes);
  return count;
}

// The fields of what is chosen above, with what was typed in them.
async function askFacts() {
  const texts = [...new FormData(form)].filter(([name, value]) => typeof value === "string" && name !== subject.name && name !== body.name);
  const sent = new URLSearchParams(texts);
  try {
    const response = await fetch(form.dataset.facts, { method: "POST", body: sent });
    if (!response.ok) return;
    const fragment = document.createElement("template");
    fragment.innerHTML = await response.text();
    for (const part of fragment.content.querySelectorAll("[data-part]")) {
      form.querySelector(`[data-part=${part.dataset.part}]`).replaceWith(part);
    }
    if (form.querySelector("[data-screens]")) form.querySelector("[data-fold]").open = true;
  } catch {
    // Without them the form asks on its way.
  }
}

function chosen(event) {
  if (event.target.name !== "kind" && event.target.name !== "category") return;
  asked = "";
  askFacts();
  typed();
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
form.addEventListener("change", chosen);
form.addEventListener("submit", once);
// Back brings the page with its text and must let the form be sent again.
addEventListener("pageshow", release);
typed();
