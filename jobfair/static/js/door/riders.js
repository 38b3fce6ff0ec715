/** The list of a bus on the screen: stop by stop, who gets on or off there, and who is on board. */
import { fill, hourAndMinute, nameOf, number, part, placeIn, say, show } from "./data.js";
import { isElsewhere } from "./manifest.js";

const ELSEWHERE = new Set(["aboard", "said_gone"]);

/** "Amal Haddad", as the list has it; of a badge too new for the list only that. */
export function fullNameOf({ name }) {
  return name || nameOf(null);
}

/** Where somebody was last seen, in the words for where they are now; "" where it isn't known. */
export function lastSeen({ where, seen }) {
  if (!seen || !["there", "seen_out"].includes(where)) return "";
  return say(`bus.${where}`, { time: hourAndMinute(seen.at), station: seen.station });
}

/** How it stands with somebody who is not on board, or "" where there is nothing to say. */
function absenceOf(person, { direction }) {
  if (person.answer) return say(`bus.${person.answer}`);
  if (ELSEWHERE.has(person.where)) return say(`bus.${person.where}`);
  if (direction === "out") return "";
  if (!person.where) return say("bus.unseen");
  if (!person.seated) return say("bus.missed");
  return person.where === "seen_out" ? lastSeen(person) : "";
}

function stateOf(person, manifest) {
  if (person.hash === null) return say("bus.no_badge");
  if (!person.boarded) return absenceOf(person, manifest);
  return person.seated ? "" : say("bus.added");
}

function riderRow(person, manifest, onTap) {
  const row = part("rider").content.cloneNode(true);
  const put = (name, text) => fill(placeIn(row, name), text);
  put("name", fullNameOf(person));
  put("own-script", person.own_script);
  put("state", stateOf(person, manifest));
  placeIn(row, "wheelchair").hidden = !person.wheelchair;
  placeIn(row, "prams").hidden = !person.prams;
  placeIn(row, "party").hidden = person.party < 2;
  placeIn(row, "number").textContent = number(person.party);
  const button = row.querySelector("button");
  button.setAttribute("aria-pressed", String(Boolean(person.boarded)));
  button.classList.toggle("jf-rider--gone", isElsewhere(person));
  button.disabled = person.hash === null;
  button.dataset.hash = person.hash ?? "";
  button.addEventListener("click", () => onTap(person));
  return row;
}

function haltRow(halt, { manifest, onTap, isNext }) {
  const row = part("halt").content.cloneNode(true);
  const put = (name, text) => fill(placeIn(row, name), text);
  put("at", halt.at ? hourAndMinute(halt.at) : "");
  put("planned", halt.late ? hourAndMinute(halt.planned) : "");
  put("name", halt.name);
  put("note", halt.note);
  placeIn(row, "next").hidden = !isNext;
  const { onBoard, expected, people } = halt;
  const counted = { count: number(onBoard), most: number(expected) };
  put("count", people.length > 0 ? say("bus.of", counted) : "");
  const riders = people.map((person) => riderRow(person, manifest, onTap));
  show(placeIn(row, "riders"), riders);
  return row;
}

/** The stops in the order driven, with the fair where it is on the way. */
function haltsOf(manifest) {
  const fair = { ...manifest.fair, name: say("bus.fair"), people: [], place: null };
  const stops = manifest.stops.map((stop, place) => ({ ...stop, place }));
  return manifest.direction === "out" ? [...stops, fair] : [fair, ...stops];
}

/** Shows the list; `onTap(person)` hears who was touched. Focus and place stay where they were. */
export function showRiders(manifest, onTap) {
  const region = part("list");
  const { hash } = document.activeElement?.dataset ?? {};
  const top = region.scrollTop;
  const halts = haltsOf(manifest).map((halt) =>
    haltRow(halt, { manifest, onTap, isNext: halt.place === manifest.next }),
  );
  const { others } = manifest;
  if (others.people.length > 0) {
    halts.push(haltRow({ ...others, name: say("bus.others") }, { manifest, onTap }));
  }
  show(part("halts"), halts);
  region.scrollTop = top;
  if (hash) region.querySelector(`[data-hash="${hash}"]`)?.focus({ preventScroll: true });
}

/** Has the next stop be in sight. */
export function showNext() {
  const next = part("list").querySelector('[data-put="next"]:not([hidden])');
  next?.closest("li").scrollIntoView({ block: "start" });
}
