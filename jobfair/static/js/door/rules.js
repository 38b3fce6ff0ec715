/**
 * The decision at the door: the twin of checkin/rules.py, held to it by the vectors in
 * tests/vectors/door.json. Times are milliseconds; outside is `{since: null}`.
 */
export const OUTSIDE = Object.freeze({ since: null, station: "" });

const REPEAT = 10e3;
const NOBODY = new Set(["wrong_fair", "unknown"]);
const WAYS_IN = new Set(["in", "board"]);
const LET_IN = new Set(["admitted", "boarded"]);

/** Whether the direction leads inside. */
export function isWayIn(direction) {
  return WAYS_IN.has(direction);
}

/** Whether the outcome opens the door to somebody who comes in. */
export function letsIn(outcome) {
  return LET_IN.has(outcome);
}

/** Where the moves leave a person: they are taken by time, ties as they arrived. */
export function presence(moves) {
  let now = OUTSIDE;
  for (const move of [...moves].sort((a, b) => a.at - b.at)) {
    if (!isWayIn(move.direction)) now = OUTSIDE;
    else if (move.again || now.since === null) now = { since: move.at, station: move.station };
  }
  return now;
}

function decideIn(state, before, override, roomLeft) {
  if (override === "past") return "admitted";
  if (state !== "admit") return state;
  if (before.since !== null) return override === "again" ? "admitted" : "already_inside";
  return roomLeft !== null && roomLeft <= 0 ? "full" : "admitted";
}

/** The answer to a badge at a door; `roomLeft` null means that there is no limit. */
export function decide(state, before, direction, { override = "none", roomLeft = null } = {}) {
  if (NOBODY.has(state)) return state;
  if (direction === "out") return before.since === null ? "not_inside" : "left";
  return decideIn(state, before, override, roomLeft);
}

/**
 * The answer to a badge at a bus; whoever gets off is never kept in. Insisting gets somebody on
 * without a seat, where there is room left.
 */
export function decideBoarding(
  state,
  before,
  direction,
  { seated, override = "none", roomLeft = null },
) {
  if (NOBODY.has(state)) return state;
  if (direction === "alight") return "alighted";
  if (state !== "admit") return state;
  if (before.since !== null) return "already_boarded";
  return seated ? "boarded" : boardUnseated(override, roomLeft);
}

function boardUnseated(override, roomLeft) {
  if (override === "none") return "wrong_departure";
  return roomLeft !== null && roomLeft <= 0 ? "full" : "boarded";
}

/**
 * How many seats of a bus are free for people added on the spot: those that nobody sits on, and
 * that are not kept for somebody who may still come, at the last halt where somebody with a seat
 * got on or after it. Wheelchair places are no seats.
 */
export function freeSeats(seats, listed, { closed }) {
  const sitting = listed.filter(({ wheelchair }) => !wheelchair);
  const onBoard = sitting.filter(({ boarded }) => boarded);
  const reached = Math.max(0, ...onBoard.map(({ seated, halt }) => (seated ? (halt ?? 0) : 0)));
  const mayCome = ({ seated, boarded, elsewhere, halt }) =>
    seated && !boarded && !elsewhere && (halt === null || halt >= reached);
  const kept = closed ? 0 : sitting.filter(mayCome).length;
  return Math.max(0, seats - onBoard.length - kept);
}

/** Whether a scan repeats one that this device let through the same way before. */
export function repeats(lastAt, at) {
  return lastAt !== null && at - lastAt >= 0 && at - lastAt <= REPEAT;
}

/** Whether the person went through the door by this scan. */
export function passes(direction, outcome, { known, letIn }) {
  if (!isWayIn(direction)) return known;
  return letsIn(outcome) || (letIn && known);
}

/** What a reason can achieve: letting in again is everybody's, more a supervisor's. */
export function overrideOf(reason, state, rights) {
  if (reason === null) return "none";
  if (rights.includes("override")) return "past";
  return state === "admit" ? "again" : "none";
}
