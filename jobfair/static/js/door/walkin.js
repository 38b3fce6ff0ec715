/** People who come without a registration: one household, with or without network. */
import { data, dialog, part, say, show, wordingOf } from "./data.js";
import { sayFault, showFaults, whileBusy } from "./fields.js";

const CHOICES = ["walk-in-lang", "walk-in-municipality"];
const box = dialog("walk-in");

function people() {
  return [...part("people").children];
}

function addPerson() {
  const copy = part("person").content.cloneNode(true);
  const index = people().length + 1;
  copy.querySelector("legend").textContent = say("dialog.person", { number: index });
  for (const field of copy.querySelectorAll(".kern-form-input")) {
    const input = field.querySelector("input");
    input.id = `walk-in-${index}-${input.dataset.part}`;
    field.querySelector("label").htmlFor = input.id;
  }
  const fault = copy.querySelector("[data-fault]");
  fault.id = `walk-in-${index}-fault`;
  part("people").append(copy);
  part("add-person").hidden = index >= data.limits.people;
  return people()[index - 1].querySelector("input");
}

function personOf(fieldset) {
  const value = (name) => fieldset.querySelector(`[data-part="${name}"]`).value.trim();
  return {
    given: value("given"),
    family: value("family"),
    ownGiven: value("own-given"),
    ownFamily: value("own-family"),
  };
}

/** Says at each person whether the first name is missing; returns whether none is. */
function checkNames() {
  let first = null;
  for (const fieldset of people()) {
    const input = fieldset.querySelector('[data-part="given"]');
    const fault = fieldset.querySelector("[data-fault]");
    const wrong = !input.value.trim();
    fault.hidden = !wrong;
    input.setAttribute("aria-invalid", String(wrong));
    if (wrong) input.setAttribute("aria-describedby", fault.id);
    else input.removeAttribute("aria-describedby");
    if (wrong && first === null) first = input;
  }
  first?.focus();
  return first === null;
}

/** Says at language and place whether they were chosen; returns whether both are. */
function checkChoices() {
  const [lang, municipality] = CHOICES;
  return showFaults(CHOICES, {
    [lang]: dialog(lang).value ? "" : say("dialog.lang_missing"),
    [municipality]: dialog(municipality).value ? "" : say("dialog.municipality_missing"),
  });
}

function empty() {
  showFaults(CHOICES, {});
  box.querySelector("form").reset();
  show(part("people"), []);
  sayFault(part("walk-in-fault"), "");
  addPerson();
}

/** Lets the dialog register people; `onAnswers` gets the answers at the door. */
export function initWalkIn(engine, onAnswers) {
  const form = box.querySelector("form");
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    sayFault(part("walk-in-fault"), "");
    const chosen = checkChoices();
    if (!checkNames() || !chosen) return;
    whileBusy(form.querySelector("[type=submit]"), async () => {
      try {
        const verdicts = await engine.walkIn({
          people: people().map(personOf),
          lang: dialog("walk-in-lang").value,
          municipality: dialog("walk-in-municipality").value,
        });
        empty();
        box.close();
        onAnswers(verdicts);
      } catch (error) {
        sayFault(part("walk-in-fault"), wordingOf("dialog", error.code, "failed"));
      }
    });
  });
  part("add-person").addEventListener("click", () => addPerson().focus());
  engine.addEventListener("change", () => {
    if (engine.state !== "ready") empty();
  });
  empty();
}
