// Search as you type: a combobox after the ARIA pattern, over a list that the server
// renders. Without this module the form is an ordinary search form.
const pause = 180;
const shortest = 2;

class Finder {
  constructor(form) {
    this.form = form;
    this.input = form.querySelector("input[type=search]");
    this.list = form.querySelector("[role=listbox]");
    this.status = form.querySelector("[data-status]");
    this.active = -1;
    this.describe();
    this.input.addEventListener("input", () => this.typed());
    for (const event of ["focus", "click"]) this.input.addEventListener(event, () => this.focused());
    this.input.addEventListener("keydown", (e) => this.key(e));
    form.addEventListener("submit", (e) => this.submitted(e));
    this.input.addEventListener("blur", () => this.hide());
    // A press on an option must not take the focus away before the click arrives.
    this.list.addEventListener("mousedown", (e) => e.preventDefault());
    if (document.activeElement === this.input) this.focused(); // before this module came
  }

  // Before anything is typed there are popular questions to choose from.
  focused() {
    if (this.empty && this.list.hidden) this.ask();
  }

  describe() {
    const attributes = {
      role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false",
      "aria-controls": this.list.id, "aria-haspopup": "listbox",
    };
    for (const [name, value] of Object.entries(attributes)) this.input.setAttribute(name, value);
  }

  get options() {
    return [...this.list.querySelectorAll("[role=option]")];
  }

  get empty() {
    return this.input.value.trim() === "";
  }

  // One letter says less than none: there is nothing to offer.
  get askable() {
    return this.empty || this.input.value.trim().length >= shortest;
  }

  typed() {
    clearTimeout(this.timer);
    this.request?.abort();
    if (!this.askable) {
      this.hide();
      return;
    }
    this.timer = setTimeout(() => this.ask(), pause);
  }

  async ask() {
    this.request?.abort();
    this.request = new AbortController();
    try {
      const url = `${this.form.dataset.suggest}?q=${encodeURIComponent(this.input.value)}`;
      const response = await fetch(url, { signal: this.request.signal });
      if (!response.ok) throw new Error(`suggest answered ${response.status}`);
      this.show(await response.text());
    } catch (error) {
      if (error.name !== "AbortError") this.hide(); // Enter still searches
    }
  }

  show(fragment) {
    this.list.innerHTML = fragment;
    this.select(-1);
    const found = this.list.firstElementChild;
    if (!found || document.activeElement !== this.input) {
      this.hide();
      return;
    }
    this.list.hidden = false;
    this.input.setAttribute("aria-expanded", "true");
    this.status.textContent = found.dataset.count;
  }

  hide() {
    this.list.hidden = true;
    this.input.setAttribute("aria-expanded", "false");
    this.status.textContent = "";
    this.select(-1);
  }

  select(index) {
    const options = this.options;
    this.active = index;
    options.forEach((option, i) => option.setAttribute("aria-selected", String(i === index)));
    if (index < 0) {
      this.input.removeAttribute("aria-activedescendant");
      return;
    }
    this.input.setAttribute("aria-activedescendant", options[index].id);
    options[index].scrollIntoView({ block: "nearest" });
  }

  key(event) {
    if (event.isComposing) return;
    switch (event.key) {
      case "ArrowDown":
      case "ArrowUp":
        this.arrow(event);
        break;
      case "Escape":
        if (this.list.hidden) return;
        event.preventDefault(); // the first Escape closes the list and keeps the text
        this.hide();
        break;
    }
  }

  // Enter submits the form, unless a suggestion is chosen: then it opens that.
  submitted(event) {
    if (this.active < 0) return;
    event.preventDefault();
    this.options[this.active].click();
  }

  arrow(event) {
    event.preventDefault();
    if (this.list.hidden) {
      if (this.askable) this.ask();
      return;
    }
    const count = this.options.length + 1; // one more place: the text itself
    const step = event.key === "ArrowDown" ? 1 : -1;
    this.select((this.active + 1 + step + count) % count - 1);
  }
}

for (const form of document.querySelectorAll("form[data-suggest]")) new Finder(form);

// That a suggested answer was unfolded is told once; a link that is followed tells itself.
for (const details of document.querySelectorAll("details[data-opened]")) {
  details.addEventListener("toggle", () => {
    if (details.open) navigator.sendBeacon(details.dataset.opened);
  }, { once: true });
}
