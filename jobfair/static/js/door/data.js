/** What the page hands to its script, and how the script speaks: words, names, times. */
import { shortName } from "./names.js";

export const data = JSON.parse(document.getElementById("door-data").textContent);

const NAMED_MOST = 3;

/** A sentence of the page's language, with its values filled in; `name` is "group.word". */
export function say(name, values = {}) {
  const [group, word] = name.split(".");
  return data.words[group][word].replace(/%\((\w+)\)s/g, (_all, key) => values[key]);
}

/** Whether there is a sentence of that name. */
export function canSay(name) {
  const [group, word] = name.split(".");
  return word in data.words[group];
}

/** The wording of a refusal, or the group's own `otherwise`. */
export function wordingOf(group, code, otherwise) {
  return say(`${group}.${canSay(`${group}.${code}`) ? code : otherwise}`);
}

/** The element of the page that carries this data attribute. */
export function part(name, value) {
  return document.querySelector(
    value === undefined ? `[data-${name}]` : `[data-${name}="${value}"]`,
  );
}

/** All elements of the page that carry this data attribute. */
export function parts(name) {
  return [...document.querySelectorAll(`[data-${name}]`)];
}

export function dialog(name) {
  return document.getElementById(name);
}

/** The place in a row, made from a template, for what is called so. */
export function placeIn(row, name) {
  return row.querySelector(`[data-put="${name}"]`);
}

/** Puts a text into the element and hides it when there is none. */
export function fill(element, text) {
  element.textContent = text ?? "";
  element.hidden = !text;
}

/** Puts these into the element, instead of what was there. */
export function show(element, inner) {
  element.textContent = "";
  element.append(...inner);
}

let clock = clockOf(undefined);

function clockOf(timeZone) {
  return new Intl.DateTimeFormat("de-DE", { hour: "2-digit", minute: "2-digit", timeZone });
}

/** Has times be told by the clock of the fair. */
export function setZone(timeZone) {
  clock = clockOf(timeZone);
}

/** The time on the clock of the fair. */
export function hourAndMinute(at) {
  return clock.format(at);
}

const numbers = new Intl.NumberFormat(data.lang);

export function number(value) {
  return numbers.format(value);
}

/** "Amal, Yusuf and Lina". */
export function listOf(names) {
  if (!Intl.ListFormat) return names.join(", ");
  return new Intl.ListFormat(data.lang, { type: "conjunction" }).format(names);
}

/** First name and initial; a genuine badge without a person yet is called by that. */
export function nameOf(entry) {
  return entry?.name ? shortName(entry) : say("verdict.nameless");
}

/** "with Yusuf and Lina", in the group's own words; of a large household only how many, or "". */
export function withOthers(group, { others }, values = {}) {
  const names = (others ?? []).map((other) => other.given || nameOf(other));
  if (names.length === 0) return "";
  if (names.length <= NAMED_MOST) return say(`${group}.with`, { ...values, others: listOf(names) });
  return say(`${group}.with_many`, { ...values, count: number(names.length) });
}

/** First name and initial in the person's own script, or nothing. */
export function ownNameOf(entry) {
  return entry?.ownScript
    ? shortName({ ...entry, name: entry.ownScript, given: entry.ownGiven })
    : "";
}
