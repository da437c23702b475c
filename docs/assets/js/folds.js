// Opens the folded part that a link leads into: not every browser does that by itself.

function openTarget() {
  const target = document.querySelector(":target");
  const closed = target?.closest("details:not([open])");
  for (let part = closed; part; part = part.parentElement.closest("details")) part.open = true;
  if (closed) target.scrollIntoView();
}

addEventListener("hashchange", openTarget);
openTarget();
