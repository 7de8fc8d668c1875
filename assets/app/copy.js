const SHOWN_FOR_MILLISECONDS = 4000;

/** A button with `data-copy-target="#id"` copies that element's text or value. */
export function letButtonsCopy(root) {
  if (!navigator.clipboard) return;
  for (const button of root.querySelectorAll("button[data-copy-target]")) {
    const status = document.createElement("span");
    status.className = "govuk-visually-hidden";
    status.setAttribute("role", "status");
    button.after(status);
    button.hidden = false;
    const words = [...button.childNodes];
    button.addEventListener("click", async () => {
      const target = document.querySelector(button.dataset.copyTarget);
      if (!target) return;
      await navigator.clipboard.writeText(target.value ?? target.textContent.trim());
      button.textContent = "Copied";
      status.textContent = "Copied";
      setTimeout(() => {
        button.replaceChildren(...words);
        status.textContent = "";
      }, SHOWN_FOR_MILLISECONDS);
    });
  }
}
