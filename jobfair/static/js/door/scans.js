/** Scans on their way: each has its own id, is kept until it is answered, and may be sent twice. */
import { data } from "./data.js";
import { post, Refusal } from "./net.js";

const KEY = `door-scans-${data.fair}`;
const RETRY_EVERY = 5000;
const SCANS_MOST = 500;

/** A random UUID; crypto.randomUUID exists on https only. */
function uuid() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}

export function makeScan(badge, station, direction, override = null) {
  return {
    id: uuid(),
    badge,
    station,
    direction,
    scanned_at: new Date().toISOString(),
    override,
  };
}

export class Scans {
  #waiting = JSON.parse(sessionStorage.getItem(KEY) ?? "[]");
  #underway = new Set();
  #timer = 0;

  /** `onLate(scan, result)` gets answers to scans that were sent again; `onChange` the state. */
  constructor(onLate, onChange) {
    this.onLate = onLate;
    this.onChange = onChange;
    if (this.#waiting.length > 0) this.retry();
  }

  /** The answer to the scan, or null when there is none yet: then it is kept and sent again. */
  async submit(scan) {
    this.#waiting.push(scan);
    this.#save();
    const results = await this.#send([scan]);
    return results === null ? null : results[0];
  }

  /** Sends what waits, all in one request. */
  async retry() {
    clearTimeout(this.#timer);
    const scans = this.#waiting.filter(({ id }) => !this.#underway.has(id)).slice(0, SCANS_MOST);
    if (scans.length === 0) return;
    const results = await this.#send(scans);
    results?.forEach((result, index) => this.onLate(scans[index], result));
  }

  async #send(scans) {
    scans.forEach(({ id }) => this.#underway.add(id));
    try {
      const { results } = await post(data.urls.scans, { now: new Date().toISOString(), scans });
      this.#settled(scans);
      return results;
    } catch (error) {
      return this.#failed(scans, error);
    } finally {
      scans.forEach(({ id }) => this.#underway.delete(id));
    }
  }

  #settled(scans) {
    const ids = new Set(scans.map(({ id }) => id));
    this.#waiting = this.#waiting.filter(({ id }) => !ids.has(id));
    this.#save();
    this.onChange({ waiting: this.#waiting.length, signedOut: false, failed: false });
  }

  #failed(scans, error) {
    const refused = error instanceof Refusal;
    if (refused && !error.needsSignIn) {
      this.#settled(scans);
      return scans.map(({ id }) => ({ id, outcome: null, error: error.code }));
    }
    this.onChange({ waiting: this.#waiting.length, signedOut: refused, failed: true });
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.retry(), RETRY_EVERY);
    return null;
  }

  #save() {
    sessionStorage.setItem(KEY, JSON.stringify(this.#waiting));
  }
}
