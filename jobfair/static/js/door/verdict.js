/** The answer on the whole screen: colour, shape, word, greeting, and what can be done next. */
import {
  data,
  fill,
  hourAndMinute,
  listOf,
  nameOf,
  number,
  ownNameOf,
  part,
  parts,
  say,
  withOthers,
} from "./data.js";
import { signal } from "./signals.js";

const INWARDS = new Set(["in", "board"]);
const GREETED = new Set(["admitted", "boarded"]);
const ACTS = {
  already_inside: ["again", "next", "last", "undo"],
  already_boarded: ["next"],
  wrong_departure: ["spot", "next"],
  unknown: ["search", "next"],
  wrong_fair: ["search", "next"],
};
const MAY = {
  again: ({ can }) => Boolean(can?.again),
  last: ({ can }) => Boolean(can?.last),
  spot: ({ room }) => room > 0,
  override: ({ can }) => Boolean(can?.override),
  more: (verdict, together) => isBrief(verdict) && companions(verdict, together).length > 0,
  undo: ({ undoable, sample }) => Boolean(undoable) && !sample,
};

/** By which name the answer stands in the table of verdicts. */
export function keyOf({ outcome, repeat, seal }) {
  if (repeat) return outcome === "boarded" ? "repeat_boarded" : "repeat";
  return seal && GREETED.has(outcome) ? "seal" : outcome;
}

/** Whether the answer lets people pass, so that nobody has to look at it twice. */
export function isBrief(verdict) {
  return data.verdicts[keyOf(verdict)].brief;
}

/** Who of the household would come along: those on this side of the door but for `answered`. */
export function companions({ others, direction }, answered = []) {
  const gone = new Set(answered.map(({ entry }) => entry?.hash));
  return (others ?? []).filter(
    ({ hash, outside }) => outside === INWARDS.has(direction) && !gone.has(hash),
  );
}

/** The wording of "and 2 more" for that direction. */
export function moreWord(direction, count) {
  if (direction === "board") return say("verdict.more_board", { count });
  return say(INWARDS.has(direction) ? "verdict.more" : "verdict.more_out", { count });
}

/** Where the seat is, if it is known, and whether there is one to spare here. */
function whyOther({ seatOn, room }, row) {
  if (room === undefined) return row.why;
  const where = seatOn ? say("bus.seat_on", { name: seatOn }) : row.why;
  const free = room > 0 ? say("bus.room", { count: number(room) }) : say("bus.no_room");
  return `${where} ${free}`;
}

function whyOf(verdict, row) {
  const { outcome, firstScan } = verdict;
  if (outcome === "wrong_departure") return whyOther(verdict, row);
  if (!outcome.startsWith("already") || !firstScan) return row.why;
  const values = { time: hourAndMinute(firstScan.at), station: firstScan.station };
  return say(firstScan.station ? "verdict.since" : "verdict.since_here", values);
}

function whoOf(verdict, together) {
  if (together.length > 1) return listOf(together.map(({ entry }) => nameOf(entry)));
  if (!verdict.entry?.name) return "";
  const name = nameOf(verdict.entry);
  return withOthers("verdict", verdict, { name }) || name;
}

function fillLanguage(language, lang, greets) {
  part("language").textContent = language?.name ?? "";
  part("language-line").hidden = !language;
  const greeting = part("greeting");
  fill(greeting, greets ? language?.greeting : "");
  greeting.lang = lang ?? "";
  greeting.dir = language?.dir ?? "ltr";
}

/** What whoever goes along on a bus has to know besides: a wheelchair, and the stop. */
function fillRider({ hint, stop }, bus) {
  part("wheelchair").hidden = hint !== "wheelchair";
  part("stop-line").hidden = !stop;
  part("stop").textContent = stop ? say(`verdict.stop_${bus}`, { stop }) : "";
}

function fillPerson(verdict, together) {
  const entry = verdict.entry ?? {};
  fill(part("who"), whoOf(verdict, together));
  fill(part("own-script"), together.length > 1 ? "" : ownNameOf(entry));
  const language = verdict.repeat ? undefined : data.languages[entry.lang];
  fillLanguage(language, entry.lang, GREETED.has(verdict.outcome));
  fillRider(entry, verdict.bus);
}

function actsOf(verdict, together) {
  const acts = ACTS[verdict.outcome] ?? ["more", "next", "override", "undo"];
  return acts.filter((act) => !MAY[act] || MAY[act](verdict, together));
}

function offerActs(verdict, together) {
  const acts = actsOf(verdict, together);
  const { length } = companions(verdict, together);
  part("more").textContent = moreWord(verdict.direction, length);
  for (const button of parts("act")) {
    button.hidden = !acts.includes(button.dataset.act);
    button.classList.toggle("jf-btn--go", button.dataset.act === acts[0]);
  }
}

/** Shows the answer without sound, as it does when more of it is known. */
export function fillVerdict(verdict, { corrected = false, together = [] } = {}) {
  const row = data.verdicts[keyOf(verdict)];
  const why = whyOf(verdict, row);
  part("verdict").className = `jf-verdict ${row.look}`;
  part("shape").setAttribute("href", `#${row.look}`);
  part("word").textContent = row.word;
  fill(part("why"), why);
  fill(part("sample"), verdict.sample ? say("verdict.sample") : "");
  fill(part("corrected"), corrected ? say("verdict.corrected") : "");
  fillPerson(verdict, together);
  offerActs(verdict, together);
  return [corrected ? say("verdict.corrected") : "", row.word, why, part("who").textContent];
}

/** Shows, sounds and announces the answer. */
export function showVerdict(verdict, options) {
  const said = fillVerdict(verdict, options);
  part("answer").hidden = false;
  for (const screen of parts("screen")) screen.inert = true;
  part("said").textContent = said.filter(Boolean).join(". ");
  part("answer").querySelector("[data-act]:not([hidden])").focus({ preventScroll: true });
  signal(data.verdicts[keyOf(verdict)]);
}

/** Takes the names of the last answer from the page. */
export function forgetVerdict() {
  for (const name of ["who", "own-script", "why", "greeting", "language", "stop"]) {
    part(name).textContent = "";
  }
  part("wheelchair").hidden = true;
}

/** Says under the answer why something could not be done. */
export function sayUnderVerdict(text) {
  fill(part("why"), text);
}

/** Shows the scanner again. */
export function hideVerdict() {
  part("answer").hidden = true;
  for (const screen of parts("screen")) screen.inert = false;
  part("said").textContent = "";
  part("torch").closest("main").focus({ preventScroll: true });
}
