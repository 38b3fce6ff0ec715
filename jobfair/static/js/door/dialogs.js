/** Dialogs: opened over the page, and closed by their own buttons. */
import { dialog, parts } from "./data.js";

/** Opens a dialog and tells it so. */
export function open(name) {
  const box = dialog(name);
  if (box.open) return;
  box.showModal();
  box.dispatchEvent(new Event("opened"));
}

/** Browsers before 2022 know no dialogs: these lie over the page there all the same. */
function lend(box) {
  Object.defineProperty(box, "open", { get: () => box.hasAttribute("open") });
  box.showModal = () => {
    box.setAttribute("open", "");
    box.querySelector("input, button").focus();
  };
  box.close = () => {
    if (!box.open) return;
    box.removeAttribute("open");
    box.dispatchEvent(new Event("close"));
  };
}

/** Lets buttons open and close dialogs. */
export function initDialogs() {
  for (const box of document.querySelectorAll("dialog")) if (!box.showModal) lend(box);
  for (const button of parts("opens")) {
    button.addEventListener("click", () => {
      const outer = button.closest("dialog");
      if (outer) outer.close();
      open(button.dataset.opens);
    });
  }
  for (const button of parts("closes")) {
    button.addEventListener("click", () => button.closest("dialog").close());
  }
}
