/** The answer on the whole screen: colour, shape, word, greeting, and what can be done next. */
import { data, hourAndMinute, nameWithHousehold, part, say } from "./data.js";
import { signal } from "./signals.js";

const ACTS = {
  admitted: ["next", "undo"],
  left: ["next", "undo"],
  already_inside: ["again", "next"],
  unknown: ["search", "next"],
  kept: ["next", "retry"],
};

function verdictOf(result) {
  if (result.outcome) return data.verdicts[result.outcome];
  const { tones, buzz } = data.verdicts.waitlisted;
  const name = result.error ? "refused" : "kept";
  return { word: say(name), why: say(`${name}_why`), look: "v-left", tones, buzz };
}

function whyOf(result, verdict) {
  if (result.outcome !== "already_inside" || !result.since) return verdict.why;
  const time = hourAndMinute(new Date(result.since.at));
  return say("since", { time, station: result.since.station });
}

function actsOf({ outcome, error }) {
  return ACTS[outcome ?? (error ? "refused" : "kept")] ?? ["next"];
}

function fill(name, text) {
  const element = part(name);
  element.textContent = text;
  element.hidden = !text;
  return element;
}

function fillPerson(result) {
  fill("who", result.name ? nameWithHousehold(result) : "");
  fill("own-script", result.own_script);
  const language = data.languages[result.lang];
  fill("language", language?.name ?? "");
  part("language-line").hidden = !language;
  const greeting = fill("greeting", result.greeting);
  greeting.lang = result.lang ?? "";
  greeting.dir = language?.dir ?? "ltr";
}

function offerActs(acts) {
  for (const button of document.querySelectorAll("[data-act]")) {
    button.hidden = !acts.includes(button.dataset.act);
    button.classList.toggle("jf-btn--go", button.dataset.act === acts[0]);
  }
}

/** Shows, sounds and announces the answer; one without outcome was not given or refused. */
export function showVerdict(result) {
  const verdict = verdictOf(result);
  const why = whyOf(result, verdict);
  part("verdict").className = `jf-verdict ${verdict.look}`;
  part("shape").setAttribute("href", `#${verdict.look}`);
  part("word").textContent = verdict.word;
  fill("why", why);
  fillPerson({ name: "", own_script: "", greeting: "", household: [], ...result });
  offerActs(actsOf(result));
  part("answer").hidden = false;
  part("scan").inert = true;
  part("said").textContent = [verdict.word, why, result.name].filter(Boolean).join(". ");
  document.querySelector("[data-act]:not([hidden])").focus();
  signal(verdict);
}

/** Shows the scanner again. */
export function hideVerdict() {
  part("answer").hidden = true;
  part("scan").inert = false;
  part("said").textContent = "";
}
