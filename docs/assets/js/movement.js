// Moves what moves in a drawing. Which part goes where, the build has worked out and written on the part (data-way: a kind and numbers,
// knee.pictures.movement); how fast, it has read from the step (knee.contract.pace). Here is only how that is shown. At most 1 drawing moves.

const SVG = "http://www.w3.org/2000/svg";
/** Of 1 round: until when it goes there, when it starts back, and when it is back. Without the last two, it arrives where it began. */
const TIMES = { stroke: [0.6, 0.66, 0.94], circle: [1], squeeze: [0.4, 0.6, 1], tap: [0.5, 0.5, 1] };
/** How a hand that is lifted off the leg is seen on its way back. */
const LIFTED = [1, 1, 0.35, 0.35, 1].map((opacity, place) => ({ opacity, offset: [0, 0.6, 0.66, 0.9, 0.96][place] }));
let now;

/** Show a drawing as it moves, over its picture: `seconds` a round, `hold` of them still at the end of the way. Nothing where it cannot. */
export async function move(picture, { seconds, hold }, rounds = Infinity) {
  stop();
  const mine = { picture, animations: [] };
  now = mine;
  const svg = await drawingOf(picture);
  const parts = svg?.querySelectorAll("[data-way]") ?? [];
  if (now !== mine || !parts.length) return;
  for (const part of parts) {
    const holder = document.createElementNS(SVG, "g");
    part.replaceWith(holder);
    holder.append(part);
    const [kind, ...numbers] = part.dataset.way.split(",");
    const times = TIMES[kind] ?? [(1 - hold / seconds) / 2, (1 + hold / seconds) / 2, 1];
    const timing = { duration: seconds * 1000, iterations: rounds };
    mine.animations.push(holder.animate(framesOf(kind === "bend" ? turns(numbers) : steps(numbers), times), timing));
    if (kind === "stroke") mine.animations.push(holder.animate(LIFTED, timing));
  }
  show(mine, svg);
  await Promise.allSettled(mine.animations.map((animation) => animation.finished));
  if (now === mine) stop();
}

/** Show the still picture again. */
export function stop() {
  for (const animation of now?.animations ?? []) animation.cancel();
  now?.frame?.replaceWith(now.picture);
  now = undefined;
}

/** Let the movement stand where it is after some milliseconds, and go on from there or wait. */
export function keepTo(milliseconds, isRunning) {
  for (const animation of now?.animations ?? []) {
    if (!isRunning || Math.abs(animation.currentTime - milliseconds) > 200) animation.currentTime = milliseconds;
    isRunning ? animation.play() : animation.pause();
  }
}

async function drawingOf({ src }) {
  try {
    const text = src.startsWith("data:") ? decodeURIComponent(src.slice(src.indexOf(",") + 1)) : await (await fetch(src)).text();
    return document.importNode(new DOMParser().parseFromString(withoutStyles(text), "image/svg+xml").documentElement, true);
  } catch {
    return null; // no signal: the still picture stays
  }
}

/** The page's policy lets no style through that is written in the page. A drawing's own are put back one by one, which it lets through. */
const withoutStyles = (text) => text.replace(/<(\/?)style\b/g, "<$1metadata").replace(/ style=/g, " data-style=");

function putStyles(svg, root) {
  for (const part of svg.querySelectorAll("[data-style]")) part.style.cssText = part.dataset.style;
  root.adoptedStyleSheets = [...svg.querySelectorAll("metadata")].map(({ textContent }) => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(textContent);
    return sheet;
  });
}

/** The moving drawing lies over its picture, which says what it shows and is what is printed. A root of its own keeps the names of its parts apart. */
function show(mine, svg) {
  const drawing = document.createElement("span");
  const root = drawing.attachShadow({ mode: "open" });
  for (const attribute of ["width", "height"]) svg.removeAttribute(attribute);
  Object.assign(svg.style, { display: "block", inlineSize: "100%", blockSize: "100%" });
  root.append(svg);
  putStyles(svg, root);
  drawing.className = "movement__drawing";
  drawing.ariaHidden = "true";
  mine.frame = document.createElement("span");
  mine.frame.className = "movement";
  mine.picture.replaceWith(mine.frame);
  mine.frame.append(mine.picture, drawing);
}

const steps = (numbers) => numbers.flatMap((x, place) => (place % 2 ? [] : `translate(${x}px, ${numbers[place + 1]}px)`));

function turns([x, y, ...angles]) {
  return angles.map((angle) => `translate(${x}px, ${y}px) rotate(${angle}deg) translate(${-x}px, ${-y}px)`);
}

/** Go through all stops, and back the same way: slowly at both ends. */
function framesOf(stops, [there, back, end]) {
  const last = stops.length - 1;
  const place = (nth) => (end ? Math.acos(1 - (2 * nth) / last) / Math.PI : nth / last);
  const easing = last > 1 ? "linear" : "ease-in-out";
  const way = stops.map((transform, nth) => ({ transform, offset: place(nth) * there, easing }));
  if (!end) return way;
  const wayBack = stops.map((transform, nth) => ({ transform, offset: end - place(nth) * (end - back), easing })).reverse();
  return [...way, ...wayBack, { transform: stops[0], offset: 1 }];
}
