/** What fingers do by mistake: a second tap at once, and the phone's "back". */
import { say } from "./data.js";
import { hintBriefly } from "./screens.js";

const DOUBLE = 350;
const NEAR = 24;
let last = { on: null, at: 0, x: 0, y: 0 };

/** Whether the click is the second of a double tap, not meant for what has come there since. */
function isStray({ currentTarget: on, timeStamp: at, clientX: x, clientY: y }) {
  const near = Math.abs(x - last.x) < NEAR && Math.abs(y - last.y) < NEAR;
  const stray = on !== last.on && near && at - last.at < DOUBLE;
  last = { on, at, x, y };
  return stray;
}

/** Has the element do it when it is pressed. */
export function onPress(element, act) {
  element.addEventListener("click", (event) => {
    if (!isStray(event)) act();
  });
}

/** Has "back" leave a dialog or an answer, and the scanner only while it is locked. */
export function initBack(engine, flow) {
  const stay = () => {
    if (engine.state === "ready" && history.state === null) history.pushState("on duty", "");
  };
  window.addEventListener("popstate", () => {
    stay();
    const box = document.querySelector("dialog[open]");
    if (box) box.close();
    else if (flow.shown) flow.goOn();
    else if (engine.state === "ready") hintBriefly(say("scanner.leave"));
  });
  engine.addEventListener("change", stay);
  stay();
}
