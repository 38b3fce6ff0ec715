/** The menu: hands, locking, saving what was not sent, and the end of the duty. */
import { dialog, part, parts, say, wordingOf } from "./data.js";
import { sayFault, whileBusy } from "./fields.js";

const HAND = "door-hand";

/** The hand that was chosen here before; browsers that store nothing ask anew. */
function storedHand() {
  try {
    return localStorage.getItem(HAND);
  } catch {
    return null;
  }
}

function storeHand(hand) {
  try {
    localStorage.setItem(HAND, hand);
  } catch {
    // it holds until the page is left
  }
}

function initHands() {
  const isRtl = document.documentElement.dir === "rtl";
  const choose = (hand) => {
    document.body.dataset.hand = (hand === "right") === isRtl ? "start" : "end";
  };
  const chosen = storedHand() === "left" ? "left" : "right";
  for (const radio of document.querySelectorAll("[name=hand]")) {
    radio.checked = radio.value === chosen;
    radio.addEventListener("change", () => {
      storeHand(radio.value);
      choose(radio.value);
    });
  }
  choose(chosen);
}

/** Saves the scans that were not sent as a file. */
function save(engine) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(engine.exportUnsent());
  link.download = "scans.json";
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60e3);
  if (!engine.trouble) part("trouble").hidden = true;
}

function initHandBack(engine) {
  const box = dialog("hand-back");
  const force = part("force");

  async function end(options) {
    try {
      await engine.end("handed_back", options);
      box.close();
    } catch (error) {
      const unsent = error.code === "unsent";
      force.hidden = !unsent;
      const count = engine.counts.waiting;
      const text = unsent
        ? say("dialog.unsent", { count })
        : wordingOf("dialog", error.code, "failed");
      sayFault(box.querySelector("[data-fault]"), text);
    }
  }

  box.querySelector("form").addEventListener("submit", (event) => {
    event.preventDefault();
    whileBusy(box.querySelector("[type=submit]"), () => end({}));
  });
  force.addEventListener("click", () => whileBusy(force, () => end({ force: true })));
  box.addEventListener("close", () => {
    force.hidden = true;
    sayFault(box.querySelector("[data-fault]"), "");
  });
}

/** Lets the menu do what it offers. */
export function initMenu(engine) {
  for (const button of parts("export")) button.addEventListener("click", () => save(engine));
  part("lock").addEventListener("click", () => {
    dialog("menu").close();
    engine.lock();
  });
  initHandBack(engine);
  initHands();
}
