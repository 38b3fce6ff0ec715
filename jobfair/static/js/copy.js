/** Offers to copy what a button names in `data-copy`, where the browser can, and says when done. */
function offer() {
  if (!navigator.clipboard) return;
  for (const button of document.querySelectorAll("[data-copy][hidden]")) button.hidden = false;
}

document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-copy]");
  if (!button) return;
  await navigator.clipboard.writeText(button.dataset.copy);
  button.textContent = button.dataset.copied;
});

new MutationObserver(offer).observe(document.body, { childList: true, subtree: true });
offer();
