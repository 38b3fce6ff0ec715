/** What the page shows in which state: entry or scanner, counts, network, troubles. */
import { canSay, dialog, fill, hourAndMinute, number, part, parts, say, setZone } from "./data.js";
import { sayEnded, sayLocked } from "./pair.js";

const BRIEF = 6000;
let lasting = "";

/** A name, given as it is or within an object. */
const nameIn = (value) => (typeof value === "string" ? value : (value?.name ?? ""));

function showRights(rights) {
  for (const element of parts("right")) {
    element.hidden = !rights.includes(element.dataset.right);
  }
}

/** Shows the shift's help number, one tap away. */
function showHelp(phone) {
  for (const link of parts("help")) {
    link.hidden = !phone;
    link.href = `tel:${phone.replace(/[^+\d]/g, "")}`;
  }
}

function showAbout(about) {
  setZone(about.zone ?? undefined);
  const texts = {
    fair: nameIn(about.fair),
    station: nameIn(about.station),
    device: about.deviceName,
  };
  for (const [name, text] of Object.entries(texts)) {
    for (const element of document.querySelectorAll(`[data-about="${name}"]`)) fill(element, text);
  }
  part("place").textContent = texts.station;
  showRights(about.rights ?? []);
  showHelp(about.phone ?? "");
}

/** Says before the fair's day that what is scanned doesn't count. */
function showRehearsal(engine) {
  const begins = engine.about?.dayBegins;
  part("rehearsal").hidden = !begins || engine.now() >= begins;
}

/** What is counted on this phone: at a door who is inside, on a bus who is on board. */
function figuresOf({ bus, inside, limit, recent }) {
  return bus
    ? { inside: bus.onBoard, limit: bus.expected, recent: bus.room }
    : { inside, limit, recent };
}

function showCounts(counts) {
  if (!counts) return;
  const { inside, limit, recent } = figuresOf(counts);
  part("count", "inside").textContent = number(inside ?? 0);
  fill(part("limit"), limit === null ? "" : say("scanner.of", { most: number(limit) }));
  part("count", "recent").textContent = number(recent ?? 0);
  part("count", "waiting").textContent = number(counts.waiting ?? 0);
}

function showNet({ net, counts, state }) {
  const offline = net === "offline";
  part("net", "online").hidden = offline;
  part("net", "offline").hidden = !offline;
  part("strip").hidden = !offline || state !== "ready";
  if (!offline) return;
  const { waiting = 0, rosterAt, people = 0 } = counts ?? {};
  const values = { count: number(waiting), people: number(people) };
  part("strip-title").textContent = say("scanner.offline");
  part("strip-text").textContent = rosterAt
    ? say("scanner.offline_more", { ...values, time: hourAndMinute(rosterAt) })
    : say("scanner.offline_empty", values);
}

function leaveReady() {
  for (const box of document.querySelectorAll("dialog[open]")) box.close();
}

/** Shows what belongs to the engine's state. */
export function showState(engine) {
  const ready = engine.state === "ready";
  if (!ready && !part("screen", "ready").hidden) leaveReady();
  for (const screen of parts("screen")) screen.hidden = screen.dataset.screen !== engine.state;
  part("menu").hidden = !ready;
  part("net-state").hidden = !ready;
  part("brand").hidden = ready;
  document.body.classList.toggle("jf-door--ready", ready);
  if (engine.about) showAbout(engine.about);
  if (engine.state === "ended") sayEnded(engine);
  if (engine.state === "locked") sayLocked(engine);
  showCounts(engine.counts);
  showRehearsal(engine);
  showNet(engine);
}

/** Says that something is wrong with the phone, and how nothing is lost; null: it is over. */
export function showTrouble(code) {
  if (code === null) {
    part("trouble").hidden = true;
    return;
  }
  const name = `scanner.${code}`;
  part("trouble").hidden = false;
  part("trouble-text").textContent = say(canSay(name) ? name : "scanner.storage_full");
}

/** Says under the picture what is to be done. */
export function hint(text) {
  lasting = text;
  part("hint").textContent = text;
}

/** Says there, and above a list, what has just happened; after a while again what is to be done. */
export function hintBriefly(text) {
  part("hint").textContent = text;
  fill(part("notice"), text);
  setTimeout(() => {
    if (part("hint").textContent === text) part("hint").textContent = lasting;
    if (part("notice").textContent === text) fill(part("notice"), "");
  }, BRIEF);
}

/** Shows the switch of the directions that the device scans; calls back with the chosen one. */
export function initDirections(onChoose) {
  const buttons = parts("direction");
  for (const button of buttons) {
    button.addEventListener("click", () => {
      onChoose(button.dataset.direction);
      for (const other of button.parentElement.children) {
        other.setAttribute("aria-pressed", String(other === button));
      }
    });
  }
}

/** Offers a choice only where the device has one; returns the direction to begin with. */
export function offerDirections({ departure, direction }) {
  const bus = Boolean(departure);
  part("switch", "door").hidden = bus || direction !== "both";
  part("switch", "bus").hidden = !bus || direction !== "both";
  const pressed = part("switch", bus ? "bus" : "door").querySelector("[aria-pressed=true]");
  if (direction === "both") return pressed.dataset.direction;
  if (!bus) return direction;
  return direction === "in" ? "board" : "alight";
}

/** Whether the phone is in use, so that its screen should stay on. */
export function isInUse(engine) {
  return engine.state === "ready" && !document.hidden && !dialog("hand-back").open;
}

/** Whether the scanner is in sight, so that the camera should run. */
export function isScanning(engine) {
  return isInUse(engine) && !part("finder").hidden;
}
