// Puts the parts of a technique's page in the order in which its sheet shows them (docs/assets/css/sheet.css does it for the eye),
// so that a PDF is read aloud in the order in which it is seen.

const ORDER = {
  normal: ["h1", ".key-facts-block", ".technique-picture", ".safety-card", ".steps", ".sheet-after"],
  large: ["h1", ".safety-card", ".key-facts-block", ".technique-picture", ".steps", ".sheet-after"],
};

/** Move the parts of a page (its `.page` element); other pages than techniques stay as they are. */
export function putInOrder(page, size) {
  if (!page.matches(".page--technique")) return;
  const order = page.dataset[size]?.split(" ") ?? ORDER[size]; // a page may bring an order of its own
  page.append(...order.flatMap((part) => [...page.querySelectorAll(`:scope > ${part}`)]));
}
