/** A button with `data-choose-all="name"` ticks every box of that name in its form, or none; hidden without scripts. */
export function letButtonsChooseAll(root) {
  for (const button of root.querySelectorAll("button[data-choose-all]")) {
    const boxes = [...button.form.querySelectorAll(`input[type=checkbox][name="${button.dataset.chooseAll}"]`)];
    const words = button.textContent;
    const show = () => {
      button.textContent = boxes.every((box) => box.checked) ? button.dataset.instead : words;
    };
    button.hidden = false;
    button.addEventListener("click", () => {
      const ticked = !boxes.every((box) => box.checked);
      for (const box of boxes) box.checked = ticked;
      show();
    });
    for (const box of boxes) box.addEventListener("change", show);
    // The browser may have kept ticks from before.
    show();
  }
}
