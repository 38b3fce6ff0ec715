/** What phones without network could not know of each other, for the supervisor to settle. */
import { dialog, hourAndMinute, nameOf, part, say, show, wordingOf } from "./data.js";
import { whileBusy } from "./fields.js";

/** When, where and by which phone somebody was let in, the first time first. */
function timesOf({ scan, other }) {
  return [other, scan].filter(Boolean).map(({ at, station, device }) => {
    const row = document.createElement("li");
    row.textContent = [hourAndMinute(new Date(at)), station, device].filter(Boolean).join(", ");
    return row;
  });
}

function rowOf(conflict, onReason) {
  const row = part("conflict").content.cloneNode(true);
  const form = row.querySelector("form");
  const input = form.querySelector("input");
  input.id = `conflict-${conflict.id}`;
  form.querySelector("label").htmlFor = input.id;
  form.querySelector("h3").textContent = say(`dialog.${conflict.kind}`);
  form.querySelector("[data-name]").textContent = nameOf(conflict.badge);
  show(form.querySelector("[data-times]"), timesOf(conflict));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const reason = input.value.trim();
    form.querySelector("[data-fault]").hidden = Boolean(reason);
    input.setAttribute("aria-invalid", String(!reason));
    if (reason) whileBusy(form.querySelector("button"), () => onReason(reason));
    else input.focus();
  });
  return row;
}

/** Has the dialog show the open conflicts whenever it is opened. */
export function initConflicts(engine) {
  const said = part("conflicts-said");
  const settled = new Set(); // what waits to be sent is settled too

  async function list() {
    said.textContent = "";
    try {
      const conflicts = await engine.conflicts();
      const left = conflicts.filter(({ id }) => !settled.has(id));
      const rows = left.map((conflict) =>
        rowOf(conflict, async (reason) => {
          try {
            await engine.resolve(conflict.id, reason);
            settled.add(conflict.id);
            await list();
          } catch (error) {
            said.textContent = wordingOf("dialog", error.code, "failed");
          }
        }),
      );
      show(part("conflicts"), rows);
      if (rows.length === 0) said.textContent = say("dialog.no_conflicts");
    } catch (error) {
      show(part("conflicts"), []);
      said.textContent = wordingOf("dialog", error.code, "no_network");
    }
  }

  dialog("conflicts").addEventListener("opened", list);
  dialog("conflicts").addEventListener("close", () => show(part("conflicts"), []));
}
