// "Print this page" and the size of print. The size stands in the address (?print=large), so that it can be kept as a bookmark;
// nothing is stored. Without scripts the tools stay hidden, and the browser's own print gives the normal sheet.

import { putInOrder } from "./sheet-order.js";

/** Tell which size of print an address asks for: "large" or "normal". */
function sizeIn(search) {
  return new URLSearchParams(search).get("print") === "large" ? "large" : "normal";
}

function start(tools) {
  const size = sizeIn(location.search);
  document.documentElement.dataset.print = size;
  for (const line of tools.querySelectorAll("[data-print-size]")) line.hidden = line.dataset.printSize !== size;
  tools.querySelector('[data-print="page"]').addEventListener("click", () => print());

  const folded = document.querySelectorAll(".page .fold:not(.more *)");
  const unfold = tools.querySelector("[data-unfold]");
  unfold.hidden = !folded.length;
  unfold.addEventListener("click", () => {
    for (const part of folded) part.open = true;
  });

  // On paper the parts stand in the sheet's order, also for whoever saves a PDF and has it read aloud; then all is as it was.
  const page = document.querySelector(".page");
  let parts;
  let height = 0;
  addEventListener("beforeprint", () => {
    parts ??= [...page.children]; // a print that fails may not tell of its end
    height = scrollY;
    putInOrder(page, size);
  });
  addEventListener("afterprint", () => {
    const { activeElement } = document;
    page.append(...(parts ?? []));
    parts = undefined;
    // Later: Firefox allows no focus before this event has ended, and Safari scrolls to the top after it.
    setTimeout(() => {
      if (page.contains(activeElement)) activeElement.focus({ preventScroll: true });
      scrollTo({ top: height, behavior: "instant" });
    });
  });

  // On a long page the tools stand where the reader has seen what will be printed: after the last of the steps.
  [...document.querySelectorAll(".page > .steps")].at(-1)?.after(tools);
  tools.hidden = false;
}

const tools = document.querySelector("[data-print-tools]");
if (tools) start(tools);
