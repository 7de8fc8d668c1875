import { Editor } from "@tiptap/core";
import { StarterKit } from "@tiptap/starter-kit";
import { Toolbar } from "./editor/toolbar.js";

/**
 * Turns each `<textarea data-rich-text>` into an editor that writes HTML back
 * into it. The editor takes over the textarea's id, so that its label, its hint
 * and the links of the error summary lead to where people type. The server
 * cleans what arrives: this list only decides what can be typed.
 */
for (const textarea of document.querySelectorAll("textarea[data-rich-text]")) {
  const id = textarea.id;
  const label = document.querySelector(`label[for="${CSS.escape(id)}"]`);
  if (label && !label.id) label.id = `${id}-label`;

  const frame = document.createElement("div");
  frame.className = "app-editor";
  frame.classList.toggle("app-editor--error", textarea.classList.contains("govuk-textarea--error"));
  const text = document.createElement("div");
  text.className = "app-editor__text app-prose";
  textarea.after(frame);
  frame.append(text);

  const attributes = { id, role: "textbox", "aria-multiline": "true", lang: "en-GB" };
  if (label) attributes["aria-labelledby"] = label.id;
  if (textarea.getAttribute("aria-describedby")) {
    attributes["aria-describedby"] = textarea.getAttribute("aria-describedby");
  }
  if (textarea.getAttribute("aria-invalid")) attributes["aria-invalid"] = "true";

  textarea.id = `${id}-written`;
  textarea.hidden = true;
  const readOnly = textarea.readOnly || textarea.disabled;
  if (readOnly) attributes["aria-readonly"] = "true";
  // ProseMirror makes what cannot be edited unfocusable; it must still be read.
  if (readOnly) attributes.tabindex = "0";

  const editor = new Editor({
    element: text,
    injectCSS: false,
    editable: !readOnly,
    content: asHtml(textarea.value),
    extensions: [
      StarterKit.configure({
        heading: { levels: [3, 4] },
        code: false,
        codeBlock: false,
        horizontalRule: false,
        strike: false,
        underline: false,
        dropcursor: false,
        link: {
          openOnClick: false,
          autolink: false,
          protocols: ["http", "https", "mailto"],
          defaultProtocol: "https",
          HTMLAttributes: { target: null, rel: "noopener noreferrer", class: null },
        },
      }),
    ],
    editorProps: { attributes },
    onUpdate({ editor }) {
      textarea.value = editor.isEmpty ? "" : editor.getHTML();
      textarea.dispatchEvent(new Event("input", { bubbles: true }));
    },
  });

  if (!readOnly) frame.prepend(new Toolbar(editor, label, text).element);
  // At once: Tiptap's own focus waits for the next frame and would lose a key.
  label?.addEventListener("click", () => editor.view.focus());
}

/**
 * Plain text typed without scripts becomes paragraphs. What counts as formatted
 * is what the server says (govuk/rich_text.py), which has cleaned it then.
 */
function asHtml(value) {
  if (/<(p|br|h3|h4|strong|em|ul|ol|li|blockquote|a)\b[^>]*>/i.test(value)) return value;
  const holder = document.createElement("div");
  for (const words of value.split(/\n\s*\n/)) {
    const paragraph = document.createElement("p");
    paragraph.textContent = words.trim();
    holder.append(paragraph);
  }
  return holder.innerHTML;
}
