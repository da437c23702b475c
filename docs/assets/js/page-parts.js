// What a session takes from the page: its parts and steps, and the safety note. The build has marked all of it; nothing is guessed here.

/** Read every `section.steps` of the page, in order. What stands after the last step is a note of that step. */
export function partsOf(page) {
  const mainPicture = page.querySelector(".technique-picture img");
  return [...page.querySelectorAll("section.steps")].map((section) => {
    const steps = [...section.querySelectorAll(":scope > ol > li")].map(stepOf);
    steps.at(-1)?.notes.push(...beside(section, "ol ~ :not(.steps__whole-page, .steps__other-leg)"));
    return {
      title: section.dataset.title,
      kind: section.dataset.kind ?? "massage",
      eachLeg: section.dataset.eachLeg === "true",
      about: beside(section, ":not(h2, .steps-key, .show-movement):has(~ ol)"),
      picture: section.querySelector(":scope > figure img, :scope > p img") ?? mainPicture,
      steps,
    };
  });
}

/** All that belongs to a part of the safety note ("do-not" or "stop"), or with no part to the whole note, as elements of their own.
    Links are words there: a session has large ones of its own, and a finger with lotion on it must not leave by accident. */
export function safetyWords(page, part) {
  const own = part ? `.safety-card__part--${part} > :not(h3)` : ".safety-card > :not(h2, .safety-card__part)";
  return [...page.querySelectorAll(own)].map((element) => {
    const copy = element.cloneNode(true);
    for (const link of copy.querySelectorAll("a")) link.replaceWith(...link.childNodes);
    return copy;
  });
}

/** A step's own words, what else belongs to it, its picture, and its time in seconds. */
function stepOf(item) {
  const picture = item.querySelector("img");
  const copy = withoutPictures(item);
  const blocks = [...copy.children].filter((child) => child.matches("p, ul, ol, figure, blockquote, pre, table, hr"));
  for (const block of blocks) block.remove();
  const filled = blocks.filter(hasWords);
  const words = copy.textContent.trim() || filled.shift()?.textContent.trim() || "";
  const { seconds, dose, round = 0, hold = 0 } = item.dataset;
  return { words, notes: filled, picture, seconds: Number(seconds), dose, round: Number(round), hold: Number(hold) };
}

/** What stands beside the steps and has words. */
function beside(section, which) {
  return [...section.querySelectorAll(`:scope > ${which}`)].map(withoutPictures).filter(hasWords);
}

function withoutPictures(element) {
  const copy = element.cloneNode(true);
  for (const image of copy.querySelectorAll("img")) image.remove();
  return copy;
}

function hasWords(element) {
  return element.textContent.trim() !== "";
}
