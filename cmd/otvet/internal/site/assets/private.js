// The button that copies the link to the private page. Without this module the link
// stands in a field from which it can be copied by hand.
const button = document.querySelector("[data-copy]");
const status = document.querySelector("[data-status]");

async function copy() {
  const field = document.getElementById(button.dataset.copy);
  field.select();
  await navigator.clipboard.writeText(field.value);
  status.textContent = button.dataset.copied;
  button.textContent = button.dataset.copied;
}

if (button && navigator.clipboard) {
  button.hidden = false;
  button.addEventListener("click", copy);
}
