/** The scanner: from the camera, a typed code or a name to the answer on the whole screen. */
import { Camera } from "./door/camera.js";
import { data, hourAndMinute, part, say } from "./door/data.js";
import { get, post, Refusal } from "./door/net.js";
import { loadReader } from "./door/reader.js";
import { makeScan, Scans } from "./door/scans.js";
import { initSearch, initTyping } from "./door/search.js";
import { allowSound } from "./door/signals.js";
import { hideVerdict, showVerdict } from "./door/verdict.js";

const SAME_CODE = 3000;
const PATIENCE = 2500;
const COUNT_EVERY = 15000;
const CLOCK_EVERY = 5000;
const STATION_KEY = "door-station";
const QUIET = new Set(["admitted", "left", "not_inside"]);

const dialog = (name) => document.getElementById(name);
const camera = new Camera(part("video"), seen);
const scans = new Scans(answeredLate, showNet);
let direction = "in";
let shown = null;
let busy = false;
let lastCode = { text: "", until: 0 };

/** A code in the picture; the same one is ignored while it stays in view. */
function seen(text) {
  const now = Date.now();
  const held = text === lastCode.text && now < lastCode.until;
  if (held || (!busy && !document.querySelector("dialog[open]"))) {
    lastCode = { text, until: now + SAME_CODE };
    if (!held) judge(text);
  }
}

/** Sends the scan and shows its answer; after a short while lets others pass meanwhile. */
async function judge(badge, override = null) {
  busy = true;
  const scan = makeScan(badge, station(), direction, override);
  const answer = scans.submit(scan);
  const early = await Promise.race([
    answer,
    new Promise((resolve) => setTimeout(resolve, PATIENCE)),
  ]);
  busy = false;
  show(scan, early ?? {});
  if (early) {
    count();
  } else if (early === undefined) {
    const late = await answer;
    if (late) answeredLate(scan, late);
  }
}

function show(scan, result) {
  shown = { scan, result };
  showVerdict(result);
}

/** A late answer is shown if it is still waited for, or if somebody has to be stopped. */
function answeredLate(scan, result) {
  if (shown?.scan.id === scan.id || !QUIET.has(result.outcome)) show(scan, result);
  count();
}

function goOn() {
  shown = null;
  hideVerdict();
}

async function undo() {
  const { id } = shown.scan;
  try {
    await post(data.urls.undo.replace("ID", id), {});
    goOn();
    hint("undone");
    lastCode = { text: "", until: 0 };
    count();
  } catch (error) {
    part("why").hidden = false;
    part("why").textContent = say(error instanceof Refusal ? "not_undone" : "failed");
  }
}

function letInAgain() {
  judge(shown.scan.badge, { reason: say("again") });
}

function searchByName() {
  goOn();
  dialog("search").showModal();
}

const ACTS = {
  next: goOn,
  undo,
  again: letInAgain,
  search: searchByName,
  retry: () => scans.retry(),
};

function showNet({ waiting, signedOut, failed }) {
  part("net", "online").hidden = failed;
  part("net", "offline").hidden = !failed;
  part("strip").hidden = !failed;
  part("strip-title").textContent = say(signedOut ? "signed_out" : "offline");
  part("strip-text").textContent = signedOut ? "" : say("waiting", { count: waiting });
  part("sign-in").hidden = !signedOut;
}

async function count() {
  try {
    const counts = await get(data.urls.counts);
    for (const [name, value] of Object.entries(counts)) part("count", name).textContent = value;
  } catch {
    // the last figures stay; whether there is a connection is said by the scans
  }
}

function hint(word) {
  part("hint").textContent = say(word);
}

function station() {
  return localStorage.getItem(STATION_KEY) ?? "";
}

function troubleOf(error) {
  return error.name === "NotAllowedError" ? "denied" : "absent";
}

/** Starts the camera, or says in one sentence why there is none. */
async function startCamera() {
  if (!window.isSecureContext || !navigator.mediaDevices) {
    hint("insecure");
    return;
  }
  hint("starting");
  try {
    await loadReader(data.urls.wasm);
  } catch {
    hint("broken");
    return;
  }
  try {
    await camera.start();
    hint("hold");
    part("torch").hidden = !camera.hasTorch;
    await navigator.wakeLock?.request("screen").catch(() => {});
  } catch (error) {
    hint(troubleOf(error));
  }
}

function showPlace() {
  part("place").textContent = station();
}

function choosePlace() {
  const input = dialog("place").querySelector("input");
  input.value = station() || input.defaultValue;
  dialog("place").showModal();
}

function initPlace() {
  dialog("place").addEventListener("close", () => {
    const name = dialog("place").querySelector("input").value.trim();
    if (name) localStorage.setItem(STATION_KEY, name);
    showPlace();
    startCamera();
  });
  showPlace();
  if (station()) startCamera();
  else choosePlace();
}

function initButtons() {
  for (const button of document.querySelectorAll("[data-act]")) {
    button.addEventListener("click", ACTS[button.dataset.act]);
  }
  for (const button of document.querySelectorAll("[data-opens]")) {
    button.addEventListener("click", () => {
      button.closest("dialog")?.close();
      if (button.dataset.opens === "place") choosePlace();
      else dialog(button.dataset.opens).showModal();
    });
  }
  for (const button of document.querySelectorAll("[data-closes]")) {
    button.addEventListener("click", () => button.closest("dialog").close());
  }
  part("verdict").addEventListener("click", goOn);
  part("torch").addEventListener("click", toggleLight);
}

async function toggleLight() {
  const on = part("torch").getAttribute("aria-pressed") !== "true";
  await camera.light(on);
  part("torch").setAttribute("aria-pressed", String(on));
}

function initDirection() {
  const buttons = document.querySelectorAll("[data-direction]");
  for (const button of buttons) {
    button.addEventListener("click", () => {
      direction = button.dataset.direction;
      for (const other of buttons) other.setAttribute("aria-pressed", String(other === button));
    });
  }
}

function tellTime() {
  part("clock").textContent = hourAndMinute(new Date());
}

function initVisibility() {
  document.addEventListener("visibilitychange", () => {
    if (document.hidden) {
      camera.stop();
      return;
    }
    if (!dialog("place").open) startCamera();
    scans.retry();
    count();
  });
  window.addEventListener("online", () => scans.retry());
}

initSearch(dialog("search"), (code) => judge(code));
initTyping(dialog("typing"), (code) => judge(code));
initButtons();
initDirection();
initVisibility();
initPlace();
document.addEventListener("pointerdown", allowSound);
document.addEventListener("keydown", allowSound);
tellTime();
setInterval(tellTime, CLOCK_EVERY);
count();
setInterval(() => document.hidden || count(), COUNT_EVERY);
