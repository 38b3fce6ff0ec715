/** Finding somebody without a badge: by name, or by the code that they remember. */
import { data, part, say, together } from "./data.js";
import { post } from "./net.js";

const CODE_LENGTH = 12;
const PAUSE = 300;

function hitOf(person, onChoose) {
  const hit = part("hit").content.cloneNode(true);
  const put = (name, text) => {
    hit.querySelector(`[data-${name}]`).textContent = text;
  };
  put("name", person.name);
  put("own-script", person.own_script);
  put("household", together(person));
  put("municipality", person.municipality);
  put("born", person.birth_year ? say("born", { year: person.birth_year }) : "");
  hit.querySelector("button").addEventListener("click", () => onChoose(person.code));
  return hit;
}

/** Lets the dialog search as one types; `onCode` gets the code of whoever is chosen. */
export function initSearch(dialog, onCode) {
  const input = dialog.querySelector("input");
  let asked = 0;
  let timer = 0;

  async function find() {
    const mine = ++asked;
    const q = input.value.trim();
    let people = [];
    let said = "";
    if (q.length >= data.limits.search) {
      try {
        ({ people } = await post(data.urls.search, { q }));
        said = people.length > 0 ? "" : say("nobody");
      } catch {
        said = say("failed");
      }
    }
    if (mine !== asked) return;
    part("search-said").textContent = said;
    const choose = (code) => {
      dialog.close();
      onCode(code);
    };
    part("hits").replaceChildren(...people.map((person) => hitOf(person, choose)));
  }

  input.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(find, PAUSE);
  });
  dialog.querySelector("form").addEventListener("submit", (event) => {
    event.preventDefault();
    clearTimeout(timer);
    find();
  });
  dialog.addEventListener("close", () => {
    asked += 1;
    input.value = "";
    part("search-said").textContent = "";
    part("hits").replaceChildren();
  });
}

/** Lets the dialog take a typed code; the server understands the confused letters. */
export function initTyping(dialog, onCode) {
  const input = dialog.querySelector("input");
  const error = part("typing-error");

  function complain(wrong) {
    error.hidden = !wrong;
    input.setAttribute("aria-invalid", String(wrong));
    input.setAttribute("aria-describedby", wrong ? "typing-hint typing-error" : "typing-hint");
  }

  dialog.querySelector("form").addEventListener("submit", (event) => {
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
    dialog.close();
    onCode(code);
  });
  dialog.addEventListener("close", () => {
    input.value = "";
    complain(false);
  });
}
