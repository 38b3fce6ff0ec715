/** Finding somebody without a badge: by name, or by the code that they remember. */
import { data, dialog, nameOf, ownNameOf, part, say, show, withOthers, wordingOf } from "./data.js";

const CODE_LENGTH = 12;
const PAUSE = 80;

function hitOf(person, { admit, lookAtLast }, { rights, departure }) {
  const hit = part("hit").content.cloneNode(true);
  const put = (name, text) => {
    hit.querySelector(`[data-${name}]`).textContent = text;
  };
  put("name", nameOf(person));
  put("own-script", ownNameOf(person));
  put("household", withOthers("dialog", person));
  const inside = hit.querySelector("[data-inside]");
  inside.hidden = !person.inside;
  inside.querySelector("span").textContent = say(
    departure ? "dialog.on_board_now" : "dialog.inside_now",
  );
  const choose = (act) => () => {
    dialog("search").close();
    act(person);
  };
  hit.querySelector("button").addEventListener("click", choose(admit));
  const last = hit.querySelector("[data-hit-last]");
  last.hidden = !rights.includes("undo");
  last.addEventListener("click", choose(lookAtLast));
  return hit;
}

/** Lets the dialog search as one types; who is chosen is let in, or their last scan looked at. */
export function initSearch(engine, acts) {
  const box = dialog("search");
  const input = box.querySelector("input");
  let timer = 0;
  let asked = 0;

  function list(people, otherwise) {
    part("search-said").textContent = people.length > 0 ? "" : otherwise;
    show(
      part("hits"),
      people.map((person) => hitOf(person, acts, engine.about)),
    );
  }

  function find() {
    asked += 1;
    const text = input.value.trim();
    const enough = [...text].length >= data.limits.search;
    const people = enough ? engine.find(text) : [];
    list(people, enough ? say("dialog.nobody") : "");
    part("search-online").hidden = !enough || engine.net !== "online";
  }

  async function findOnline() {
    const mine = (asked += 1);
    try {
      const people = await engine.searchOnline(input.value.trim());
      if (mine === asked) list(people, say("dialog.nobody_online"));
    } catch (error) {
      if (mine === asked)
        part("search-said").textContent = wordingOf("dialog", error.code, "no_network");
    }
  }

  input.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(find, PAUSE);
  });
  box.querySelector("form").addEventListener("submit", (event) => {
    event.preventDefault();
    clearTimeout(timer);
    find();
    if ([...input.value.trim()].length < data.limits.search) {
      part("search-said").textContent = say("dialog.more_letters");
    }
  });
  part("search-online").addEventListener("click", findOnline);
  box.addEventListener("close", () => {
    clearTimeout(timer);
    asked += 1;
    input.value = "";
    list([], "");
    part("search-online").hidden = true;
  });
}

/** Lets the dialog take a typed code; confused letters are understood. */
export function initTyping(onCode) {
  const box = dialog("typing");
  const input = box.querySelector("input");
  const error = part("typing-error");

  function complain(wrong) {
    error.hidden = !wrong;
    input.setAttribute("aria-invalid", String(wrong));
    input.setAttribute("aria-describedby", wrong ? "typing-hint typing-error" : "typing-hint");
  }

  box.querySelector("form").addEventListener("submit", (event) => {
    event.preventDefault();
    const code = input.value
      .split("/")
      .pop()
      .replace(/[\s\p{Pd}\p{Cf}]/gu, "");
    const right = [...code].length === CODE_LENGTH;
    complain(!right);
    if (!right) {
      input.focus();
      return;
    }
    box.close();
    onCode(code);
  });
  box.addEventListener("close", () => {
    input.value = "";
    complain(false);
  });
}
