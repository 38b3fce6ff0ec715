/** The door without its screens: pairing, locking, and everything that a device on duty does. */
import { Api, asked } from "./api.js";
import { plainCode } from "./codes.js";
import { deriveKeys, makeWrappedKey, unwrapKey } from "./crypt.js";
import { aboutOf, checksOf, updated } from "./device.js";
import { EngineError } from "./errors.js";
import { Session } from "./session.js";
import { claimDoor } from "./tabs.js";
import { Vault } from "./vault.js";

const DEVICE = { store: "clear", key: "device" };
const DEFAULTS = {
  fetchBase: "/api/v1",
  patience: 1e3,
  idle: 15 * 60e3,
  pullEvery: 30e3,
  tick: 5e3,
  tables: null,
};
const ENDS = { token_unknown: "revoked", device_revoked: "revoked", device_expired: "expired" };

/** Tells of "change", "corrected" (a verdict, put right) and "trouble" (`{code}`). */
export class Engine extends EventTarget {
  /** The engine in the state in which the device was left: never unlocked. */
  static async open(config = {}) {
    const engine = new Engine({ ...DEFAULTS, ...config });
    const ours = await claimDoor(() => engine.resume());
    if (ours) await engine.resume();
    engine.watch();
    return engine;
  }

  constructor(config) {
    super();
    this.config = config;
    this.state = "elsewhere";
    this.reason = null;
    this.about = null;
    this.keyhole = null;
    this.session = null;
    this.claimed = null;
    this.waiting = 0;
    this.lost = 0;
    this.activeAt = Date.now();
    this.pulledAt = 0;
    this.storageTrouble = null;
    this.net = navigator.onLine ? "online" : "offline";
    this.vault = new Vault((code) => this.onTrouble(code));
    this.api = new Api(config.fetchBase, {
      onNet: (reached) => this.setNet(reached),
      onClock: (offset) => this.about && Object.assign(this.about, { offset }),
      onUnauthorised: (code) => ENDS[code] && this.session && this.finish(ENDS[code]),
    });
  }

  /** Reads what was left on the phone; nothing of it can be opened without the shift code. */
  async resume() {
    await this.vault.open();
    const device = await this.vault.readClear(DEVICE.key);
    if (device) {
      this.about = device.about;
      this.keyhole = device.keyhole;
      this.waiting = await this.vault.count("queue");
    }
    this.setState(device ? "locked" : "unpaired");
    await this.tick();
  }

  watch() {
    const active = () => (this.activeAt = Date.now());
    const wake = () => this.tick().then(() => document.hidden || this.sync());
    document.addEventListener("pointerdown", active, true);
    document.addEventListener("keydown", active, true);
    document.addEventListener("visibilitychange", wake);
    window.addEventListener("focus", wake);
    window.addEventListener("online", wake);
    window.addEventListener("offline", () => this.setNet(false));
    setInterval(() => this.tick(), this.config.tick);
  }

  /** What time brings: the end of the shift, the lock, the next look at the roster. */
  async tick() {
    if (this.about && this.now() >= this.about.expiresAt) {
      await this.finish("expired");
    } else if (this.isIdle()) {
      this.lock();
    } else if (this.session && Date.now() - this.pulledAt >= this.config.pullEvery) {
      await this.sync();
    }
  }

  isIdle() {
    return this.session !== null && Date.now() - this.activeAt >= this.config.idle;
  }

  /** The time by the server's clock. */
  now() {
    return new Date(Date.now() + (this.about?.offset ?? 0));
  }

  emit(name, detail = null) {
    this.dispatchEvent(new CustomEvent(name, { detail }));
  }

  setState(state, reason = null) {
    this.state = state;
    this.reason = reason;
    this.emit("change");
  }

  setNet(reached) {
    const net = reached ? "online" : "offline";
    if (net === this.net) return;
    this.net = net;
    this.emit("change");
  }

  onTrouble(code) {
    this.storageTrouble = code;
    this.emit("trouble", { code });
  }

  /** Why what happens now isn't durable, or null. */
  get trouble() {
    return this.vault.sound ? null : this.storageTrouble;
  }

  /** Makes this phone a device of a shift; `force` gives up what an earlier one left unsent. */
  async pair({ code, pin, name, shiftCode, force = false }) {
    if (this.state === "elsewhere") throw new EngineError("elsewhere");
    if (this.waiting > 0 && !force) throw new EngineError("unsent");
    const paired = await this.claim({ code, pin, name });
    const { check, salt, iterations } = paired.shift;
    const { wrapping, proof } = await deriveKeys(plainCode(shiftCode), { salt, iterations });
    if (proof !== check) throw new EngineError("shift_code_wrong");
    const wrapped = await makeWrappedKey(wrapping);
    await this.vault.destroy();
    this.claimed = null;
    this.vault.key = await unwrapKey(wrapped, wrapping);
    this.about = aboutOf(paired, name);
    this.keyhole = { check, salt, iterations, wrapped };
    await this.vault.write([
      this.deviceRecord(),
      { store: "sealed", key: "token", value: paired.token },
    ]);
    navigator.storage?.persist?.().catch(() => {});
    await this.begin();
    await this.sync();
  }

  /** The server's answer to the pairing code, kept while the shift code is mistyped. */
  async claim({ code, pin, name }) {
    const pairing = plainCode(code);
    if (this.claimed?.code === pairing) return this.claimed.answer;
    const body = { pairing_code: pairing, name, ...(pin ? { pin } : {}) };
    const answer = await asked(() => this.api.post("/devices", body));
    this.claimed = { code: pairing, answer };
    return answer;
  }

  deviceRecord() {
    return { ...DEVICE, value: { about: { ...this.about }, keyhole: this.keyhole } };
  }

  /** Opens what the device holds. */
  async unlock(shiftCode) {
    if (this.state !== "locked") return;
    const { wrapping, proof } = await deriveKeys(plainCode(shiftCode), this.keyhole);
    if (proof !== this.keyhole.check) throw new EngineError("shift_code_wrong");
    this.vault.key = await unwrapKey(this.keyhole.wrapped, wrapping);
    await this.begin();
    this.sync();
  }

  async begin() {
    const session = new Session({
      vault: this.vault,
      api: this.api,
      about: this.about,
      config: this.config,
      emit: (name, detail) => this.emit(name, detail),
      onRoster: (answer) => this.takeNews(answer),
      keepAbout: () => this.vault.write([this.deviceRecord()]),
      now: () => this.now(),
    });
    await session.load();
    this.session = session;
    this.activeAt = Date.now();
    this.setState("ready");
  }

  /** What the roster says of shift and station may have changed at the desk. */
  takeNews(answer) {
    this.pulledAt = Date.now();
    Object.assign(this.about, updated(this.about, answer));
  }

  /** Closes what is open. */
  lock() {
    if (!this.session) return;
    this.waiting = this.session.outbox.items.length;
    this.session.close();
    this.session = null;
    this.vault.key = null;
    this.setState("locked");
  }

  /** Hands the phone back: sends what waits, tells the server, and wipes. */
  async end(reason = "handed_back", { force = false } = {}) {
    await this.session?.outbox.flush();
    if (this.counts.waiting > 0 && !force) throw new EngineError("unsent");
    if (this.session) await this.api.delete("/devices/me").catch(() => {});
    await this.finish(reason);
  }

  /** Wipes everything; the files of the page stay, they are the same for everybody. */
  async finish(reason) {
    this.lost = this.counts.waiting;
    this.session?.close();
    this.session = null;
    this.about = null;
    this.keyhole = null;
    this.waiting = 0;
    this.setState("ended", reason);
    await this.vault.destroy();
  }

  /** Sends what waits and asks for what is new, as far as the network lets it. */
  async sync() {
    if (!this.session) return;
    this.pulledAt = Date.now();
    const { session } = this;
    await Promise.all([session.outbox.flush(), session.pull().catch(() => {})]);
  }

  /** The session of whoever is on duty; being idle for too long ends it even on waking up. */
  get open() {
    if (this.isIdle()) this.lock();
    if (!this.session) throw new EngineError(this.state);
    this.activeAt = Date.now();
    return this.session;
  }

  async scan(text, options) {
    return this.open.scan(text, options);
  }

  async admit(hash, options) {
    return this.open.admit(hash, options);
  }

  async undo(id) {
    return this.open.undo(id);
  }

  lastScan(hash) {
    return asked(() => this.open.lastScan(hash));
  }

  takeBack(scan) {
    return asked(() => this.open.takeBack(scan));
  }

  async walkIn(household) {
    return this.open.walkIn(household);
  }

  /** Whom the server finds by the name, where there is a network. */
  searchOnline(text) {
    return asked(() => this.open.searchOnline(text));
  }

  conflicts() {
    return asked(() => this.open.conflicts());
  }

  async resolve(id, reason) {
    return this.open.resolve(id, reason);
  }

  find(text) {
    return this.open.find(text);
  }

  /** What the screens count; where the device is locked, only how many scans wait. */
  get counts() {
    if (this.session) return this.session.counts;
    const unknown = { inside: 0, limit: null, expected: 0, recent: 0, parked: 0, people: 0 };
    return { ...unknown, waiting: this.waiting, rosterAt: null };
  }

  checks() {
    return checksOf(this);
  }

  /** The scans that have not reached the server, as a file. */
  exportUnsent() {
    return this.open.export();
  }
}
