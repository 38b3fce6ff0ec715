/** From what this device knows to the answer that is shown. */
import { decide, decideBoarding, letsIn, overrideOf } from "./rules.js";

const OPENED = new Set(["admitted", "left", "boarded", "alighted"]);
const OVERRIDDEN = new Set(["cancelled", "waitlisted", "blocked", "full"]);
const SECOND_TIME = new Set(["already_inside", "already_boarded"]);

/** Whether somebody went the way that they wanted. */
export function opened(outcome) {
  return OPENED.has(outcome);
}

/** A person as the screens show them. */
export function personOf({ hash, name, given, own_script, lang, household, hint, stop }) {
  return { hash, name, given, ownScript: own_script, lang, household, hint, stop };
}

/** A person as the screens of this device show them: a bus has its own word on where they get off. */
function shownOf({ journey }, entry) {
  return entry && { ...personOf(entry), ...journey?.passenger(entry.hash) };
}

/** The rest of the household, as far as they are expected, and whether each is still outside. */
export function othersOf({ roster, moves, journey }, entry) {
  if (!entry) return [];
  const others = roster.othersOf(entry);
  const here = journey ? others.filter(({ hash }) => journey.isAwaited(hash)) : others;
  return here.map((other) => {
    const outside = moves.presenceOf(other.hash).since === null;
    return { ...personOf(other), outside };
  });
}

function stateOf({ roster, journey }, entry, hash) {
  if (entry) return entry.state;
  return roster.pool.has(hash) || journey?.passenger(hash) ? "admit" : "unknown";
}

/** How many more fit in, or null where there is no limit. */
function roomLeft({ roster, moves }) {
  const { limit = null, inside = 0 } = roster.facts.station ?? {};
  return limit === null ? null : limit - inside - moves.more;
}

/** The outcome of a badge here and now, with what it rests on. */
export function judge(known, { hash, direction, reason }) {
  const { roster, moves, journey, about } = known;
  const entry = roster.get(hash);
  const before = moves.presenceOf(hash);
  const state = stateOf(known, entry, hash);
  const override = overrideOf(reason, state, about.rights);
  if (journey) {
    const seated = journey.passenger(hash)?.seated ?? false;
    const how = { seated, override, roomLeft: journey.room };
    return { entry, before, outcome: decideBoarding(state, before, direction, how), seal: false };
  }
  const outcome = decide(state, before, direction, { override, roomLeft: roomLeft(known) });
  return { entry, before, outcome, seal: entry === null && letsIn(outcome) };
}

/** What helps with somebody who has no seat: how much room there is, or where their seat is. */
function busOf({ about, journey }, hash) {
  const direction = about.departure?.direction ?? null;
  if (!journey) return { bus: direction };
  return { bus: direction, room: journey.room, seatOn: journey.seatElsewhere(hash) };
}

/** What may be done about an outcome on this device. */
export function choicesOf({ about }, entry, outcome) {
  const { rights } = about;
  return {
    undoable: opened(outcome) && rights.includes("undo_own"),
    can: {
      again: entry !== null && outcome === "already_inside",
      last: entry !== null && outcome === "already_inside" && rights.includes("undo"),
      override: entry !== null && OVERRIDDEN.has(outcome) && rights.includes("override"),
    },
  };
}

/** What the screens show of a scan that was decided here. */
export function verdictOf(known, { id, hash, direction }, { entry, before, outcome, seal }) {
  const second = SECOND_TIME.has(outcome) && before.since !== null;
  return {
    id,
    hash,
    direction,
    outcome,
    seal,
    repeat: false,
    sample: false,
    final: false,
    late: false,
    conflict: false,
    entry: shownOf(known, entry),
    ...busOf(known, hash),
    firstScan: second ? { at: new Date(before.since), station: before.station } : null,
    others: othersOf(known, entry),
    ...choicesOf(known, entry, outcome),
  };
}

/** The verdict as the server's answer makes it. */
export function correctedBy(known, verdict, result, { late }) {
  const entry = verdict.entry ?? known.roster.get(verdict.hash);
  const first = result.first_scan;
  return {
    ...verdict,
    outcome: result.outcome,
    seal: verdict.seal && letsIn(result.outcome),
    final: true,
    late,
    conflict: Boolean(result.conflict),
    firstScan: first ? { at: new Date(first.at), station: first.station } : null,
    ...busOf(known, verdict.hash),
    ...choicesOf(known, entry, result.outcome),
  };
}
