/** Offers the device's own menu for sending a page, where it has one. */
for (const button of document.querySelectorAll("[data-share]")) {
  if (!navigator.share) continue;
  button.hidden = false;
  button.addEventListener("click", async () => {
    try {
      await navigator.share({ text: button.dataset.share, url: button.dataset.url });
    } catch {
      // whoever closes the menu has changed their mind; the links beside the button remain
    }
  });
}
