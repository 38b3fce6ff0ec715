/** From a code or a name to the answer on the screen, and what is done with it. */
import { data, say, wordingOf } from "./data.js";
import { open } from "./dialogs.js";
import { hintBriefly } from "./screens.js";
import { signal } from "./signals.js";
import { clearStrip, keepStrip, keptScans, noteLate, ticked } from "./strip.js";
import {
  companions,
  fillVerdict,
  forgetVerdict,
  hideVerdict,
  isBrief,
  keyOf,
  sayUnderVerdict,
  showVerdict,
} from "./verdict.js";

const SAME_CODE = 3000;
const LASTS = 1500;
const FRESH = 60e3;
const REMEMBERED = 50;

export class Flow {
  /** `onVerdict(verdict)` hears of every answer that is shown. */
  constructor(engine) {
    this.engine = engine;
    this.onVerdict = () => {};
    this.direction = "in";
    this.shown = null;
    this.together = [];
    this.busy = false;
    this.held = { text: "", until: 0 };
    this.timer = 0;
    this.looks = new Map();
    this.quiet = new Set();
    engine.addEventListener("corrected", ({ detail }) => this.correct(detail));
  }

  /** A code in the picture: ignored while it stays in view, and while an answer has to be read. */
  seen(text) {
    const now = Date.now();
    const held = text === this.held.text && now < this.held.until;
    if (!held && !this.isFree()) return;
    this.held = { text, until: now + SAME_CODE };
    if (!held) this.scan(text);
  }

  isFree() {
    const reads = this.shown && !isBrief(this.shown);
    return !reads && !this.busy && !document.querySelector("dialog[open]");
  }

  /** A code from a hand-held scanner: pulling its trigger is a choice, unless a form is open. */
  heard(text) {
    if (!document.querySelector("dialog[open]")) this.scan(text);
  }

  /** Answers a code that somebody chose to scan or type. */
  scan(text) {
    return this.run(async () => [await this.engine.scan(text, { direction: this.direction })]);
  }

  /** Answers people who were found by their names. */
  admit(people, options = {}) {
    return this.run(async () => {
      const verdicts = [];
      for (const { hash } of people) {
        verdicts.push(await this.engine.admit(hash, { direction: this.direction, ...options }));
      }
      return verdicts;
    });
  }

  /** Has somebody get on or off who is on the list in sight: it shows what is as it should be. */
  tick(hash, direction) {
    return this.run(async () => [await this.engine.admit(hash, { direction })], { quiet: true });
  }

  /** Shows the answers to people who were registered just now. */
  welcome(verdicts) {
    this.present(verdicts);
  }

  async run(judge, options = {}) {
    if (this.busy) return;
    this.busy = true;
    try {
      this.present(await judge(), options);
    } catch (error) {
      this.refuse(error);
    } finally {
      this.busy = false;
    }
  }

  refuse(error) {
    hintBriefly(wordingOf("dialog", error.code, "failed"));
  }

  /** Shows what has to be seen first: the first who may not pass, else all of them at once. */
  present(verdicts, { quiet = false } = {}) {
    const passed = verdicts.filter(isBrief);
    const first = verdicts.find((verdict) => !isBrief(verdict)) ?? verdicts[0];
    this.keep(verdicts, passed);
    if (quiet && isBrief(first)) {
      this.quiet.add(first.id);
      signal(data.verdicts[keyOf(first)]);
    } else this.show(first, { together: isBrief(first) ? passed : [] });
  }

  /** Remembers the answers, and keeps those who may pass in sight. */
  keep(verdicts, passed) {
    for (const verdict of verdicts) this.remember(verdict);
    clearStrip();
    if (passed.length === 0 || passed[0].sample) return;
    keepStrip(passed, companions(passed[0], verdicts));
  }

  show(verdict, { together = [], corrected = false }) {
    clearTimeout(this.timer);
    this.shown = verdict;
    this.together = together;
    showVerdict(verdict, { together, corrected });
    this.onVerdict(verdict);
    if (isBrief(verdict)) this.timer = setTimeout(() => this.goOn(), LASTS);
  }

  /** Shows the scanner again. */
  goOn() {
    clearTimeout(this.timer);
    this.shown = null;
    hideVerdict();
  }

  /** Forgets who was in sight, as the scanner goes out of it. */
  leave() {
    clearStrip();
    if (this.shown) this.goOn();
    this.looks.clear();
    this.quiet.clear();
    forgetVerdict();
  }

  remember(verdict) {
    this.looks.set(verdict.id, { key: keyOf(verdict), at: Date.now() });
    if (this.looks.size > REMEMBERED) this.looks.delete(this.looks.keys().next().value);
  }

  /** The server knows better: what is in sight is shown anew; who has gone by is only named. */
  correct(verdict) {
    const before = this.lookOf(verdict.id);
    if (!before) return;
    this.remember(verdict);
    this.correctStrip(verdict);
    const isShown = this.shown?.id === verdict.id;
    if (this.stillHolds(before, verdict)) {
      if (isShown) this.refill(verdict);
    } else if (isShown || !verdict.late) {
      this.show(verdict, { corrected: true });
    } else if (!isBrief(verdict)) {
      noteLate(verdict, data.verdicts[keyOf(verdict)].word);
    }
  }

  /** Whether what was shown is right; so is a tick with which another phone was quicker. */
  stillHolds(before, verdict) {
    if (this.quiet.has(verdict.id) && verdict.outcome === "already_boarded") return true;
    return data.verdicts[before].word === data.verdicts[keyOf(verdict)].word;
  }

  /** How the scan was shown a moment ago, or null. */
  lookOf(id) {
    const look = this.looks.get(id);
    return look && Date.now() - look.at <= FRESH ? look.key : null;
  }

  refill(verdict) {
    this.shown = verdict;
    fillVerdict(verdict, { together: this.together });
  }

  correctStrip(verdict) {
    const [id, ...others] = keptScans();
    if (id !== verdict.id || others.length > 0) return;
    if (isBrief(verdict)) keepStrip([verdict]);
    else clearStrip();
  }

  /** Lets in whoever is inside already: they were outside unseen. */
  again() {
    return this.admit([this.shown.entry], { again: true });
  }

  /** Has somebody get on who has no seat here. */
  spot() {
    return this.admit([this.shown], { spot: true });
  }

  /** Lets in all the same, for a reason. */
  override(reason) {
    return this.admit([this.shown.entry], { override: { reason } });
  }

  /** Lets through those of the household who are ticked. */
  more() {
    return this.admit(ticked());
  }

  searchByName() {
    this.goOn();
    open("search");
  }

  /** Takes back the answer in sight, or what the strip holds. */
  undo() {
    return this.undoScans(this.shown ? [this.shown.id] : keptScans());
  }

  /** Takes scans of this phone back, or says why not. */
  async undoScans(scans) {
    try {
      for (const id of scans) await this.engine.undo(id);
    } catch (error) {
      const why = say(
        error.code === "not_allowed" ? "verdict.undo_not_yours" : "verdict.not_undone",
      );
      if (this.shown) sayUnderVerdict(why);
      else hintBriefly(why);
      clearTimeout(this.timer);
      return;
    }
    this.tookBack(scans);
  }

  /** Says that the scans are taken back, and shows the scanner again. */
  tookBack(scans) {
    this.held = { text: "", until: 0 };
    if (keptScans().some((id) => scans.includes(id))) clearStrip();
    this.goOn();
    hintBriefly(say("verdict.undone"));
  }
}
