/** Scans of this device: decided here, stored, sent, and put right by what the server answers. */
import { hashOf, normaliseCode } from "./codes.js";
import { uuid } from "./crypt.js";
import { EngineError } from "./errors.js";
import { correctedBy, judge, opened, othersOf, personOf, verdictOf } from "./judge.js";
import { letsIn, passes, repeats } from "./rules.js";

const UNDO_OWN = 10 * 60e3;
const GARBAGE_MOST = 11; // one character less than a code
const AGAIN = "again";
const SPOT = "on the spot";
const BUS = { in: "board", out: "alight" };
const NO_BADGES = new Set(["unknown", "wrong_fair"]);
const STORE = "sealed";
const PASSED = "passed/";

function reasonOf({ override, again = false, spot = false }) {
  if (override) return override.reason;
  if (spot) return SPOT;
  return again ? AGAIN : null;
}

function isOld({ item }) {
  return Date.now() - item.shownAt > UNDO_OWN;
}

function forgotten(id) {
  return { store: STORE, key: PASSED + id, value: undefined };
}

/** What is stored of a scan so that it can be taken back after the page was closed. */
function remembered({ item, verdict, before }) {
  if (!opened(verdict.outcome)) return forgotten(item.id);
  const { id, hash, shownAt, offline, body } = item;
  const said = { direction: body.direction, departure: body.departure };
  const kept = { id, hash, shownAt, offline, body: said };
  return { store: STORE, key: PASSED + id, value: { item: kept, verdict, before } };
}

export class Scans {
  constructor(session) {
    this.session = session;
    this.recent = new Map();
    this.lastOf = new Map();
  }

  /** Takes over who may still be taken back; returns what is to be stored of those who may not. */
  load(sealed) {
    const stored = sealed.filter(([key]) => key.startsWith(PASSED)).map(([, kept]) => kept);
    const young = stored.filter((kept) => !isOld(kept));
    for (const kept of young.sort((a, b) => a.item.shownAt - b.item.shownAt)) {
      this.recent.set(kept.item.id, kept);
      this.lastOf.set(kept.item.hash, kept.item.id);
    }
    return stored.filter((kept) => isOld(kept)).map(({ item }) => forgotten(item.id));
  }

  /** What the camera saw or somebody typed; resolves when it is decided and stored. */
  async scan(text, options) {
    this.mustKnow();
    const code = normaliseCode(text);
    const hash = code && (await hashOf(this.session.roster.salt, code));
    return this.judge({ badge: code ?? [...text].slice(0, GARBAGE_MOST).join("") }, hash, options);
  }

  /** Somebody whom the roster knows: found by name, of a household, or let in again. */
  async admit(hash, options) {
    this.mustKnow();
    return this.judge({ hash }, hash, options);
  }

  mustKnow() {
    const { roster, journey } = this.session;
    if (!roster.loaded || journey?.loaded === false) throw new EngineError("no_roster");
  }

  directionOf(wanted = "in") {
    const { direction, departure } = this.session.about;
    const way = direction === "both" ? wanted : direction;
    return departure ? (BUS[way] ?? way) : way;
  }

  judge(badge, hash, options = {}) {
    const direction = this.directionOf(options.direction);
    const reason = reasonOf(options);
    const sample = this.sampleOf(hash, direction);
    if (sample) return sample;
    const first = reason === null ? this.repeated(hash, direction) : null;
    return first ? { ...first, repeat: true } : this.decide({ badge, hash, direction, reason });
  }

  sampleOf(hash, direction) {
    const outcome = this.session.roster.samples.get(hash);
    if (!outcome) return null;
    const found = { entry: null, before: { since: null }, outcome, seal: false };
    const verdict = verdictOf(this.session, { id: uuid(), hash, direction }, found);
    return { ...verdict, sample: true, undoable: false };
  }

  /** The verdict of a moment ago that this scan repeats, so that no badge is burnt. */
  repeated(hash, direction) {
    const last = this.recent.get(this.lastOf.get(hash));
    if (last?.verdict.direction !== direction || !opened(last.verdict.outcome)) return null;
    return repeats(last.item.shownAt, Date.now()) ? last.verdict : null;
  }

  async decide({ badge, hash, direction, reason: given }) {
    const { moves, outbox, journey } = this.session;
    const reason = given ?? (direction === "board" ? journey.reasonFor(hash) : null);
    const found = judge(this.session, { hash, direction, reason });
    const item = this.itemOf({ badge, hash, direction, reason, decided: found.outcome });
    const verdict = verdictOf(this.session, { id: item.id, hash, direction }, found);
    const kept = { item, verdict, before: found.before };
    this.recent.set(item.id, kept);
    if (hash) this.lastOf.set(hash, item.id);
    await outbox.add(item, hash ? [moves.put(this.moveOf(item, found)), remembered(kept)] : []);
    this.session.emit("change");
    return this.recent.get(item.id)?.verdict ?? verdict;
  }

  itemOf({ badge, hash, direction, reason, decided }) {
    const { about, outbox } = this.session;
    const id = uuid();
    const shownAt = Date.now();
    const body = {
      id,
      ...badge,
      station: about.station,
      direction,
      departure: about.departure?.id ?? null,
      scanned_at: new Date(shownAt).toISOString(),
      decided,
      override: reason === null ? null : { reason },
    };
    // Of a walk-in, the server must have heard before its badge means anything there.
    const registration = outbox.items.find(({ hashes }) => hashes?.includes(hash));
    const after = registration?.id ?? null;
    return { id, kind: "scan", hash, after, shownAt, offline: false, body };
  }

  moveOf({ id, hash, shownAt, body }, { entry, before, outcome }) {
    const { direction, override, station, departure } = body;
    const known = entry !== null || before.since !== null;
    const passed = passes(direction, outcome, { known, letIn: letsIn(outcome) });
    const again = override !== null && letsIn(outcome);
    const at = shownAt + this.session.about.offset;
    return { id, hash, at, direction, station, departure, again, passed, answered: false };
  }

  /** The scan as it is sent; what wasn't answered while it was shown was decided here alone. */
  bodyOf(item) {
    item.offline = item.offline || this.isLate(item);
    return { ...item.body, offline: item.offline };
  }

  isLate({ shownAt }) {
    return Date.now() - shownAt > this.session.config.patience;
  }

  /** An answer that comes too late to be seen, and says otherwise, is to be known as a conflict. */
  answered(item, result) {
    const differs = !result.error && result.outcome !== item.body.decided;
    if (differs && !item.offline && this.isLate(item)) {
      item.offline = true;
      return { again: true, more: [] };
    }
    if (!result.error) this.correct(item, result, differs);
    const move = this.session.moves.get(item.hash, item.id);
    if (!move) return { again: false, more: [] };
    const passed = result.error ? move.passed : this.hasPassed(item, result);
    const moved = this.session.moves.put({ ...move, passed, answered: true });
    return { again: false, more: [moved, ...this.corrected(item, differs)] };
  }

  /** What is to be stored of a scan of which the server may know better. */
  corrected({ id }, differs) {
    const kept = this.recent.get(id);
    return differs && kept ? [remembered(kept)] : [];
  }

  hasPassed({ offline, body }, { outcome }) {
    const letIn = offline && letsIn(body.decided);
    return passes(body.direction, outcome, { known: !NO_BADGES.has(outcome), letIn });
  }

  correct(item, result, differs) {
    const kept = this.recent.get(item.id);
    if (!kept) return;
    if (!differs) {
      Object.assign(kept.verdict, { final: true, conflict: Boolean(result.conflict) });
      return;
    }
    kept.verdict = correctedBy(this.session, kept.verdict, result, { late: item.offline });
    this.session.emit("corrected", kept.verdict);
    if (kept.verdict.entry === null && !NO_BADGES.has(result.outcome)) this.nameLater(kept);
  }

  /** The server knows somebody who isn't on this list yet: their name follows. */
  async nameLater(kept) {
    await this.session.pullAnew();
    const entry = this.session.roster.get(kept.verdict.hash);
    if (this.session.closed || !entry) return;
    const others = othersOf(this.session, entry);
    kept.verdict = { ...kept.verdict, entry: personOf(entry), others };
    this.session.emit("corrected", kept.verdict);
  }

  /** Takes a scan of this device back; that is sent after the scan, whenever that is. */
  async undo(id) {
    const kept = this.recent.get(id);
    if (!kept) throw new EngineError("scan_unknown");
    this.mustBeUndoable(kept);
    const { moves } = this.session;
    const move = moves.get(kept.item.hash, id);
    const change = move ? [moves.drop(move)] : this.restore(kept);
    this.recent.delete(id);
    this.lastOf.delete(kept.item.hash);
    await this.session.act({ kind: "undo", scan: id, reason: "" }, [...change, forgotten(id)]);
  }

  /** Has somebody be where they were before the scan, which the server's word has in it already. */
  restore({ item, before }) {
    const { roster, journey } = this.session;
    if (journey) return journey.trips.amend(item.body.departure, item.hash, before);
    return roster.amend(item.hash, { inside: before.since === null ? null : before });
  }

  /** The scan by which this device let somebody through last, if it may still take it back. */
  undoable(hash) {
    const kept = this.recent.get(this.lastOf.get(hash));
    if (!kept?.verdict.undoable) return null;
    return isOld(kept) ? null : kept.item.id;
  }

  mustBeUndoable({ item }) {
    const { rights } = this.session.about;
    const any = rights.includes("undo");
    if (!any && !rights.includes("undo_own")) throw new EngineError("not_allowed");
    if (!any && isOld({ item })) throw new EngineError("too_late");
    if (this.hasLater(item)) throw new EngineError("scan_not_last");
  }

  /** Whether the same person went through this device's door after that scan. */
  hasLater({ hash, shownAt }) {
    return [...this.recent.values()].some(
      ({ item, verdict }) =>
        item.hash === hash && item.shownAt > shownAt && opened(verdict.outcome),
    );
  }
}
