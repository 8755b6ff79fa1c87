// A screenshot that is pasted into the text is attached, and a file that is too large is
// left out before it is sent. Without this module the form works, and the server says so.
for (const field of document.querySelectorAll("[data-files]")) {
  const input = field.querySelector("input[type=file]");
  const trouble = field.querySelector("[data-trouble]");
  const most = Number(field.dataset.most);
  field.querySelector("[data-paste]").hidden = false;

  // Puts files into the input, those that are too large left out and named.
  function attach(files) {
    const chosen = new DataTransfer();
    const large = [];
    for (const file of files) {
      if (file.size > most) large.push(file.name);
      else chosen.items.add(file);
    }
    input.files = chosen.files;
    trouble.textContent = large.length ? `${field.dataset.large} ${large.join(", ")}` : "";
  }

  input.addEventListener("change", () => attach(input.files));
  input.form.addEventListener("paste", (event) => {
    const pasted = event.clipboardData.files;
    if (!pasted.length) return;
    event.preventDefault();
    attach([...input.files, ...pasted]);
  });
}
