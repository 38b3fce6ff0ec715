/**
 * Keeps a part of a page up to date: fetches it every few seconds and swaps it when it changed.
 *
 * The address in `data-live` answers `{html, said}`. What is said is told to people who don't see
 * the page, and only when it is something new. Where it answers `{next}`, nothing is left to wait
 * for, and the page at that address takes the place of this one.
 */
const EVERY = 5000;
const GONE = [401, 403, 404];

for (const part of document.querySelectorAll("[data-live]")) {
  follow(part);
}

function follow(part) {
  const old = document.querySelector("[data-live-old]");
  let shown = "";
  let waiting = 0;

  async function look() {
    clearTimeout(waiting);
    if (!document.hidden) {
      const answer = await ask(part.dataset.live);
      if (answer?.next) {
        location.replace(answer.next);
        return;
      }
      if (old) old.hidden = answer !== null;
      if (answer && answer.html !== shown) {
        swap(part, answer.html);
        shown = answer.html;
        say(answer.said);
      }
    }
    waiting = setTimeout(look, EVERY);
  }

  document.addEventListener("visibilitychange", () => {
    if (!document.hidden) look();
  });
  look();
}

async function ask(address) {
  try {
    const response = await fetch(address, { headers: { Accept: "application/json" } });
    if (GONE.includes(response.status)) location.reload();
    return response.ok ? await response.json() : null;
  } catch {
    return null;
  }
}

/** Puts the new part in; what was open stays open, and the focus stays where it was. */
function swap(part, html) {
  const open = [...part.querySelectorAll("details[open][id]")].map((one) => one.id);
  const focused = part.contains(document.activeElement) ? document.activeElement.id : "";
  part.innerHTML = html;
  for (const id of open) document.getElementById(id)?.setAttribute("open", "");
  if (focused) document.getElementById(focused)?.focus({ preventScroll: true });
}

function say(words) {
  const place = document.querySelector("[data-live-said]");
  if (place && place.textContent !== words) place.textContent = words;
}
