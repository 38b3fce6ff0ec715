/** The list of people as the server decided it, kept in sealed pieces and brought up to date. */
import { fromHex } from "./codes.js";
import { find, index, prepare } from "./names.js";
import { OUTSIDE } from "./rules.js";

const STORE = "sealed";
const FOUND_MOST = 20;
const FACTS = ["cursor", "generated_at", "salt", "station", "samples", "buses"];
const NAMED = ["name", "own_script", "sounds"];

const bucketOf = (hash) => hash[0];
const instant = (text) => (text ? Date.parse(text) : null);

function entryOf(sent) {
  const { inside } = sent;
  if (!inside) return { ...sent, inside: null };
  return { ...sent, inside: { since: instant(inside.since), station: inside.station } };
}

export class Roster {
  /** `tables`: how names are compared, for the search. */
  constructor(tables) {
    if (tables) prepare(tables);
    this.clear();
  }

  clear() {
    this.entries = new Map();
    this.households = new Map();
    this.pool = new Set();
    this.samples = new Map();
    this.facts = { cursor: null, codes: [], salt: "" };
    this.names = null;
  }

  get loaded() {
    return this.facts.cursor !== null;
  }

  get salt() {
    return fromHex(this.facts.salt);
  }

  /** Takes over what was stored. */
  load(stored) {
    const records = new Map(stored);
    if (!records.has("roster")) return;
    for (const [key, value] of records) {
      if (key.startsWith("people/")) value.forEach((entry) => this.put(entry));
    }
    const pool = records.get("pool") ?? "";
    this.pool = new Set(pool ? pool.split(" ") : []);
    this.take(records.get("roster"));
  }

  take(facts) {
    this.facts = facts;
    this.samples = new Map((facts.samples ?? []).map(({ hash, outcome }) => [hash, outcome]));
  }

  /** Applies the server's answer, whole or what has changed; returns what is to be stored. */
  apply(answer) {
    const dirty = new Set();
    if (answer.full) this.replace(dirty);
    for (const sent of answer.entries) this.put(entryOf(sent), dirty);
    for (const hash of answer.gone) this.remove(hash, dirty);
    answer.pool.forEach((hash) => this.pool.add(hash));
    const pooled = answer.full || answer.pool.length > 0 ? [this.poolRecord()] : [];
    const used = this.facts.used ?? [];
    const told = FACTS.filter((name) => name in answer).map((name) => [name, answer[name]]);
    const codes = (answer.codes ?? this.facts.codes).filter((code) => !used.includes(code));
    this.take({ ...this.facts, ...Object.fromEntries(told), codes });
    return [this.factsRecord(), ...this.bucketRecords(dirty), ...pooled];
  }

  /** Begins anew; whom this device registered stays until the server names them. */
  replace(dirty) {
    const local = [...this.entries.values()].filter((entry) => entry.local);
    for (const hash of this.entries.keys()) dirty.add(bucketOf(hash));
    this.entries = new Map();
    this.households = new Map();
    this.pool = new Set();
    this.names = null;
    local.forEach((entry) => this.put(entry, dirty));
  }

  poolRecord() {
    return { store: STORE, key: "pool", value: [...this.pool].join(" ") };
  }

  factsRecord() {
    return { store: STORE, key: "roster", value: this.facts };
  }

  bucketRecords(letters) {
    if (letters.size === 0) return [];
    const pieces = new Map([...letters].map((letter) => [letter, []]));
    for (const entry of this.entries.values()) pieces.get(bucketOf(entry.hash))?.push(entry);
    return [...pieces].map(([letter, value]) => ({ store: STORE, key: `people/${letter}`, value }));
  }

  put(entry, dirty) {
    const before = this.entries.get(entry.hash);
    if (!before || NAMED.some((field) => before[field] !== entry[field])) this.names = null;
    if (before) this.leaveHousehold(before);
    this.entries.set(entry.hash, entry);
    dirty?.add(bucketOf(entry.hash));
    if (!this.households.has(entry.household)) this.households.set(entry.household, new Set());
    this.households.get(entry.household).add(entry.hash);
  }

  remove(hash, dirty) {
    const entry = this.entries.get(hash);
    if (!entry) return;
    this.leaveHousehold(entry);
    this.entries.delete(hash);
    this.names = null;
    dirty.add(bucketOf(hash));
  }

  leaveHousehold({ household, hash }) {
    this.households.get(household)?.delete(hash);
  }

  /** Adds people whom this device registered, and takes their codes out of its block. */
  addLocal(entries, codes) {
    const dirty = new Set();
    entries.forEach((entry) => this.put({ ...entry, local: true }, dirty));
    this.facts = {
      ...this.facts,
      codes: this.facts.codes.filter((code) => !codes.includes(code)),
      used: [...(this.facts.used ?? []), ...codes],
    };
    return [this.factsRecord(), ...this.bucketRecords(dirty)];
  }

  /** Changes what is known of somebody until the server says more; returns what is to be stored. */
  amend(hash, change) {
    const entry = this.entries.get(hash);
    if (!entry) return [];
    const dirty = new Set();
    this.put({ ...entry, ...change }, dirty);
    return this.bucketRecords(dirty);
  }

  get(hash) {
    return this.entries.get(hash) ?? null;
  }

  presenceOf(hash) {
    return this.entries.get(hash)?.inside ?? OUTSIDE;
  }

  insideSince(time) {
    const found = [];
    for (const { hash, inside } of this.entries.values()) {
      if (inside !== null && inside.since >= time) found.push(hash);
    }
    return found;
  }

  /** The others of the household who are expected. */
  othersOf(entry) {
    return [...(this.households.get(entry.household) ?? [])]
      .filter((hash) => hash !== entry.hash)
      .map((hash) => this.entries.get(hash))
      .filter(({ state }) => state === "admit");
  }

  get expected() {
    let expected = 0;
    for (const { state } of this.entries.values()) expected += Number(state === "admit");
    return expected;
  }

  /** People whose names match, best first. */
  find(text) {
    if (this.names === null) this.names = index([...this.entries.values()]);
    return find(this.names, text, FOUND_MOST)
      .map(({ hash }) => this.entries.get(hash))
      .filter(Boolean);
  }
}
