// What a session takes from the page: its parts and steps, and the lists of the safety note.

/** Read every `section.steps` of the page, in order. */
export function partsOf(page) {
  const title = page.querySelector("h1")?.textContent.trim() ?? "";
  const mainPicture = page.querySelector(".technique-picture img");
  return [...page.querySelectorAll("section.steps")].map((section) => ({
    title: section.dataset.title ?? title,
    eachLeg: section.dataset.eachLeg === "true",
    about: [...section.querySelectorAll(":scope > p:has(~ ol)")].filter((paragraph) => !paragraph.querySelector("img")),
    picture: section.querySelector(":scope > figure img, :scope > p img") ?? mainPicture,
    steps: [...section.querySelectorAll(":scope > ol > li")].map(stepOf),
  }));
}

/** The words of a list of the safety note, each once, also where a page has several safety notes. */
export function safetyList(page, part) {
  const items = page.querySelectorAll(`.safety-card__part--${part} li`);
  return [...new Set([...items].map((item) => item.textContent.trim()))];
}

/** A step's own words, what else belongs to it, its picture, and its time. */
function stepOf(item) {
  const copy = item.cloneNode(true);
  const picture = copy.querySelector("img");
  for (const image of copy.querySelectorAll("img")) image.remove();
  const blocks = [...copy.children].filter((child) => child.matches("p, ul, ol, figure, blockquote, pre"));
  for (const block of blocks) block.remove();
  const filled = blocks.filter((block) => block.textContent.trim());
  const words = copy.textContent.trim() || filled.shift()?.textContent.trim() || "";
  return { words, notes: filled, picture, seconds: Number(item.dataset.seconds) || 10, dose: item.dataset.dose ?? "time" };
}
