/** Hand-held scanners type like a keyboard: very quickly, and Enter at the end. */
const QUICK = 250;
const LEAST = 8;
const FIELDS = "input, textarea, select, [contenteditable]";
const HOLDS_BACK = new Set(["Enter", "Tab"]);

/** A scanner set to the American layout at a German keyboard: mends what both write differently. */
export function heardAs(typed) {
  if (!/^https?Ö/i.test(typed)) return typed;
  const code = typed.split(/[-_/]/).pop();
  const swapped = { Y: "Z", Z: "Y", y: "z", z: "y" };
  return code.replace(/[YZ]/gi, (letter) => swapped[letter]);
}

/** Calls `onCode(text)` for each code that a hand-held scanner types outside of fields. */
export function listenToWedge(onCode) {
  let typed = "";
  let last = 0;

  function ended(event) {
    const text = typed;
    typed = "";
    if (text.length < LEAST) return;
    event.preventDefault();
    event.stopPropagation();
    onCode(heardAs(text));
  }

  document.addEventListener(
    "keydown",
    (event) => {
      if (event.target instanceof Element && event.target.closest(FIELDS)) return;
      if (event.timeStamp - last > QUICK) typed = "";
      last = event.timeStamp;
      if (HOLDS_BACK.has(event.key)) ended(event);
      else if (event.key.length === 1) typed += event.key;
    },
    { capture: true },
  );
}
