/** The departures of the bus that this phone goes along with, as the server last told of them. */
import { OUTSIDE } from "./rules.js";

const STORE = "sealed";
const KEY = "trips";
const REPORTS = "report/";

const instant = (text) => (text ? Date.parse(text) : null);

function passengerOf(sent) {
  const { boarded, seen } = sent;
  return {
    ...sent,
    boarded: boarded && { since: instant(boarded.since), station: boarded.station },
    seen: seen && { at: instant(seen.at), station: seen.station },
  };
}

function tripOf(sent) {
  return {
    ...sent,
    fair_at: instant(sent.fair_at),
    closed_at: instant(sent.closed_at),
    stops: sent.stops.map((stop) => ({ ...stop, at: instant(stop.at) })),
    people: sent.people.map(passengerOf),
  };
}

export class Trips {
  /** `about` says by its `departure` which of the trips this phone is on. */
  constructor(about) {
    this.about = about;
    this.cursor = null;
    this.list = [];
    this.reports = new Map();
  }

  /** Takes over what was stored. */
  load(sealed) {
    for (const [key, value] of sealed) {
      if (key === KEY) Object.assign(this, value);
      else if (key.startsWith(REPORTS)) this.reports.set(value.id, value);
    }
  }

  /** Applies the server's answer; returns what is to be stored. */
  apply({ full, cursor, departures }) {
    if (!full) return [];
    this.cursor = cursor;
    this.list = departures.map(tripOf);
    return [this.record()];
  }

  record() {
    return { store: STORE, key: KEY, value: { cursor: this.cursor, list: this.list } };
  }

  get(id) {
    return this.list.find((trip) => trip.id === id) ?? null;
  }

  get current() {
    return this.get(this.about.departure.id);
  }

  /** The person on the list of the current trip, or null. */
  passenger(hash) {
    return this.current?.people.find((person) => person.hash === hash) ?? null;
  }

  presenceOf(hash) {
    return this.passenger(hash)?.boarded ?? OUTSIDE;
  }

  /** Changes who is on board until the server says more; returns what is to be stored. */
  amend(id, hash, { since, station }) {
    const person = this.get(id)?.people.find((other) => other.hash === hash);
    if (!person) return [];
    person.boarded = since === null ? null : { since, station };
    return [this.record()];
  }

  /** Has a delay or a closing hold from now on; returns what is to be stored. */
  put(report) {
    this.reports.set(report.id, report);
    return { store: STORE, key: REPORTS + report.id, value: report };
  }

  /** Forgets them; returns what is to be stored. */
  drop(ids) {
    ids.forEach((id) => this.reports.delete(id));
    return ids.map((id) => ({ store: STORE, key: REPORTS + id, value: undefined }));
  }

  /** What was reported of a trip and isn't in the server's word yet, oldest first. */
  reported(kind, id) {
    return [...this.reports.values()]
      .filter((report) => report.kind === kind && report.departure === id)
      .sort((a, b) => a.at - b.at);
  }

  /** The reports that the server has answered: a list that is asked for from now on has them. */
  get answered() {
    return [...this.reports.values()].filter(({ answered }) => answered).map(({ id }) => id);
  }
}
