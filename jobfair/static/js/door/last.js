/** By which scan somebody last went through a door, at any phone: a supervisor can take it back. */
import { dialog, fill, hourAndMinute, nameOf, part, say, wordingOf } from "./data.js";
import { open } from "./dialogs.js";
import { sayFault, whileBusy } from "./fields.js";
import { onPress } from "./touches.js";

/** Returns what shows the last scan of a person; `onUndone(id)` hears that it was taken back. */
export function initLastScan(engine, onUndone) {
  const box = dialog("last-scan");
  const button = part("last-scan-undo");
  const fault = box.querySelector("[data-fault]");
  let asked = 0;
  let found = null;

  function show(person, scan) {
    found = scan;
    button.hidden = !scan;
    const values = { name: nameOf(person) };
    part("last-scan-who").textContent = scan
      ? say(`verdict.${scan.direction}`, values)
      : say("dialog.no_scan", values);
    const where = scan && [hourAndMinute(new Date(scan.at)), scan.station, scan.device];
    fill(part("last-scan-where"), where?.filter(Boolean).join(", "));
  }

  function clear() {
    asked += 1;
    found = null;
    button.hidden = true;
    fill(part("last-scan-who"), "…");
    fill(part("last-scan-where"), "");
    sayFault(fault, "");
  }

  async function look(person) {
    open("last-scan");
    const mine = (asked += 1);
    try {
      const scan = await engine.lastScan(person.hash);
      if (mine === asked) show(person, scan);
    } catch (error) {
      if (mine !== asked) return;
      part("last-scan-who").textContent = nameOf(person);
      sayFault(fault, wordingOf("dialog", error.code, "no_network"));
    }
  }

  async function takeBack() {
    const { id } = found;
    try {
      await engine.takeBack(id);
      box.close();
      onUndone(id);
    } catch (error) {
      sayFault(fault, wordingOf("dialog", error.code, "no_network"));
    }
  }

  onPress(button, () => whileBusy(button, takeBack));
  box.addEventListener("close", clear);
  clear();
  return look;
}
