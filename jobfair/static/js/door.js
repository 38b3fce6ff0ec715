/** The scanner at the door: joins the engine, which knows and stores, with what is seen and done. */
import { keepAwake } from "./door/awake.js";
import { BusScreen } from "./door/bus.js";
import { Camera } from "./door/camera.js";
import { showComing } from "./door/coming.js";
import { initConflicts } from "./door/conflicts.js";
import {
  data,
  dialog,
  fill,
  hourAndMinute,
  nameOf,
  part,
  parts,
  say,
  wordingOf,
} from "./door/data.js";
import { initDialogs, open } from "./door/dialogs.js";
import { Engine } from "./door/engine.js";
import { showFaults } from "./door/fields.js";
import { Flow } from "./door/flow.js";
import { initLastScan } from "./door/last.js";
import { initMenu } from "./door/menu.js";
import { initEntry } from "./door/pair.js";
import { Preflight } from "./door/preflight.js";
import {
  hint,
  initDirections,
  isInUse,
  isScanning,
  offerDirections,
  showState,
  showTrouble,
} from "./door/screens.js";
import { initSearch, initTyping } from "./door/search.js";
import { allowSound } from "./door/signals.js";
import { initBack, onPress } from "./door/touches.js";
import { initWalkIn } from "./door/walkin.js";
import { listenToWedge } from "./door/wedge.js";

const TELL_EVERY = 5000;
const WORKER = { url: "/door-worker.js", scope: "/door" };

/** Starts the camera while the scanner is in sight, or says in one sentence why there is none. */
async function watch(engine, camera) {
  keepAwake(isInUse(engine));
  if (!isScanning(engine)) {
    camera.stop();
    part("torch").hidden = true;
    part("torch").setAttribute("aria-pressed", "false");
    return;
  }
  if (camera.runs) return;
  hint(say("scanner.starting"));
  try {
    await camera.start();
    hint(say("scanner.hold"));
    part("torch").hidden = !camera.hasTorch;
  } catch (error) {
    hint(wordingOf("scanner", error.message, "absent"));
  }
}

function initActs(flow, lookAtLast) {
  const acts = {
    next: () => flow.goOn(),
    undo: () => flow.undo(),
    again: () => flow.again(),
    more: () => flow.more(),
    last: () => lookAtLast(flow.shown.entry),
    search: () => flow.searchByName(),
    spot: () => flow.spot(),
    override: () => {
      fill(part("override-who"), flow.shown.entry.name && nameOf(flow.shown.entry));
      dialog("override-reason").value = "";
      showFaults(["override-reason"], {});
      open("override");
    },
  };
  for (const button of parts("act")) onPress(button, acts[button.dataset.act]);
  onPress(part("verdict"), () => flow.goOn());
  onPress(part("last-undo"), () => flow.undo());
  onPress(part("family-admit"), () => flow.more());
  dialog("override")
    .querySelector("form")
    .addEventListener("submit", (event) => {
      event.preventDefault();
      const reason = dialog("override-reason").value.trim();
      const fault = reason ? "" : say("dialog.reason_missing");
      if (!showFaults(["override-reason"], { "override-reason": fault })) return;
      dialog("override").close();
      flow.override(reason);
    });
}

function initTorch(camera) {
  const button = part("torch");
  button.addEventListener("click", async () => {
    const on = button.getAttribute("aria-pressed") !== "true";
    await camera.light(on);
    button.setAttribute("aria-pressed", String(on));
  });
}

/** Tells the time by the server's clock, as answers do: that of the phone may be wrong. */
function initClock(engine) {
  const tell = () => {
    part("clock").textContent = hourAndMinute(engine.now());
  };
  tell();
  engine.addEventListener("change", tell);
  setInterval(tell, TELL_EVERY);
}

function initScanner(engine, flow, preflight, camera) {
  let shown = "";
  const bus = new BusScreen(engine, flow, () => watch(engine, camera));
  const change = () => {
    showState(engine);
    if (engine.state !== shown) {
      shown = engine.state;
      flow.leave();
      preflight.reset();
      part("override-who").textContent = "";
      if (shown === "ready") flow.direction = offerDirections(engine.about);
    }
    bus.refresh();
    showComing(engine);
    watch(engine, camera);
  };
  engine.addEventListener("change", change);
  engine.addEventListener("trouble", ({ detail }) => showTrouble(detail.code));
  if (engine.trouble) showTrouble(engine.trouble);
  document.addEventListener("visibilitychange", change);
  setInterval(() => {
    bus.refresh();
    showComing(engine);
  }, TELL_EVERY);
  change();
}

async function main() {
  const engine = await Engine.open({ fetchBase: "/api/v1", tables: data.names });
  const flow = new Flow(engine);
  const camera = new Camera(part("video"), (text) => flow.seen(text));
  const preflight = new Preflight(engine, camera);
  flow.onVerdict = (verdict) => preflight.note(verdict);
  initDialogs();
  initMenu(engine);
  initEntry(engine, () => open("checks"));
  initDirections((direction) => {
    flow.direction = direction;
  });
  const lookAtLast = initLastScan(engine, (id) => flow.tookBack([id]));
  initSearch(engine, { admit: (person) => flow.admit([person]), lookAtLast });
  initTyping((code) => flow.scan(code));
  initWalkIn(engine, (verdicts) => flow.welcome(verdicts));
  initConflicts(engine);
  initActs(flow, lookAtLast);
  initBack(engine, flow);
  initTorch(camera);
  listenToWedge((text) => engine.state === "ready" && flow.heard(text));
  initScanner(engine, flow, preflight, camera);
  initClock(engine);
}

document.addEventListener("pointerdown", allowSound);
document.addEventListener("keydown", allowSound);
main().catch((error) => {
  showTrouble(error.code ?? "broken");
});
navigator.serviceWorker?.register(WORKER.url, { scope: WORKER.scope }).catch(() => {
  // without it the page still works as long as it stays open
});
