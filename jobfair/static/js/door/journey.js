/** What a phone does that goes along with a bus, beyond scanning: its list, delays, the closing. */
import { uuid } from "./crypt.js";
import { EngineError } from "./errors.js";
import { isElsewhere, manifestOf, timesOf } from "./manifest.js";
import { Trips } from "./trips.js";

const NEXT_BUS = "next bus";

export class Journey {
  constructor(session) {
    this.session = session;
    this.trips = new Trips(session.about);
  }

  get loaded() {
    return this.trips.current !== null;
  }

  /** Asks the server for the lists; what it had answered before is in them. */
  async ask() {
    const { answered, cursor } = this.trips;
    const since = cursor === null ? "" : `?since=${encodeURIComponent(cursor)}`;
    const answer = await this.session.api.get(this.session.path(`departures${since}`));
    return { answer, answered };
  }

  /** Whether it is before the fair's day: then the lists have nothing of what is tried out here. */
  get isRehearsal() {
    const { about, now } = this.session;
    return about.dayBegins !== undefined && now() < about.dayBegins;
  }

  /** Takes the lists in; returns what is to be stored. */
  take({ answer, answered }) {
    const records = this.trips.apply(answer);
    if (!this.loaded && this.trips.list.length > 0) this.point(this.trips.list[0]);
    return this.isRehearsal ? records : [...records, ...this.trips.drop(answered)];
  }

  /** All trips of this bus, in the order of time, with when they go. */
  get all() {
    return this.trips.list.map((trip) => {
      return {
        id: trip.id,
        name: trip.name,
        ...timesOf(trip, this.trips.reported("late", trip.id)),
      };
    });
  }

  /** The trip after this one, or null. */
  get next() {
    const { list, current } = this.trips;
    return list[list.indexOf(current) + 1] ?? null;
  }

  /** Has the phone be on that trip. */
  async choose(id) {
    const trip = this.trips.get(id);
    if (!trip) throw new EngineError("failed");
    this.point(trip);
    await this.session.keepAbout();
    this.session.emit("change");
  }

  point({ id, direction, name }) {
    Object.assign(this.session.about, { departure: { id, direction, name }, station: name });
  }

  /** The trip as it stands, or null while there is no list. */
  get manifest() {
    const { current } = this.trips;
    if (!current) return null;
    const done = {
      boarded: (person) => this.presenceOf(person),
      added: this.added(),
      delays: this.trips.reported("late", current.id),
      closings: this.trips.reported("close", current.id),
      came: ({ hash }) => this.cameBy(hash),
    };
    return manifestOf(current, done, this.session.now().getTime());
  }

  /** Whether this phone let somebody on a bus to the fair, which the server may not know yet. */
  cameBy(hash) {
    const { list } = this.trips;
    const out = new Set(list.filter(({ direction }) => direction === "out").map(({ id }) => id));
    return this.session.moves.of(hash).some((move) => move.passed && out.has(move.departure));
  }

  presenceOf({ hash, boarded }) {
    if (hash === null) return boarded;
    const found = this.session.moves.presenceOf(hash);
    return found.since === null ? null : found;
  }

  /** Who got on here without being on the list. */
  added() {
    const { moves, roster } = this.session;
    return [...moves.byHash.keys()]
      .filter((hash) => !this.trips.passenger(hash) && moves.presenceOf(hash).since !== null)
      .map((hash) => {
        const { name = "", own_script: ownScript = "", hint } = roster.get(hash) ?? {};
        const person = { hash, name, own_script: ownScript, stop: null, party: 1, prams: 0 };
        const wheelchair = hint === "wheelchair";
        return { ...person, wheelchair, seated: false, boarded: moves.presenceOf(hash) };
      });
  }

  /** What makes somebody a passenger of this trip, or null. */
  passenger(hash) {
    const person = this.trips.passenger(hash);
    if (!person) return null;
    const stop = this.trips.current.stops.find(({ id }) => id === person.stop)?.name ?? "";
    return { seated: person.seated, hint: person.wheelchair ? "wheelchair" : "", stop };
  }

  /** Whether somebody has a seat and may come to it. */
  isAwaited(hash) {
    const person = this.trips.passenger(hash);
    return person !== null && person.seated && !isElsewhere(person);
  }

  /** On which other trip of this bus somebody has a seat, or "". */
  seatElsewhere(hash) {
    const { current, list } = this.trips;
    const has = (trip) => trip.people.some((person) => person.hash === hash && person.seated);
    return (
      list.find((trip) => trip !== current && trip.direction === current.direction && has(trip))
        ?.name ?? ""
    );
  }

  /** Why somebody without a seat gets on unasked: an earlier bus left without them. */
  reasonFor(hash) {
    return this.trips.passenger(hash)?.seated === false ? NEXT_BUS : null;
  }

  get room() {
    return this.manifest?.room ?? 0;
  }

  /** Has the bus be so much later from the next stop on; `stop` null: wherever it still comes. */
  async late(minutes, stop) {
    await this.report({ kind: "late", minutes, stop }, {});
  }

  /** Closes the bus with an answer for each who is missing, by their hash. */
  async close(answers) {
    const told = Object.entries(answers).map(([hash, answer]) => ({ hash, answer }));
    await this.report({ kind: "close", answers: told }, { answers });
  }

  async report(action, kept) {
    const said = { ...action, id: uuid(), departure: this.session.about.departure.id };
    const at = this.session.now().getTime();
    const report = { ...said, ...kept, at, answered: false };
    await this.session.act(said, [this.trips.put(report)]);
  }

  /** The server has taken it, or not; returns what is to be stored. */
  answered(id, { error }) {
    const report = this.trips.reports.get(id);
    if (!report) return [];
    return error ? this.trips.drop([id]) : [this.trips.put({ ...report, answered: true })];
  }

  /** Has everybody get off who is on board; returns how many. */
  async allOff() {
    const { people } = this.trips.current;
    const onBoard = [...people, ...this.added()].filter(
      (person) => person.hash && this.presenceOf(person),
    );
    for (const { hash } of onBoard) await this.session.admit(hash, { direction: "out" });
    return onBoard.length;
  }
}
