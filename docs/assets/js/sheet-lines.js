// Lines to fill in on the sheet of exercises, for whoever hands it out. The choice stands in the address (?lines=on), to be kept as a bookmark.

const asked = new URLSearchParams(location.search).get("lines") ?? "off";
for (const one of document.querySelectorAll("[data-lines]")) one.hidden = one.dataset.lines !== asked;
