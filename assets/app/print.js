/** A button with `data-print` prints the page; without scripts it stays hidden. */
export function letButtonsPrint(root) {
  for (const button of root.querySelectorAll("button[data-print]")) {
    button.hidden = false;
    button.addEventListener("click", () => window.print());
  }
}
