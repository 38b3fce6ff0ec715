/**
 * What stays on the phone: one store in clear for the locked screen, the others sealed under the
 * data key. What the phone refuses to store is kept here, sealed too, and stored when it can be.
 */
import { seal, unseal } from "./crypt.js";
import { EngineError } from "./errors.js";

const NAME = "door";
const CLEAR = "clear";
const STORES = [CLEAR, "sealed", "queue", "moves", "parked"];

const placeOf = ({ store, key }) => `${store}/${key}`;

function answerOf(request) {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

async function openDatabase() {
  // Safari 14 can leave the first request of a page unanswered until it is poked.
  const poke = setInterval(() => indexedDB.databases?.().catch(() => {}), 200);
  try {
    const request = indexedDB.open(NAME, 1);
    request.onupgradeneeded = () =>
      STORES.forEach((name) => request.result.createObjectStore(name));
    const database = await answerOf(request);
    database.onversionchange = () => database.close();
    return database;
  } finally {
    clearInterval(poke);
  }
}

function commit(database, records) {
  return new Promise((resolve, reject) => {
    const stores = [...new Set(records.map(({ store }) => store))];
    const transaction = database.transaction(stores, "readwrite", { durability: "strict" });
    transaction.oncomplete = () => resolve();
    transaction.onabort = () => reject(transaction.error ?? new EngineError("storage_refused"));
    for (const { store, key, value } of records) {
      if (value === undefined) transaction.objectStore(store).delete(key);
      else transaction.objectStore(store).put(value, key);
    }
  });
}

function troubleOf(error) {
  return error?.name === "QuotaExceededError" ? "storage_full" : "storage_refused";
}

export class Vault {
  /** `onTrouble(code)` is told when something could not be stored. */
  constructor(onTrouble) {
    this.onTrouble = onTrouble;
    this.database = null;
    this.key = null;
    this.spare = new Map();
  }

  /** Whether all that was written is durable. */
  get sound() {
    return this.database !== null && this.spare.size === 0;
  }

  async open() {
    try {
      this.database = await openDatabase();
    } catch (error) {
      this.database = null;
      this.onTrouble(troubleOf(error));
    }
  }

  /** Stores all of `{store, key, value}` at once or none; a value undefined is removed. */
  async write(changes) {
    const { key } = this;
    const records = await Promise.all(
      changes.map(async (change) => ({ ...change, value: await this.sealed(change, key) })),
    );
    try {
      await this.commit(records);
      records.forEach((record) => this.spare.delete(placeOf(record)));
    } catch (error) {
      records.forEach((record) => this.spare.set(placeOf(record), record));
      this.onTrouble(troubleOf(error));
      return;
    }
    if (this.spare.size > 0) await this.storeSpare();
  }

  sealed({ store, key: name, value }, key) {
    if (store === CLEAR || value === undefined) return value;
    if (!key) throw new EngineError("locked");
    return seal(key, placeOf({ store, key: name }), value);
  }

  /** A connection that the system has cut, as iOS does to pages asleep, is made anew once. */
  async commit(records) {
    try {
      await commit(this.connected(), records);
    } catch (error) {
      if (!["InvalidStateError", "UnknownError"].includes(error?.name)) throw error;
      this.database = await openDatabase();
      await commit(this.database, records);
    }
  }

  connected() {
    if (!this.database) throw new EngineError("storage_refused");
    return this.database;
  }

  async storeSpare() {
    const records = [...this.spare.values()];
    try {
      await this.commit(records);
    } catch {
      return; // the trouble was told when it began
    }
    for (const record of records) {
      if (this.spare.get(placeOf(record)) === record) this.spare.delete(placeOf(record));
    }
  }

  /** All values of a store as `[key, value]` in the order of their keys, opened. */
  async readAll(store) {
    const found = new Map(await this.stored(store));
    for (const record of this.spare.values()) {
      if (record.store !== store) continue;
      if (record.value === undefined) found.delete(record.key);
      else found.set(record.key, record.value);
    }
    const opened = await Promise.all(
      [...found].map(async ([key, value]) => [key, await this.opened({ store, key, value })]),
    );
    return opened.filter(([, value]) => value !== undefined).sort(([a], [b]) => (a < b ? -1 : 1));
  }

  async stored(store) {
    if (!this.database) return [];
    const source = this.database.transaction(store).objectStore(store);
    const [keys, values] = await Promise.all([
      answerOf(source.getAllKeys()),
      answerOf(source.getAll()),
    ]);
    return keys.map((key, index) => [key, values[index]]);
  }

  /** What was spoilt on the disk is as good as gone. */
  async opened({ store, key, value }) {
    if (store === CLEAR) return value;
    try {
      return await unseal(this.key, placeOf({ store, key }), value);
    } catch {
      return undefined;
    }
  }

  async readClear(key) {
    return new Map(await this.readAll(CLEAR)).get(key) ?? null;
  }

  /** How many values a store holds; needs no key. */
  async count(store) {
    const found = new Set((await this.stored(store)).map(([key]) => key));
    for (const record of this.spare.values()) {
      if (record.store === store) found[record.value === undefined ? "delete" : "add"](record.key);
    }
    return found.size;
  }

  /** Forgets everything; the next `write` begins an empty vault. */
  async destroy() {
    this.key = null;
    this.spare.clear();
    this.database?.close();
    this.database = null;
    try {
      await answerOf(indexedDB.deleteDatabase(NAME));
    } catch {
      // where no database may be opened there is none to delete
    }
    await this.open();
  }
}
