/** Fields of the scanner's forms: what is at fault is said beside them, what was typed stays. */
import { dialog } from "./data.js";

/** Says the fault at the field, or takes it away where there is none. */
function setFault(id, text) {
  const input = dialog(id);
  const fault = dialog(`${id}-error`);
  const hint = dialog(`${id}-hint`);
  fault.hidden = !text;
  fault.querySelector("span").textContent = text ?? "";
  input.setAttribute("aria-invalid", String(Boolean(text)));
  const described = [hint?.id, text ? fault.id : ""].filter(Boolean).join(" ");
  if (described) input.setAttribute("aria-describedby", described);
  else input.removeAttribute("aria-describedby");
}

/** Says all faults, by field, and goes to the first; returns whether there is none. */
export function showFaults(ids, faults) {
  for (const id of ids) setFault(id, faults[id]);
  const first = ids.find((id) => faults[id]);
  if (first) dialog(first).focus();
  return first === undefined;
}

/** Shows the line of a fault with that text, or hides it. */
export function sayFault(line, text) {
  line.querySelector("span").textContent = text ?? "";
  line.hidden = !text;
}

/** Runs the work while the button can't be pressed again. */
export async function whileBusy(button, work) {
  button.setAttribute("aria-busy", "true");
  button.disabled = true;
  try {
    await work();
  } finally {
    button.disabled = false;
    button.removeAttribute("aria-busy");
  }
}
