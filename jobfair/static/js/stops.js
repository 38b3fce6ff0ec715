/** Offers every stop but the chosen one as another stop that can be reached. */
const chosen = document.querySelectorAll("[name=stop]");
const others = document.querySelectorAll("[name=also]");

for (const one of chosen) {
  one.addEventListener("change", () => {
    for (const other of others) other.closest("label").hidden = other.value === one.value;
  });
}
