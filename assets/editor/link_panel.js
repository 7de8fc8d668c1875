/** Asks for a link's address below the toolbar, instead of a browser prompt. */
export class LinkPanel {
  constructor(editor, parent) {
    this.editor = editor;
    this.id = `${editor.view.dom.id}-link`;
    this.panel = document.createElement("div");
    this.panel.className = "app-editor__link";
    this.panel.hidden = true;
    this.group = this.add(this.panel, "div", "govuk-form-group");
    this.label = this.add(this.group, "label", "govuk-label", "Link address");
    this.label.htmlFor = this.id;
    this.hint = this.add(this.group, "div", "govuk-hint", "For example, https://www.example.org/guidance");
    this.hint.id = `${this.id}-hint`;
    this.error = this.add(this.group, "p", "govuk-error-message");
    this.error.id = `${this.id}-error`;
    this.error.hidden = true;
    this.input = this.add(this.group, "input", "govuk-input");
    this.input.id = this.id;
    this.input.type = "text";
    this.input.inputMode = "url";
    this.input.autocomplete = "off";
    this.input.spellcheck = false;
    this.input.setAttribute("aria-describedby", this.hint.id);
    const buttons = this.add(this.panel, "div", "govuk-button-group");
    this.addButton(buttons, "Save link", "govuk-button", () => this.save());
    this.addButton(buttons, "Remove link", "govuk-button govuk-button--secondary", () => this.remove());
    this.addButton(buttons, "Cancel", "govuk-button govuk-button--secondary", () => this.close());
    this.panel.addEventListener("keydown", (event) => {
      if (event.key === "Escape") this.close();
      if (event.key === "Enter" && event.target === this.input) {
        event.preventDefault();
        this.save();
      }
    });
    // Not part of the form: the address box must not count as typing in it.
    for (const name of ["input", "change"]) {
      this.panel.addEventListener(name, (event) => event.stopPropagation());
    }
    parent.append(this.panel);
  }

  add(parent, tag, className, words = "") {
    const element = document.createElement(tag);
    element.className = className;
    element.textContent = words;
    parent.append(element);
    return element;
  }

  addButton(parent, words, className, press) {
    const button = this.add(parent, "button", className, words);
    button.type = "button";
    button.addEventListener("click", press);
  }

  toggle(opener) {
    this.opener = opener;
    if (!this.panel.hidden) return this.close();
    this.input.value = this.editor.getAttributes("link").href || "";
    this.refuse("");
    this.panel.hidden = false;
    this.input.focus();
  }

  save() {
    const typed = this.input.value.trim();
    if (!typed) return this.remove();
    const address = /^[a-z][a-z0-9+.-]*:/i.test(typed) ? typed : `https://${typed}`;
    if (!/^(https?:\/\/[^\s/]+\.[^\s]+|mailto:[^\s@]+@[^\s@]+)$/i.test(address)) {
      return this.refuse("Enter a web address, like https://www.example.org, or mailto: and an email address");
    }
    const chain = this.editor.chain().focus().extendMarkRange("link");
    if (this.editor.state.selection.empty && !this.editor.isActive("link")) {
      chain.insertContent({ type: "text", text: typed, marks: [{ type: "link", attrs: { href: address } }] }).run();
    } else {
      chain.setLink({ href: address }).run();
    }
    this.panel.hidden = true;
  }

  remove() {
    this.editor.chain().focus().extendMarkRange("link").unsetLink().run();
    this.panel.hidden = true;
  }

  close() {
    this.panel.hidden = true;
    this.opener?.focus();
  }

  refuse(words) {
    this.error.textContent = words;
    this.error.hidden = !words;
    this.group.classList.toggle("govuk-form-group--error", Boolean(words));
    this.input.classList.toggle("govuk-input--error", Boolean(words));
    this.input.setAttribute("aria-describedby", words ? `${this.hint.id} ${this.error.id}` : this.hint.id);
    if (words) this.input.focus();
  }
}
