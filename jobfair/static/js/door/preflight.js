/** The self test before the doors open: green only if all is well. */
import { data, dialog, hourAndMinute, number, part, parts, say } from "./data.js";
import { allowSound, canVibrate, sound, vibrate } from "./signals.js";

const MINUTE = 60e3;
const OLD = 10 * MINUTE;
const CLOCK_MOST = 2 * MINUTE;
const EVERY = 2000;
const SAMPLES = 3;
const SIGNS = ["ok", "todo", "no", "none"];
const DONE = new Set(["ok", "none"]);

const ok = (why) => ({ state: "ok", why });
const todo = (why) => ({ state: "todo", why });
const no = (why) => ({ state: "no", why });
const none = (why) => ({ state: "none", why });

function judgeRoster(roster, now) {
  if (!roster) return no(say("check.roster_no"));
  const values = {
    people: number(roster.people),
    time: hourAndMinute(new Date(now - roster.ageMs)),
  };
  return roster.ageMs > OLD
    ? no(say("check.roster_old", values))
    : ok(say("check.roster_ok", values));
}

function judgeClock(clock) {
  if (!clock) return todo(say("check.clock_todo"));
  const offset = Math.abs(clock.offsetMs);
  if (offset <= CLOCK_MOST) return ok(say("check.clock_ok"));
  return no(say("check.clock_no", { minutes: number(Math.round(offset / MINUTE)) }));
}

function judgeCamera(camera) {
  return camera.runs ? ok(say("check.camera_ok")) : no(say("check.camera_no"));
}

function judgeTorch(camera) {
  return camera.hasTorch ? ok(say("check.torch_ok")) : none(say("check.torch_none"));
}

function show(name, { state, why }) {
  const row = part("check", name);
  row.dataset.state = state;
  row.querySelector("[data-finding]").textContent = why;
  row.querySelector("[data-state-word]").textContent = say(`check.${state}`);
  for (const sign of SIGNS) row.querySelector(`[data-sign="${sign}"]`).hidden = sign !== state;
}

export class Preflight {
  constructor(engine, camera) {
    this.engine = engine;
    this.camera = camera;
    this.samples = new Map();
    this.heard = todo(say("check.sound_todo"));
    this.shaken = canVibrate() ? todo(say("check.buzz_todo")) : none(say("check.buzz_none"));
    this.timer = 0;
    const box = dialog("checks");
    box.addEventListener("opened", () => this.begin());
    box.addEventListener("close", () => clearInterval(this.timer));
    part("try", "samples").addEventListener("click", () => this.scanSamples());
    part("try", "sound").addEventListener("click", () => this.trySound());
    part("try", "buzz").addEventListener("click", () => this.tryBuzz());
    part("try", "buzz").hidden = !canVibrate();
    for (const button of parts("heard")) {
      button.addEventListener("click", () => this.hear(button.dataset.heard === "yes"));
    }
  }

  /** Takes note of an answer: whether each of the samples was answered without network. */
  note(verdict) {
    if (!verdict.sample) return;
    const offline = this.engine.net === "offline" || navigator.onLine === false;
    this.samples.set(verdict.outcome, offline || this.samples.get(verdict.outcome) === true);
    this.countSamples();
  }

  /** Forgets what was tried, as the next one on this phone has to try it too. */
  reset() {
    this.samples.clear();
    this.heard = todo(say("check.sound_todo"));
    part("samples").hidden = true;
  }

  begin() {
    part("samples").hidden = true;
    this.look();
    clearInterval(this.timer);
    this.timer = setInterval(() => this.look(), EVERY);
  }

  async look() {
    const checks = await this.engine.checks();
    const rows = {
      https: checks.https ? ok(say("check.https_ok")) : no(say("check.https_no")),
      roster: judgeRoster(checks.roster, this.engine.now()),
      samples: this.judgeSamples(),
      camera: judgeCamera(this.camera),
      torch: judgeTorch(this.camera),
      sound: this.heard,
      buzz: this.shaken,
      persisted: checks.persisted ? ok(say("check.persisted_ok")) : no(say("check.persisted_no")),
      clock: judgeClock(checks.clock),
    };
    for (const [name, row] of Object.entries(rows)) show(name, row);
    const left = Object.values(rows).filter(({ state }) => !DONE.has(state)).length;
    const all = part("all");
    const text = left === 0 ? say("check.all_well") : say("check.not_yet", { count: number(left) });
    if (all.textContent !== text) all.textContent = text;
    all.dataset.state = left === 0 ? "ok" : "todo";
  }

  judgeSamples() {
    const seen = [...this.samples.values()];
    if (seen.filter(Boolean).length >= SAMPLES) return ok(say("check.samples_ok"));
    return todo(say(seen.includes(false) ? "check.samples_online" : "check.samples_todo"));
  }

  scanSamples() {
    dialog("checks").close();
    this.countSamples();
    part("samples").hidden = false;
  }

  countSamples() {
    const tried = [...this.samples.values()];
    const seen = tried.filter(Boolean).length;
    part("samples-text").textContent = tried.includes(false)
      ? say("check.samples_online")
      : say("scanner.sample_seen", { seen, all: SAMPLES });
  }

  trySound() {
    allowSound();
    sound(data.verdicts.admitted.tones);
    this.heard = todo(say("check.sound_ask"));
    for (const button of parts("heard")) button.hidden = false;
    this.look();
  }

  hear(heard) {
    this.heard = heard ? ok(say("check.sound_ok")) : no(say("check.sound_no"));
    for (const button of parts("heard")) button.hidden = true;
    this.look();
  }

  tryBuzz() {
    vibrate(data.verdicts.admitted.buzz);
    this.shaken = ok(say("check.buzz_ok"));
    this.look();
  }
}
