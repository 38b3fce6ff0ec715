/** What the page hands to its script: addresses, limits, verdicts and every word. */
export const data = JSON.parse(document.getElementById("door-data").textContent);

/** A sentence of the page's language, with its values filled in. */
export function say(name, values = {}) {
  return data.words[name].replace(/%\((\w+)\)s/g, (_all, key) => values[key]);
}

const clock = new Intl.DateTimeFormat("de-DE", {
  hour: "2-digit",
  minute: "2-digit",
  timeZone: data.zone,
});

/** The time on the clock of the fair. */
export function hourAndMinute(at) {
  return clock.format(at);
}

const list = new Intl.ListFormat(data.lang, { type: "conjunction" });

/** "Amal H., with Yusuf and Lina". */
export function nameWithHousehold({ name, household }) {
  return household.length > 0 ? say("with", { name, others: list.format(household) }) : name;
}

/** "with Yusuf and Lina", or nothing. */
export function together({ household }) {
  return household.length > 0 ? say("together", { others: list.format(household) }) : "";
}

/** The element of the page that carries this data attribute. */
export function part(name, value) {
  return document.querySelector(
    value === undefined ? `[data-${name}]` : `[data-${name}="${value}"]`,
  );
}
