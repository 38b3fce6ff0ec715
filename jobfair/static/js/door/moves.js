/** Who went through this device's door and isn't in the roster's figures yet. */
import { presence } from "./rules.js";

const STORE = "moves";

export class Moves {
  /** `known` says who is inside by the server's word; `bus()` is the departure of a bus, or null. */
  constructor(known, bus) {
    this.known = known;
    this.bus = bus;
    this.byHash = new Map();
  }

  /** Takes over what was stored. */
  load(stored) {
    for (const [, move] of stored) this.put(move);
  }

  /** Takes the move in, instead of an earlier one of its id; returns what is to be stored. */
  put(move) {
    const others = (this.byHash.get(move.hash) ?? []).filter(({ id }) => id !== move.id);
    this.byHash.set(move.hash, [...others, move]);
    return { store: STORE, key: move.id, value: move };
  }

  /** Forgets the move; returns what is to be stored. */
  drop({ hash, id }) {
    const others = this.of(hash).filter((move) => move.id !== id);
    if (others.length > 0) this.byHash.set(hash, others);
    else this.byHash.delete(hash);
    return { store: STORE, key: id, value: undefined };
  }

  of(hash) {
    return this.byHash.get(hash) ?? [];
  }

  get(hash, id) {
    return this.of(hash).find((move) => move.id === id) ?? null;
  }

  /** Those that the server has answered: a roster that is asked for from now on counts them. */
  get answered() {
    return [].concat(...this.byHash.values()).filter((move) => move.answered);
  }

  /** Since when and by which station somebody is inside: the server's word and what came after. */
  presenceOf(hash) {
    const { since, station } = this.known.presenceOf(hash);
    const known = since === null ? [] : [{ at: since, station, direction: "in", again: false }];
    const bus = this.bus();
    const own = this.of(hash).filter((move) => move.passed && (move.departure ?? null) === bus);
    return presence([...known, ...own]);
  }

  /** How many more are inside than the roster says. */
  get more() {
    let more = 0;
    for (const hash of this.byHash.keys()) {
      more += Number(this.presenceOf(hash).since !== null);
      more -= Number(this.known.presenceOf(hash).since !== null);
    }
    return more;
  }

  /** How many came in since then, as far as is known here. */
  countSince(time) {
    const came = new Set(this.known.insideSince(time));
    for (const hash of this.byHash.keys()) {
      const { since } = this.presenceOf(hash);
      if (since !== null && since >= time) came.add(hash);
      else came.delete(hash);
    }
    return came.size;
  }
}
