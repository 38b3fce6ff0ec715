/** How a phone begins and ends its duty: pairing, unlocking, being sent home. */
import { Camera } from "./camera.js";
import { canSay, dialog, fill, part, parts, say, wordingOf } from "./data.js";
import { sayFault, showFaults, whileBusy } from "./fields.js";

const FIELDS = ["pair-code", "pair-pin", "pair-shift", "pair-name"];
const AT = {
  pairing_unknown: "pair-code",
  pin_needed: "pair-pin",
  pin_wrong: "pair-pin",
  shift_code_wrong: "pair-shift",
};
let installPrompt = null;

/** The pairing code of an address that the desk gave out, `…/door#p=CODE&l=1`, or null. */
function readInvitation(text) {
  const found = /[#&]p=([^&#]+)/.exec(text);
  return found && { code: decodeURIComponent(found[1]), link: /[#&]l=1(&|$)/.test(text) };
}

function takeInvitation({ code, link }) {
  dialog("pair-code").value = code;
  part("pin").hidden = !link;
  showFaults(["pair-code"], {});
  const next = FIELDS.map(dialog).find(({ value, offsetParent }) => offsetParent && !value);
  next?.focus();
}

function valuesOf() {
  const value = (id) => dialog(id).value.trim();
  return {
    code: readInvitation(value("pair-code"))?.code ?? value("pair-code"),
    pin: part("pin").hidden ? null : value("pair-pin"),
    shiftCode: value("pair-shift"),
    name: value("pair-name"),
  };
}

function missing({ code, pin, shiftCode, name }) {
  return {
    "pair-code": code ? "" : say("entry.pairing_missing"),
    "pair-pin": pin === "" ? say("entry.pin_needed") : "",
    "pair-shift": shiftCode ? "" : say("entry.shift_code_missing"),
    "pair-name": name ? "" : say("entry.name_missing"),
  };
}

/** Says why pairing was refused, at the field where that can be mended. */
function refuse(code) {
  if (code.startsWith("pin_")) part("pin").hidden = false;
  const text = canSay(`entry.${code}`) ? say(`entry.${code}`) : say("dialog.failed");
  if (code in AT) showFaults(FIELDS, { [AT[code]]: text });
  else sayFault(part("pair-fault"), text);
}

function initPairForm(engine, onPaired) {
  const form = part("pair");
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const values = valuesOf();
    sayFault(part("pair-fault"), "");
    if (!showFaults(FIELDS, missing(values))) return;
    if (!globalThis.crypto?.subtle) {
      refuse("insecure");
      return;
    }
    whileBusy(form.querySelector("[type=submit]"), async () => {
      try {
        await engine.pair(values);
        form.reset();
        onPaired();
      } catch (error) {
        refuse(error.code ?? "failed");
      }
    });
  });
}

/** Lets the camera read the desk's code; returns how it is put away. */
function initPairCamera() {
  const camera = new Camera(part("pair-video"), (text) => {
    const invitation = readInvitation(text);
    if (invitation) {
      putAway();
      takeInvitation(invitation);
    } else {
      part("pair-hint").textContent = say("entry.pairing_foreign");
    }
  });
  function putAway() {
    camera.stop();
    part("pair-camera").hidden = true;
    part("pair-scan").hidden = false;
  }
  part("pair-scan").addEventListener("click", async () => {
    part("pair-camera").hidden = false;
    part("pair-scan").hidden = true;
    part("pair-hint").textContent = say("scanner.starting");
    try {
      await camera.start();
      part("pair-hint").textContent = say("scanner.hold");
    } catch (error) {
      putAway();
      sayFault(part("pair-fault"), wordingOf("scanner", error.message, "absent"));
    }
  });
  return putAway;
}

function initUnlock(engine) {
  const form = part("unlock");
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const input = dialog("unlock-code");
    const fault = input.value.trim() ? "" : say("entry.shift_code_missing");
    if (!showFaults(["unlock-code"], { "unlock-code": fault })) return;
    whileBusy(form.querySelector("[type=submit]"), async () => {
      try {
        await engine.unlock(input.value);
        input.value = "";
      } catch (error) {
        showFaults(["unlock-code"], {
          "unlock-code": wordingOf("entry", error.code, "shift_code_wrong"),
        });
        input.focus();
      }
    });
  });
}

/** Forgets the fair; what has not been sent is named once before. */
function initWipe(engine) {
  let warned = false;
  part("wipe").addEventListener("click", async () => {
    const count = engine.counts?.waiting ?? 0;
    if (count > 0 && !warned) {
      warned = true;
      sayFault(part("wipe-fault"), say("dialog.unsent", { count }));
      return;
    }
    await engine.end("handed_back", { force: true });
    location.reload();
  });
}

function isInstalled() {
  return navigator.standalone === true || matchMedia("(display-mode: standalone)").matches;
}

// Browsers offer this once, maybe before the engine is ready.
addEventListener("beforeinstallprompt", (event) => {
  event.preventDefault();
  installPrompt = event;
  part("install", "prompt").hidden = isInstalled();
});
addEventListener("appinstalled", () => {
  part("install", "prompt").hidden = true;
});

/** "Install first, then pair", where the browser can. */
function initInstall() {
  const isApple = "standalone" in navigator && navigator.maxTouchPoints > 0;
  part("install", "ios").hidden = isInstalled() || !isApple;
  part("install-now").addEventListener("click", () => installPrompt?.prompt());
}

/** Prepares the screens before and after the duty; `onPaired` is called once a phone is new. */
export function initEntry(engine, onPaired) {
  initInstall();
  initUnlock(engine);
  initWipe(engine);
  const stopCamera = initPairCamera();
  initPairForm(engine, () => {
    stopCamera();
    onPaired();
  });
  for (const button of parts("anew")) button.addEventListener("click", () => location.reload());
  const takeFromAddress = () => {
    const invitation = readInvitation(location.hash);
    if (!invitation) return;
    history.replaceState(null, "", location.pathname);
    if (engine.state === "unpaired") takeInvitation(invitation);
  };
  addEventListener("hashchange", takeFromAddress);
  takeFromAddress();
}

/** Says what has become of a phone whose duty has ended, and of what it could not send. */
export function sayEnded({ reason, lost }) {
  part("ended").textContent = wordingOf("entry", `ended_${reason}`, "ended_wiped");
  fill(part("lost"), lost > 0 ? say("entry.lost", { count: lost }) : "");
}

/** Says on the locked screen whose phone this is and what waits. */
export function sayLocked(engine) {
  const count = engine.counts?.waiting ?? 0;
  part("waiting").textContent =
    count > 0 ? say("entry.waiting", { count }) : say("entry.nothing_waiting");
}
