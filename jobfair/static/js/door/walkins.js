/** People who are registered at the door, by codes of the device's own block. */
import { hashOf } from "./codes.js";
import { uuid } from "./crypt.js";
import { EngineError } from "./errors.js";

const GLANCE = 20;

function sentPerson({ given, family, ownGiven, ownFamily }, code) {
  return {
    code,
    given_name: given,
    family_name: family,
    ...(ownGiven ? { own_given_name: ownGiven } : {}),
    ...(ownFamily ? { own_family_name: ownFamily } : {}),
  };
}

function entryOf({ given, family, ownGiven = "", ownFamily = "" }, hash, { household, lang }) {
  return {
    hash,
    state: "admit",
    name: `${given} ${family}`.trim(),
    given,
    own_script: `${ownGiven} ${ownFamily}`.trim(),
    lang,
    household,
    inside: null,
    hint: "",
    stop: "",
  };
}

/** Waits for the answer to that item as long as somebody at the door would. */
async function waitBriefly({ outbox, config }, id) {
  const begun = Date.now();
  const waits = () => outbox.items.some((item) => item.id === id);
  while (waits() && outbox.tries === 0 && Date.now() - begun < config.patience) {
    await new Promise((resolve) => setTimeout(resolve, GLANCE));
  }
}

function takeCodes({ about, roster }, count) {
  if (!about.rights.includes("walk_in")) throw new EngineError("not_allowed");
  if (roster.facts.codes.length < count) throw new EngineError("no_codes");
  return roster.facts.codes.slice(0, count);
}

/** Registers a household, with network or without, and lets each of it in. */
export async function registerWalkIn(session, { people, lang, municipality }) {
  const { roster, outbox, scans } = session;
  const codes = takeCodes(session, people.length);
  const hashes = await Promise.all(codes.map((code) => hashOf(roster.salt, code)));
  const id = uuid();
  const body = {
    id,
    people: people.map((person, place) => sentPerson(person, codes[place])),
    lang,
    municipality,
    registered_at: session.now().toISOString(),
  };
  const entries = people.map((one, place) => entryOf(one, hashes[place], { household: id, lang }));
  const item = { id, kind: "walk_in", after: null, hashes, body };
  await outbox.add(item, roster.addLocal(entries, codes));
  await waitBriefly(session, id);
  const verdicts = [];
  for (const code of codes) verdicts.push(await scans.scan(code, { direction: "in" }));
  return verdicts;
}

/** Whoever the server put on the waiting list has to wait here too; returns what to store. */
export function walkInAnswered({ roster }, { hashes }, { state }) {
  if (state !== "waitlisted") return [];
  return [].concat(...hashes.map((hash) => roster.amend(hash, { state })));
}
