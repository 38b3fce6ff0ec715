/** What stays on the scanner of the last answer: who it was, their family, and taking it back. */
import { listOf, nameOf, part, say, show } from "./data.js";
import { companions, moreWord } from "./verdict.js";

const UNDO_FOR = 10 * 60e3;
let family = [];
let timer = 0;
let kept = null;

function memberRow(member) {
  const row = part("member").content.cloneNode(true);
  row.querySelector("bdi").textContent = nameOf(member);
  const tick = row.querySelector("input");
  tick.addEventListener("change", countTicks);
  family.push({ member, tick });
  return row;
}

function countTicks() {
  const { length } = ticked();
  part("family-admit").disabled = length === 0;
  part("family-word").textContent = moreWord(kept.direction, length);
}

/** The members of the household that are still ticked. */
export function ticked() {
  return family.filter(({ tick }) => tick.checked).map(({ member }) => member);
}

/** Keeps the answers in sight: people let through at once, whose scans are taken back at once. */
export function keepStrip(verdicts, others = companions(verdicts[0])) {
  clearTimeout(timer);
  timer = setTimeout(clearStrip, UNDO_FOR);
  family = [];
  kept = { ids: verdicts.map(({ id }) => id), direction: verdicts[0].direction };
  const name = listOf(verdicts.map(({ entry }) => nameOf(entry)));
  part("last-who").textContent = say(`verdict.${kept.direction}`, { name });
  part("last-undo").hidden = !verdicts.some(({ undoable }) => undoable);
  show(part("family-list"), others.map(memberRow));
  part("family").hidden = others.length === 0;
  countTicks();
  showLast(true);
}

/** Says of somebody who has passed that the server would not have let them. */
export function noteLate(verdict, word) {
  keepStrip([verdict], []);
  const name = nameOf(verdict.entry);
  part("last-who").textContent = say("verdict.late", { name, word });
  part("last").classList.add("jf-last--late");
}

/** Which scans taking back would take back. */
export function keptScans() {
  return kept?.ids ?? [];
}

export function clearStrip() {
  clearTimeout(timer);
  kept = null;
  family = [];
  part("last-who").textContent = "";
  show(part("family-list"), []);
  showLast(false);
}

function showLast(shown) {
  part("last").hidden = !shown;
  part("last").classList.remove("jf-last--late");
  part("screen", "ready").classList.toggle("jf-scan--full", shown);
}
