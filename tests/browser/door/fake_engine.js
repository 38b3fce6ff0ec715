/** Stands in for the door's engine where only the screens are tested: the test says what it answers. */
export class EngineError extends Error {
  constructor(code) {
    super(code);
    this.code = code;
  }
}

const ABOUT = {
  fair: "#JobsForYou",
  deviceName: "Karin, blue",
  station: "Eingang 1",
  kind: "supervisor",
  direction: "both",
  rights: ["scan", "search", "undo_own", "undo", "override", "walk_in"],
  phone: "+49 541 501-0",
  zone: "Europe/Berlin",
};

export class Engine extends EventTarget {
  state = "unpaired";
  reason = null;
  about = null;
  net = "online";
  counts = {
    inside: 312,
    limit: 600,
    recent: 9,
    waiting: 0,
    people: 506,
    rosterAt: new Date("2026-11-28T13:20:00Z"),
  };
  answers = [];
  calls = [];
  found = [];
  refusal = null;
  session = {
    coming: [],
    scans: { undoable: () => null },
    journey: { all: [], next: null },
  };
  open = [];
  last = null;
  checked = {
    https: true,
    roster: { people: 506, ageMs: 60000 },
    persisted: true,
    clock: { offsetMs: 900 },
  };

  static async open(config) {
    const engine = new Engine();
    engine.config = config;
    globalThis.fake = engine;
    return engine;
  }

  set(values) {
    Object.assign(this, values);
    if (this.state !== "unpaired") this.about = { ...ABOUT, ...this.about };
    this.dispatchEvent(new Event("change"));
  }

  now() {
    return new Date();
  }

  tell(type, detail) {
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }

  async #call(name, ...values) {
    this.calls.push([name, ...values]);
    if (this.refusal) throw new EngineError(this.refusal);
  }

  async #answer(name, ...values) {
    await this.#call(name, ...values);
    const answer = this.answers.length > 1 ? this.answers.shift() : this.answers[0];
    const direction = values[values.length - 1]?.direction ?? "in";
    const since = answer.firstScan && { ...answer.firstScan, at: new Date(answer.firstScan.at) };
    return { id: `scan-${this.calls.length}`, direction, ...answer, firstScan: since ?? null };
  }

  async pair(values) {
    await this.#call("pair", values);
    this.set({ state: "ready" });
  }

  async unlock(code) {
    await this.#call("unlock", code);
    this.set({ state: "ready" });
  }

  lock() {
    this.set({ state: "locked" });
  }

  async end(reason, options) {
    await this.#call("end", reason, options);
    this.set({ state: "ended", reason: "wiped" });
  }

  scan(text, options) {
    return this.#answer("scan", text, options);
  }

  admit(hash, options) {
    return this.#answer("admit", hash, options);
  }

  undo(id) {
    return this.#call("undo", id);
  }

  async lastScan(hash) {
    await this.#call("lastScan", hash);
    return this.last;
  }

  takeBack(id) {
    return this.#call("takeBack", id);
  }

  find() {
    return this.found;
  }

  async searchOnline(text) {
    await this.#call("searchOnline", text);
    return this.found;
  }

  async walkIn(household) {
    await this.#call("walkIn", household);
    return Promise.all(household.people.map(() => this.#answer("walkedIn", household.lang)));
  }

  async conflicts() {
    await this.#call("conflicts");
    return this.open;
  }

  async resolve(id, reason) {
    await this.#call("resolve", id, reason);
    this.open = this.open.filter((conflict) => conflict.id !== id);
  }

  async checks() {
    return this.checked;
  }

  async sync() {}

  exportUnsent() {
    return new Blob(["[]"], { type: "application/json" });
  }
}
