/** The screens of a phone that goes along with a bus: its list, its trips, delays, getting off. */
import { initClosing } from "./closing.js";
import {
  dialog,
  fill,
  hourAndMinute,
  number,
  part,
  parts,
  placeIn,
  say,
  show,
  wordingOf,
} from "./data.js";
import { open } from "./dialogs.js";
import { whileBusy } from "./fields.js";
import { fullNameOf, showNext, showRiders } from "./riders.js";
import { hintBriefly } from "./screens.js";
import { signal } from "./signals.js";
import { onPress } from "./touches.js";

const MINUTE = 60e3;
const TAKE_BACK = 10e3;
const TWICE = 600;
const WARNING = { tones: [[440, 200], [440, 200]], buzz: [300, 150, 300] }; // prettier-ignore

/** From when to when a trip goes, in words. */
function whenOf({ direction, stops, fair }) {
  const ends =
    direction === "out" ? [stops[0] ?? fair, fair] : [fair, stops[stops.length - 1] ?? fair];
  const [from, until] = ends.map(({ at }) => hourAndMinute(at));
  return say(direction === "out" ? "bus.to_fair" : "bus.home", { from, until });
}

export class BusScreen {
  /** `onView()` hears that the list has come into sight, or the camera. */
  constructor(engine, flow, onView) {
    Object.assign(this, { engine, flow, onView });
    this.view = "list";
    this.drawn = "";
    this.warned = null;
    this.tapped = { hash: null, at: 0 };
    this.rider = null;
    this.delayed = null;
    this.timer = 0;
    this.listen();
  }

  listen() {
    for (const button of parts("view")) onPress(button, () => this.turnTo(button.dataset.view));
    for (const button of parts("late"))
      onPress(button, () => this.late(Number(button.dataset.late)));
    onPress(part("delay-undo"), () => this.undoDelay());
    onPress(part("rider-off"), () => this.getOff());
    onPress(part("rider-undo"), () => this.takeBack());
    onPress(part("follow"), () => this.choose(this.engine.session.journey.next.id));
    dialog("rider").addEventListener("close", () => this.forgetRider());
    dialog("trips").addEventListener("opened", () => this.listTrips());
    initGettingOff(this);
    initClosing(this.engine);
  }

  get journey() {
    return this.engine.open.journey;
  }

  /** Whether this phone scans who gets off: the desk may have given it the way in alone. */
  get mayGetOff() {
    return this.engine.about.direction !== "in";
  }

  /** Shows what belongs to a bus, or nothing of it at a station. */
  refresh() {
    const bus = this.engine.state === "ready" && Boolean(this.engine.about.departure);
    const manifest = bus ? this.engine.counts.bus : null;
    this.showParts(bus);
    part("trip").hidden = !manifest;
    if (!manifest) {
      this.leave();
      return;
    }
    this.showTrip(manifest);
    this.showLeaving(manifest);
    this.showClosed(manifest);
    this.draw(manifest);
  }

  showParts(bus) {
    const list = bus && this.view === "list";
    document.body.classList.toggle("jf-door--list", list);
    part("list").hidden = !list;
    part("finder").hidden = list;
    part("busacts").hidden = !list;
    part("view", "list").hidden = !bus || list;
    part("view", "scan").hidden = !list;
    for (const element of parts("at-bus")) element.hidden = !bus;
    for (const element of parts("at-door")) element.hidden = bus;
  }

  /** Takes the names from the page, as the scanner goes out of sight. */
  leave() {
    if (this.drawn === "") return;
    this.drawn = "";
    this.view = "list";
    show(part("halts"), []);
    show(part("trips"), []);
    this.forgetRider();
    this.endDelay();
    part("leaving").hidden = true;
    part("closed").hidden = true;
    part("following").hidden = true;
  }

  showTrip(manifest) {
    const { session } = this.engine;
    part("trip-when").textContent = whenOf(manifest);
    part("trip").disabled = session.journey.all.length < 2;
    for (const button of parts("way")) button.hidden = button.dataset.way !== manifest.direction;
    if (!this.mayGetOff) part("way", "out").hidden = true;
    const { next } = session.journey;
    part("following").hidden = !(manifest.over && next);
    fill(part("following-name"), next?.name);
  }

  /** Says who was on board when the bus home was closed. */
  showClosed({ closedAt, onBoard, expected }) {
    const values = { count: number(onBoard), most: number(expected) };
    const time = closedAt && hourAndMinute(closedAt);
    fill(part("closed"), closedAt && say("bus.closed", { time, ...values }));
    part("open-bus").hidden = closedAt !== null;
    part("closed-bus").hidden = closedAt === null;
  }

  /** Warns before the bus home leaves, once with sound, then in sight. */
  showLeaving(manifest) {
    part("leaving").hidden = !manifest.leaving;
    if (!manifest.leaving) return;
    const minutes = Math.ceil((manifest.fair.at - this.engine.now()) / MINUTE);
    part("leaving-when").textContent =
      minutes > 0 ? say("bus.leaves_in", { minutes: number(minutes) }) : say("bus.leaves_now");
    const count = number(manifest.missing.filter(({ answer }) => !answer).length);
    part("leaving-missing").textContent = say("bus.missing", { count });
    if (this.warned !== manifest.id) this.warn();
    this.warned = manifest.id;
  }

  warn() {
    signal(WARNING);
    const texts = [part("leaving-when"), part("leaving-missing")].map((one) => one.textContent);
    part("said").textContent = texts.join(". ");
  }

  draw(manifest) {
    const text = JSON.stringify(manifest);
    if (text === this.drawn) return;
    const first = this.drawn === "";
    this.drawn = text;
    showRiders(manifest, (person) => this.tap(person));
    if (first) showNext();
  }

  turnTo(view) {
    this.view = view;
    this.refresh();
    this.onView();
  }

  /** Whoever is touched gets on; of whoever is on board it is asked what has happened. */
  tap(person) {
    const twice = person.hash === this.tapped.hash && Date.now() - this.tapped.at < TWICE;
    this.tapped = { hash: person.hash, at: Date.now() };
    if (twice) return;
    if (person.boarded) this.ask(person);
    else this.flow.tick(person.hash, "in");
  }

  ask(person) {
    this.rider = person;
    part("rider-name").textContent = fullNameOf(person);
    const time = hourAndMinute(person.boarded.since);
    part("rider-since").textContent = say("bus.board_since", { time });
    part("rider-off").hidden = !this.mayGetOff;
    part("rider-undo").hidden = this.engine.session.scans.undoable(person.hash) === null;
    open("rider");
  }

  forgetRider() {
    this.rider = null;
    part("rider-name").textContent = "";
  }

  getOff() {
    const { hash } = this.rider;
    dialog("rider").close();
    this.flow.tick(hash, "out");
  }

  takeBack() {
    const scan = this.engine.session.scans.undoable(this.rider.hash);
    dialog("rider").close();
    return this.flow.undoScans([scan]);
  }

  /** Does it, or says why not. */
  async attempt(act) {
    try {
      await act();
    } catch (error) {
      hintBriefly(wordingOf("dialog", error.code, "failed"));
    }
  }

  late(minutes) {
    const { stops, next } = this.engine.counts.bus;
    const stop = next === null ? null : stops[next];
    return this.attempt(async () => {
      await this.journey.late(minutes, stop?.id ?? null);
      this.keepDelay(minutes, stop);
    });
  }

  /** Says for a while what was reported, so that it can be taken back. */
  keepDelay(minutes, stop) {
    clearTimeout(this.timer);
    this.delayed = { minutes, stop: stop?.id ?? null };
    const values = { minutes: number(minutes), stop: stop?.name };
    part("delay-said").textContent = say(stop ? "bus.later_from" : "bus.later", values);
    part("delay").hidden = false;
    this.timer = setTimeout(() => this.endDelay(), TAKE_BACK);
  }

  endDelay() {
    clearTimeout(this.timer);
    this.delayed = null;
    part("delay").hidden = true;
    part("delay-said").textContent = "";
  }

  undoDelay() {
    const { minutes, stop } = this.delayed;
    this.endDelay();
    return this.attempt(() => this.journey.late(-minutes, stop));
  }

  allOff() {
    return this.attempt(async () => {
      const count = await this.journey.allOff();
      dialog("all-off").close();
      hintBriefly(say("bus.off", { count: number(count) }));
    });
  }

  choose(id) {
    this.endDelay();
    this.drawn = "";
    return this.attempt(() => this.journey.choose(id));
  }

  listTrips() {
    const { about, session } = this.engine;
    const rows = session.journey.all.map((trip) => {
      const row = part("trip-choice").content.cloneNode(true);
      placeIn(row, "name").textContent = trip.name;
      placeIn(row, "when").textContent = whenOf(trip);
      const button = row.querySelector("button");
      if (trip.id === about.departure.id) button.setAttribute("aria-current", "true");
      button.classList.toggle("jf-btn--go", trip.id === about.departure.id);
      button.addEventListener("click", () => {
        dialog("trips").close();
        this.choose(trip.id);
      });
      return row;
    });
    show(part("trips"), rows);
  }
}

function initGettingOff(screen) {
  const box = dialog("all-off");
  box.addEventListener("opened", () => {
    const { onBoard, expected } = screen.engine.counts.bus;
    const values = { count: number(onBoard), most: number(expected) };
    part("all-off-count").textContent = say("bus.on_board", values);
  });
  box.querySelector("form").addEventListener("submit", (event) => {
    event.preventDefault();
    whileBusy(box.querySelector("[type=submit]"), () => screen.allOff());
  });
}
