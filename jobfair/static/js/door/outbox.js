/**
 * What waits to be sent, in the order in which it happened: one request at a time, many items in
 * one where many wait. What the server can't take is put aside and never holds up the rest.
 */
import { Refusal } from "./api.js";

const STORE = "queue";
const PARKED = "parked";
const BATCH_MOST = 500;
const PAUSE_LEAST = 1e3;
const PAUSE_MOST = 30e3;
const ASIDE_LEAST = 5e3;
const ASIDE_MOST = 300e3;
const STUMBLED = 500;

/** Doubles with every try, and differs from device to device. */
function pause(tries, least, most) {
  return Math.min(most, least * 2 ** tries) * (0.5 + Math.random() / 2);
}

export class Outbox {
  /**
   * `send(kind, items)` gives a result for each; `onAnswer(item, result)` what is to be stored
   * besides, and whether the item goes again; `onParked(item)`, `onChange()` are told.
   */
  constructor(vault, { send, onAnswer, onParked, onChange }) {
    Object.assign(this, { vault, send, onAnswer, onParked, onChange });
    this.items = [];
    this.parked = [];
    this.aside = new Map();
    this.next = 1;
    this.most = BATCH_MOST;
    this.tries = 0;
    this.timer = 0;
    this.running = null;
    this.wanted = false;
    this.closed = false;
  }

  /** Takes over what was stored; whatever was shown of it was decided without an answer. */
  load(queue, parked) {
    this.items = queue.map(([, item]) => ({ ...item, offline: true }));
    this.parked = parked.map(([, item]) => item);
    this.next = 1 + Math.max(0, ...[...this.items, ...this.parked].map(({ seq }) => seq));
  }

  /** Whatever is still to come is neither sent nor stored by this outbox. */
  close() {
    this.closed = true;
    clearTimeout(this.timer);
  }

  /** Stores the item together with `more` and sends it; resolves when it is stored. */
  async add(item, more = []) {
    const queued = { ...item, seq: this.next };
    this.next += 1;
    await this.vault.write([this.record(queued), ...more]);
    this.items.push(queued);
    this.flush();
    return queued;
  }

  record(item) {
    return { store: STORE, key: item.seq, value: item };
  }

  /** Sends what waits; an attempt under way that fails is followed by another one at once. */
  flush() {
    clearTimeout(this.timer);
    this.wanted = true;
    if (!this.running) this.running = Promise.resolve().then(() => this.run());
    return this.running;
  }

  async run() {
    try {
      for (let batch = this.batch(); batch.length > 0 && !this.closed; batch = this.batch()) {
        this.wanted = false;
        const results = await this.attempt(batch);
        if (results) await this.settle(batch, results);
        else if (this.tries > 0 && !this.wanted) break;
      }
    } finally {
      this.running = null;
      this.wait();
    }
  }

  /** The first items that may go together: of one kind, none before what it needs. */
  batch() {
    const held = new Set();
    const batch = [];
    for (const item of this.items) {
      if (this.isHeld(item, held)) {
        held.add(item.id);
      } else if (batch.length === 0 || batch[0].kind === item.kind) {
        batch.push(item);
        if (batch.length === this.most) break;
      } else {
        break;
      }
    }
    return batch;
  }

  isHeld({ id, after }, held) {
    return held.has(after) || Date.now() < (this.aside.get(id)?.until ?? 0);
  }

  /** The results, or null when there are none; then `tries` says whether to wait. */
  async attempt(batch) {
    try {
      const results = await this.send(batch[0].kind, batch);
      this.tries = 0;
      this.most = Math.min(BATCH_MOST, this.most * 2);
      return results;
    } catch (error) {
      if (!this.closed) await this.failed(batch, error);
      return null;
    }
  }

  /** Many are halved until the one at fault is alone. */
  async failed(batch, error) {
    const final = error instanceof Refusal && !error.passing;
    const stumbled = error.status === STUMBLED;
    if (final) this.tries = 0;
    else this.tries = stumbled ? 1 : this.tries + 1;
    if (batch.length > 1) this.most = Math.ceil(batch.length / 2);
    else if (final) await this.park(batch[0], error.code || String(error.status));
    else if (stumbled) this.putAside(batch[0]);
  }

  /** The server stumbles over this one: the others go first, and it is tried again later. */
  putAside({ id }) {
    const tries = (this.aside.get(id)?.tries ?? 0) + 1;
    this.aside.set(id, { tries, until: Date.now() + pause(tries, ASIDE_LEAST, ASIDE_MOST) });
  }

  async settle(batch, results) {
    const changes = [];
    for (const [place, item] of batch.entries()) {
      if (this.closed) return;
      const result = results[place];
      const { again, more } = this.onAnswer(item, result);
      if (result.error) changes.push(...this.leave(item), ...this.keepParked(item, result.error));
      else if (again) changes.push(this.record(item));
      else changes.push(...this.leave(item));
      changes.push(...more);
    }
    await this.vault.write(changes);
    this.onChange();
  }

  leave(item) {
    this.items = this.items.filter((other) => other !== item);
    this.aside.delete(item.id);
    return [{ store: STORE, key: item.seq, value: undefined }];
  }

  keepParked(item, error) {
    const parked = { ...item, error };
    this.parked.push(parked);
    this.onParked(parked);
    return [{ store: PARKED, key: item.seq, value: parked }];
  }

  async park(item, error) {
    await this.vault.write([...this.leave(item), ...this.keepParked(item, error)]);
    this.onChange();
  }

  /** Tries again after a while, if anything waits. */
  wait() {
    if (this.closed || this.items.length === 0) return;
    const soonest = Math.min(...this.items.map(({ id }) => this.aside.get(id)?.until ?? Infinity));
    const rest = Math.max(PAUSE_LEAST, soonest - Date.now());
    const delay = this.tries > 0 ? pause(this.tries - 1, PAUSE_LEAST, PAUSE_MOST) : rest;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.flush(), Math.min(delay, ASIDE_MOST));
  }
}
