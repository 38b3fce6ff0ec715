/**
 * A trip as it stands: the server's list with what was done on this phone since. Times are
 * milliseconds; what is on time is zero minutes late, and nothing is ever early.
 */
import { freeSeats } from "./rules.js";

const MINUTE = 60e3;
const STAYS = 2 * MINUTE;
const WAITS = 15 * MINUTE;
const WARNED = 15 * MINUTE;
const SETTLED = new Set(["otherwise", "reached"]);
const AT_THE_FAIR = new Set(["there", "seen_out"]);

/** Whether somebody on the list is known not to come: on another bus, gone, or on a later one. */
export function isElsewhere({ boarded, where, answer }) {
  return !boarded && (where === "aboard" || where === "said_gone" || answer === "later_bus");
}

/** Whether somebody was seen at the fair and is not on board, or was answered for. */
function isMissing({ boarded, where, answer }) {
  return !boarded && (AT_THE_FAIR.has(where) || Boolean(answer));
}

function isExpected(direction, person) {
  if (person.boarded) return true;
  if (isElsewhere(person)) return false;
  return direction === "out" || AT_THE_FAIR.has(person.where);
}

/** The passengers with what was scanned and answered here. */
function peopleOf(trip, { boarded, answers, added, came }) {
  const listed = trip.people.map((person) => {
    const answer = answers.get(person.hash) ?? person.answer;
    const seen = person.where ?? (trip.direction === "back" && came(person) ? "there" : null);
    const where = SETTLED.has(answer) ? "said_gone" : seen;
    return { ...person, answer, where, boarded: boarded(person) };
  });
  return [...listed, ...added];
}

/** How late the bus is there: `place` counts the stops from 0, null is the fair. */
function lateAt(trip, place, delays) {
  const told = place === null ? trip.late : trip.stops[place].late;
  const order = place ?? (trip.direction === "out" ? Infinity : -1);
  const here = delays.filter(({ stop }) => {
    return stop === null || trip.stops.findIndex(({ id }) => id === stop) <= order;
  });
  return Math.max(
    0,
    here.reduce((sum, { minutes }) => sum + minutes, told),
  );
}

function timed(trip, place, delays) {
  const at = place === null ? trip.fair_at : trip.stops[place].at;
  const late = lateAt(trip, place, delays);
  return { planned: at, late, at: at + late * MINUTE };
}

/** Whether the bus has left a stop: nobody says so, but people who got on, and the time. */
function isBehind(trip, stops, place, now) {
  const { at, people } = stops[place];
  if (now <= at + STAYS) return false;
  if (trip.direction === "back" || now > at + WAITS) return true;
  if (!people.some((person) => isExpected(trip.direction, person))) return true;
  return stops.slice(place).some((stop) => stop.people.some(({ boarded }) => boarded));
}

/** The place where the bus is or where it goes to next: a stop's number, null for the fair. */
function nextPlace(trip, { stops, fair, closedAt }, now) {
  if (trip.direction === "back" && closedAt === null && now <= fair.at + WAITS) return null;
  const next = stops.findIndex((_stop, place) => !isBehind(trip, stops, place, now));
  return next < 0 ? null : next;
}

function countsOf(trip, people, closedAt) {
  const place = ({ stop }) => {
    const found = trip.stops.findIndex(({ id }) => id === stop);
    return found < 0 ? null : found;
  };
  const listed = people.map((person) => ({
    halt: trip.direction === "back" ? 0 : place(person),
    boarded: Boolean(person.boarded),
    seated: person.seated,
    elsewhere: isElsewhere(person),
    wheelchair: person.wheelchair,
  }));
  return {
    onBoard: people.filter(({ boarded }) => boarded).length,
    expected: people.filter((person) => isExpected(trip.direction, person)).length,
    room: freeSeats(trip.seats, listed, { closed: closedAt !== null }),
  };
}

/** When a trip is at its stops and at the fair, as far as is known. */
export function timesOf(trip, delays) {
  const stops = trip.stops.map((stop, place) => ({ ...stop, ...timed(trip, place, delays) }));
  return { direction: trip.direction, stops, fair: timed(trip, null, delays) };
}

function groupOf(trip, people) {
  return {
    people,
    onBoard: people.filter(({ boarded }) => boarded).length,
    expected: people.filter((person) => isExpected(trip.direction, person)).length,
  };
}

/** Whether this trip is done, so that the next one may begin. */
function isOver({ direction, fair, stops, closedAt, onBoard }, now) {
  if (direction === "out") return now > fair.at && onBoard === 0;
  return closedAt !== null && now > Math.max(fair.at, ...stops.map(({ at }) => at));
}

/**
 * What the screens show of a trip. `boarded(person)` is the presence on board or null, `answers`
 * go by hash, `added` are people whom the list doesn't name, `delays` and `closings` were
 * reported here, oldest first, and `came(person)` says who came to the fair by this phone's word.
 */
export function manifestOf(trip, { boarded, added, delays, closings, came }, now) {
  const answers = new Map(closings.flatMap((closing) => Object.entries(closing.answers)));
  const people = peopleOf(trip, { boarded, answers, added, came });
  const closedAt = Math.max(trip.closed_at ?? 0, ...closings.map(({ at }) => at)) || null;
  const times = timesOf(trip, delays);
  const known = new Set(trip.stops.map(({ id }) => id));
  const manifest = {
    ...times,
    ...countsOf(trip, people, closedAt),
    id: trip.id,
    name: trip.name,
    closedAt,
    stops: times.stops.map((stop) => {
      return {
        ...stop,
        ...groupOf(
          trip,
          people.filter((person) => person.stop === stop.id),
        ),
      };
    }),
    others: groupOf(
      trip,
      people.filter(({ stop }) => !known.has(stop)),
    ),
    missing: trip.direction === "back" ? people.filter(isMissing) : [],
    leaving: trip.direction === "back" && closedAt === null && now >= times.fair.at - WARNED,
  };
  return { ...manifest, next: nextPlace(trip, manifest, now), over: isOver(manifest, now) };
}
