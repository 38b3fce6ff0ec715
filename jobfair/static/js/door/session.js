/** A device in the hands of somebody on duty: from the unlocking of its data to the locking. */
import { Unreachable } from "./api.js";
import { uuid } from "./crypt.js";
import { EngineError } from "./errors.js";
import { Journey } from "./journey.js";
import { othersOf, personOf } from "./judge.js";
import { Moves } from "./moves.js";
import { Outbox } from "./outbox.js";
import { Roster } from "./roster.js";
import { Scans } from "./scans.js";
import { registerWalkIn, walkInAnswered } from "./walkins.js";

const RECENT = 5 * 60e3;
const STORES = ["sealed", "queue", "moves", "parked"];
const CALLS = {
  scan: { path: "scans", list: "scans" },
  walk_in: { path: "walk-ins", list: "walk_ins" },
  action: { path: "actions", list: "actions" },
};

export class Session {
  /**
   * `about` is the device as the engine knows it, which `keepAbout()` stores; `emit(name, detail)`
   * tells what happened, `onRoster(answer)` what the server says of shift and station; `now()` is
   * the server's time. `journey` is what a bus has and a station hasn't.
   */
  constructor({ vault, api, about, config, emit, onRoster, keepAbout, now }) {
    Object.assign(this, { vault, api, about, config, emit, onRoster, keepAbout, now });
    this.closed = false;
    this.pulling = null;
    this.battery = null;
    this.roster = new Roster(config.tables);
    this.journey = about.departure ? new Journey(this) : null;
    this.moves = new Moves(this.journey?.trips ?? this.roster, () => about.departure?.id ?? null);
    this.scans = new Scans(this);
    this.outbox = new Outbox(vault, {
      send: (kind, items) => this.send(kind, items),
      onAnswer: (item, result) => this.answered(item, result),
      onParked: (item) => this.parked(item),
      onChange: () => emit("change"),
    });
  }

  /** Takes over what is stored; the roster is then as old as it is. */
  async load() {
    const [sealed, queue, moves, parked] = await Promise.all(
      STORES.map((store) => this.vault.readAll(store)),
    );
    this.api.token = new Map(sealed).get("token") ?? null;
    this.roster.load(sealed);
    this.journey?.trips.load(sealed);
    this.moves.load(moves);
    this.outbox.load(queue, parked);
    const old = this.scans.load(sealed);
    if (old.length > 0) await this.vault.write(old);
    this.battery = (await navigator.getBattery?.().catch(() => null)) ?? null;
  }

  /** Drops all that is open; answers that are on their way are not waited for. */
  close() {
    this.closed = true;
    this.outbox.close();
    this.api.token = null;
  }

  path(rest) {
    return `/fairs/${encodeURIComponent(this.about.slug)}/${rest}`;
  }

  /** Brings the roster up to date; rejects when the server can't be reached. */
  pull() {
    this.pulling = this.pulling ?? this.fetchRoster().finally(() => (this.pulling = null));
    return this.pulling;
  }

  /** Brings the roster to what holds from now on; an answer under way may be older than that. */
  async pullAnew() {
    await (this.pulling ?? Promise.resolve()).catch(() => {});
    if (!this.closed) await this.pull().catch(() => {});
  }

  async fetchRoster() {
    const counted = this.journey?.isRehearsal ? [] : this.moves.answered;
    const { cursor } = this.roster.facts;
    const since = cursor === null ? "" : `?since=${encodeURIComponent(cursor)}`;
    const [answer, lists] = await Promise.all([
      this.api.get(this.path(`roster${since}`)),
      this.journey?.ask(),
    ]);
    if (this.closed) return;
    const changes = [...this.roster.apply(answer), ...(this.journey?.take(lists) ?? [])];
    await this.vault.write([...changes, ...counted.map((move) => this.moves.drop(move))]);
    this.onRoster(answer);
    await this.keepAbout();
    this.emit("change");
  }

  async send(kind, items) {
    const { path, list } = CALLS[kind];
    const bodies = items.map((item) => (kind === "scan" ? this.scans.bodyOf(item) : item.body));
    const device = kind === "scan" ? { device: this.stateAfter(items) } : {};
    const body = { ...device, [list]: bodies };
    const { results } = await this.api.post(this.path(path), body, { batch: items.length > 1 });
    if (!Array.isArray(results) || results.length !== items.length) throw new Unreachable();
    return results;
  }

  /** What the desk is told of this device: after these, so many are still unsent. */
  stateAfter(items) {
    const level = this.battery?.level;
    return {
      now: new Date().toISOString(),
      unsent: this.outbox.items.length - items.length,
      battery: typeof level === "number" ? Math.round(level * 100) : null,
    };
  }

  answered(item, result) {
    if (item.kind === "scan") return this.scans.answered(item, result);
    if (item.kind === "walk_in") return { again: false, more: walkInAnswered(this, item, result) };
    if (!result.error) this.pullAnew();
    return { again: false, more: this.journey?.answered(item.id, result) ?? [] };
  }

  /** What the server would not take doesn't hold here either. */
  parked({ id, kind, error }) {
    this.journey?.trips.drop([id]);
    this.emit("trouble", { code: "refused", kind, error });
  }

  scan(text, options) {
    return this.scans.scan(text, options);
  }

  admit(hash, options) {
    return this.scans.admit(hash, options);
  }

  undo(id) {
    return this.scans.undo(id);
  }

  walkIn(household) {
    return registerWalkIn(this, household);
  }

  resolve(conflict, reason) {
    return this.act({ kind: "resolve", conflict, reason });
  }

  async act(action, more = []) {
    const body = { id: uuid(), ...action, at: this.now().toISOString() };
    const { id, scan = null } = body;
    await this.outbox.add({ id, kind: "action", after: scan, body }, more);
    this.emit("change");
  }

  /** The scan by which somebody last went through a door, wherever; null where there is none. */
  async lastScan(hash) {
    await this.outbox.flush();
    const { scan } = await this.api.post(this.path("last-scan"), { hash });
    return scan;
  }

  /** Takes a scan back that may be another device's, so only the server can say whether it may. */
  async takeBack(scan) {
    if (this.scans.recent.has(scan)) {
      await this.scans.undo(scan);
      return;
    }
    const at = this.now().toISOString();
    const action = { id: uuid(), kind: "undo", scan, reason: "", at };
    const { results } = await this.api.post(this.path("actions"), { actions: [action] });
    if (results[0].error) throw new EngineError(results[0].error);
    await this.pullAnew();
  }

  async searchOnline(text) {
    const { people } = await this.api.post(this.path("search"), { q: text });
    return people.map((found) => this.foundOf({ ...found, ...this.roster.get(found.hash) }));
  }

  async conflicts() {
    const { conflicts } = await this.api.get(this.path("conflicts"));
    return conflicts;
  }

  find(text) {
    return this.roster.find(text).map((entry) => this.foundOf(entry));
  }

  foundOf(entry) {
    const inside = this.moves.presenceOf(entry.hash).since !== null;
    return { ...personOf(entry), others: othersOf(this, entry), inside };
  }

  /** The buses that are about to arrive, as stations are told of them. */
  get coming() {
    return this.roster.facts.buses ?? [];
  }

  get counts() {
    const generated = this.roster.facts.generated_at;
    return {
      ...this.placeCounts(),
      expected: this.roster.expected,
      waiting: this.outbox.items.length,
      parked: this.outbox.parked.length,
      people: this.roster.entries.size,
      rosterAt: generated ? new Date(generated) : null,
    };
  }

  /** What a bus counts, or what a door does. */
  placeCounts() {
    if (this.journey) return { bus: this.journey.manifest, inside: 0, limit: null, recent: 0 };
    const { station } = this.roster.facts;
    return {
      bus: null,
      inside: (station?.inside ?? 0) + this.moves.more,
      limit: station?.limit ?? null,
      recent: this.moves.countSince(this.now().getTime() - RECENT),
    };
  }

  /** What has not reached the server, or was refused there, to be carried over by hand. */
  export() {
    const bodies = (items) => items.map(({ kind, body, error }) => ({ kind, error, ...body }));
    const { items, parked } = this.outbox;
    const { deviceName: name, station, offset } = this.about;
    const device = { name, station, clock_behind_ms: offset }; // by which scanned_at is too early
    const kept = { device, waiting: bodies(items), refused: bodies(parked) };
    const text = JSON.stringify(kept, null, 2);
    return new Blob([text], { type: "application/json" });
  }
}
