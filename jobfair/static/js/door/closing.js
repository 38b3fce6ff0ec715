/** Closing the bus home: one answer for each who is missing, so that nobody is left behind. */
import { dialog, fill, number, part, placeIn, say, show, wordingOf } from "./data.js";
import { whileBusy } from "./fields.js";
import { fullNameOf, lastSeen } from "./riders.js";
import { hintBriefly } from "./screens.js";

function missingRow(person, answers) {
  const row = part("missing").content.cloneNode(true);
  const put = (name, text) => fill(placeIn(row, name), text);
  put("name", fullNameOf(person));
  put("own-script", person.own_script);
  put("seen", lastSeen(person));
  for (const radio of row.querySelectorAll("input")) {
    radio.name = `answer-${person.hash}`;
    radio.checked = answers.get(person.hash) === radio.value;
    radio.addEventListener("change", () => {
      answers.set(person.hash, radio.value);
      radio.closest("fieldset").querySelector("[data-fault]").hidden = true;
    });
  }
  return row;
}

/** Marks who has no answer yet and goes to the first; returns whether everybody has one. */
function allAnswered(box) {
  const open = [...box.querySelectorAll("fieldset")].filter((field) => {
    const answered = field.querySelector(":checked") !== null;
    field.querySelector("[data-fault]").hidden = answered;
    return !answered;
  });
  if (open.length > 0) open[0].querySelector("input").focus();
  return open.length === 0;
}

/** Lets the dialog close the bus; what was answered stays while it is put aside. */
export function initClosing(engine) {
  const box = dialog("closing");
  let answers = new Map();
  let trip = null;

  /** Who can be answered for: whoever has a badge by which the server knows them. */
  function missing() {
    return engine.counts.bus.missing.filter(({ hash }) => hash !== null);
  }

  function list() {
    const { id, onBoard, expected } = engine.counts.bus;
    if (trip !== id) answers = new Map();
    trip = id;
    const people = missing();
    for (const { hash, answer } of people) {
      if (answer && !answers.has(hash)) answers.set(hash, answer);
    }
    const counted = { count: number(onBoard), most: number(expected) };
    part("closing-count").textContent = say("bus.on_board", counted);
    part("closing-some").hidden = people.length === 0;
    part("closing-none").hidden = people.length > 0;
    show(
      part("closing-missing"),
      people.map((person) => missingRow(person, answers)),
    );
  }

  async function close() {
    const found = missing().map(({ hash }) => [hash, answers.get(hash)]);
    try {
      await engine.open.journey.close(Object.fromEntries(found.filter(([, answer]) => answer)));
      box.close();
    } catch (error) {
      hintBriefly(wordingOf("dialog", error.code, "failed"));
    }
  }

  box.addEventListener("opened", list);
  box.querySelector("form").addEventListener("submit", (event) => {
    event.preventDefault();
    if (allAnswered(box)) whileBusy(box.querySelector("[type=submit]"), close);
  });
  box.addEventListener("close", () => show(part("closing-missing"), []));
}
