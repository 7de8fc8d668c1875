import { LinkPanel } from "./link_panel.js";

const BUTTONS = [
  { words: "Heading", pressed: ["heading", { level: 3 }], press: (go) => go.toggleHeading({ level: 3 }) },
  { words: "Subheading", pressed: ["heading", { level: 4 }], press: (go) => go.toggleHeading({ level: 4 }) },
  { words: "Bold", pressed: ["bold"], press: (go) => go.toggleBold() },
  { words: "Italic", pressed: ["italic"], press: (go) => go.toggleItalic() },
  { words: "Bullets", pressed: ["bulletList"], press: (go) => go.toggleBulletList() },
  { words: "Numbers", pressed: ["orderedList"], press: (go) => go.toggleOrderedList() },
  { words: "Quote", pressed: ["blockquote"], press: (go) => go.toggleBlockquote() },
  { words: "Link", pressed: ["link"], opensLinkPanel: true },
  { words: "Undo", press: (go) => go.undo(), possible: (can) => can.undo() },
  { words: "Redo", press: (go) => go.redo(), possible: (can) => can.redo() },
];

/**
 * A toolbar as the ARIA pattern has it: one stop for the Tab key, arrow keys
 * between its buttons, each saying by `aria-pressed` what holds at the cursor.
 */
export class Toolbar {
  constructor(editor, label, text) {
    this.editor = editor;
    this.element = document.createElement("div");
    this.bar = document.createElement("div");
    this.bar.className = "app-editor__toolbar";
    this.bar.setAttribute("role", "toolbar");
    this.bar.setAttribute("aria-label", `Formatting${label ? ` for ${label.textContent.trim()}` : ""}`);
    this.bar.setAttribute("aria-controls", editor.view.dom.id);
    this.element.append(this.bar);
    this.linkPanel = new LinkPanel(editor, this.element);
    this.buttons = BUTTONS.map((one) => this.addButton(one));
    this.buttons[0].tabIndex = 0;
    this.bar.addEventListener("keydown", (event) => this.move(event));
    editor.on("transaction", () => this.show());
    this.show();
  }

  addButton(one) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "app-editor__button";
    button.textContent = one.words;
    button.tabIndex = -1;
    // Pressing a button must not take the selection out of the text.
    button.addEventListener("mousedown", (event) => event.preventDefault());
    button.addEventListener("click", () => {
      if (button.getAttribute("aria-disabled") === "true") return;
      if (one.opensLinkPanel) this.linkPanel.toggle(button);
      else one.press(this.editor.chain().focus()).run();
    });
    this.bar.append(button);
    return button;
  }

  show() {
    BUTTONS.forEach((one, index) => {
      const button = this.buttons[index];
      if (one.pressed) {
        button.setAttribute("aria-pressed", String(this.editor.isActive(...one.pressed)));
      }
      if (one.possible) {
        button.setAttribute("aria-disabled", String(!one.possible(this.editor.can())));
      }
    });
  }

  move(event) {
    const here = this.buttons.indexOf(document.activeElement);
    const last = this.buttons.length - 1;
    const to = {
      ArrowRight: here === last ? 0 : here + 1,
      ArrowLeft: here <= 0 ? last : here - 1,
      Home: 0,
      End: last,
    }[event.key];
    if (here < 0 || to === undefined) return;
    event.preventDefault();
    this.buttons[here].tabIndex = -1;
    this.buttons[to].tabIndex = 0;
    this.buttons[to].focus();
  }
}
