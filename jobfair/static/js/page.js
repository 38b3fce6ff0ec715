/** What every page does: the focus on what it must say first, and one click counts once. */
const AGAIN_AFTER = 3000; // a download leaves the page as it is, and may be asked for again
const underWay = new WeakSet();

document.querySelector("[data-focus]")?.focus();

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented || form.method !== "post") return;
  if (underWay.has(form)) {
    event.preventDefault();
    return;
  }
  underWay.add(form);
  setTimeout(() => underWay.delete(form), AGAIN_AFTER);
});
