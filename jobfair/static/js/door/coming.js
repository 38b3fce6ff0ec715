/** What a station is told of the buses that are about to arrive. */
import { number, part, say, show } from "./data.js";

const MINUTE = 60e3;
const PAST = -10;
const SHOWN_MOST = 2;

function wordOf({ people, minutes }) {
  if (people === 1) return minutes > 0 ? "bus.coming_one" : "bus.coming_one_now";
  return minutes > 0 ? "bus.coming" : "bus.coming_now";
}

function rowOf(bus) {
  const { name, people, minutes } = bus;
  const row = document.createElement("li");
  const values = { name, people: number(people), minutes: number(minutes) };
  row.textContent = say(wordOf(bus), values);
  return row;
}

/** Shows the next buses with their people and the minutes to go. */
export function showComing(engine) {
  const buses = engine.state === "ready" ? (engine.session?.coming ?? []) : [];
  const next = buses
    .map((bus) => {
      const due = Date.parse(bus.fair_at) + bus.late * MINUTE;
      return { ...bus, minutes: Math.ceil((due - engine.now()) / MINUTE) };
    })
    .filter(({ minutes }) => minutes > PAST)
    .sort((a, b) => a.minutes - b.minutes)
    .slice(0, SHOWN_MOST);
  show(part("coming"), next.map(rowOf));
  part("coming").hidden = next.length === 0;
}
