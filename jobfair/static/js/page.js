/** Puts the focus on what a page must say first, such as the list of faults in a form. */
document.querySelector("[data-focus]")?.focus();
