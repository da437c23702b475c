// Finds pages by what somebody typed. It knows nothing of the screen. Words of danger come first, whatever else matches; then the words of
// docs/search-words.yml; then the pages' own words, which MiniSearch weighs.

import { INDEX } from "./search-index.js";
import { isSlip, stemOf, termsOf, wordsOf } from "./search-words.js";
import MiniSearch from "./vendor/minisearch.js";

/** The most results that are shown. */
const MOST = 8;
/** Results of the pages' own words that are worth less than this part of the best are left out. */
const FLOOR = 0.2;
/** The fewest letters of a word that may have a slip, or that may be the beginning of another word. */
const SHORTEST = 3;

const pages = INDEX.pages.map(([address, title, kind, weight, isFollowed]) => ({ address, title, kind, weight, isFollowed, sections: [] }));
const sections = INDEX.sections.map(([number, place, heading, text, kind, needsHelp], id) => {
  const anchor = place === 1 ? anchorOf(heading) : place;
  const section = {
    id,
    page: pages[number],
    anchor,
    heading,
    lines: text.split("\n"),
    text,
    kind: kind ?? pages[number].kind,
    needsHelp,
    title: pages[number].title,
  };
  section.page.sections.push(section);
  return section;
});
/** How many sections hold a word, by the word without its ending. */
const known = new Map();
/** Every word as it is written, and the same without its ending. */
const written = new Map();
/** What was read while the index was made: the same text is read for the index and for the words that are known. */
const read = new Map();
const index = new MiniSearch({
  fields: ["title", "heading", "text", "kind"],
  extractField: (section, field) => (field === "title" && section.anchor ? "" : section[field]),
  tokenize: learn,
  processTerm: (term) => term,
  searchOptions: { boost: { title: 6, heading: 4, kind: 2 }, tokenize: (text) => [text] },
});
for (const section of sections) {
  index.add(section);
  section.held = new Map([...learn(section.text).map((term) => [term, 1]), ...learn(section.heading).map((term) => [term, 2])]);
  for (const term of new Set([...section.held.keys(), ...learn(section.title)])) known.set(term, (known.get(term) ?? 0) + 1);
}
read.clear();
const targets = INDEX.targets.flatMap(([number, anchor, danger, words], rank) => {
  const page = pages[number];
  const section = anchor ? page.sections.find((one) => one.anchor === anchor) : undefined;
  const listed = (list, isDanger) =>
    (list ? list.split(",") : []).map((one) => ({ page, section, rank, terms: [...new Set(learn(one))], isDanger }));
  return [...listed(danger, true), ...listed(words, false)];
});
for (const { terms } of targets) for (const term of terms) known.set(term, known.get(term) ?? 1);

/** Returns the anchor of a heading in plain letters, as the site's builders make it. */
function anchorOf(heading) {
  const plain = heading.toLowerCase().replace(/[^\w\s-]/g, "");
  return plain.trim().replace(/[-\s]+/g, "-");
}

/** Keeps the words of a text as known, and returns them without their endings. */
function learn(text) {
  if (!read.has(text)) {
    const terms = wordsOf(text).map((word) => {
      if (!written.has(word)) written.set(word, stemOf(word));
      return written.get(word);
    });
    read.set(text, terms);
  }
  return read.get(text);
}

/** How much a word tells: few sections hold it. */
function worth(term) {
  return Math.log(1 + sections.length / (known.get(term) ?? 1));
}

/** Returns what is found for some words, the best first: each page once, as { address, title, heading, kind, parts }. The parts
 *  are the words of the sentence that answers; those at odd places are the ones that were looked for. */
export function find(typed) {
  const asked = wordsOf(typed).map((word, place, { length }) => meantBy(word, place === length - 1));
  const wanted = new Set(asked.flat());
  if (!asked.length) return [];
  const matched = targets.filter(({ terms }) => terms.length && terms.every((term) => wanted.has(term)));
  const value = ({ terms }) => terms.reduce((sum, term) => sum + worth(term), 0);
  const danger = matched.filter((target) => target.isDanger).sort((a, b) => a.rank - b.rank);
  const others = matched.filter((target) => !target.isDanger).sort((a, b) => value(b) - value(a) || a.rank - b.rank);
  const own = ownWords(asked);
  const least = (own[0]?.score ?? 0) * FLOOR;
  // Whoever needs help today is offered no massage and no exercises.
  const needsHelp = danger.some(({ section }) => section?.needsHelp);
  const found = new Map();
  for (const { page, section, terms } of [...danger, ...others, ...own.filter(({ score }) => score >= least)]) {
    if (needsHelp && page.isFollowed) continue;
    if (!found.has(page)) found.set(page, section ?? bestSection(page, terms ?? [], wanted));
  }
  return [...found.values()].slice(0, MOST).map((section) => shown(section, wanted));
}

/** Returns the three ways in for somebody whose words find nothing. */
export function waysIn() {
  const there = ["check-first/", "techniques/", "when-to-seek-help/"].map((address) => pages.find((page) => page.address === address));
  return there.filter(Boolean).map((page) => shown(page.sections[0], new Set()));
}

/** Returns the known words that a typed one may mean, without their endings: itself, or those that a slip parts from it, or those that it
 *  begins. Of the last word, more may be to come. */
function meantBy(word, isLast) {
  const term = stemOf(word);
  if (known.has(term)) return [term];
  if (word.length < SHORTEST) return [];
  const termsWhere = (fits) => [
    ...new Set([...written].filter(([one, its]) => one.length >= SHORTEST && fits(one, its)).map(([, its]) => its)),
  ];
  const begun = termsWhere((one) => one.startsWith(word));
  const slips = termsWhere((one, its) => isSlip(word, one) || isSlip(term, its));
  return isLast ? [...begun, ...slips] : slips.length ? slips : begun;
}

/** Returns the section of a page that holds the most of the words that led there, and then of all that was asked. */
function bestSection(page, terms, wanted) {
  const value = ({ held }) => {
    const sum = (words) => words.reduce((total, term) => total + worth(term) * (held.get(term) ?? 0), 0);
    return 10 * sum(terms) + sum([...wanted]);
  };
  return best(page.sections, value);
}

/** Returns the first of some things that have the highest value; undefined where there are none. */
function best(things, value) {
  let found = things[0];
  let most = things.length && value(found);
  for (const thing of things.slice(1)) {
    const now = value(thing);
    if (now > most) [found, most] = [thing, now];
  }
  return found;
}

/** Returns the pages whose own words match, each with the worth of its best section. */
function ownWords(asked) {
  const queries = asked.filter((terms) => terms.length).map((terms) => ({ combineWith: "OR", queries: terms }));
  if (!queries.length) return [];
  const found = index.search({ combineWith: "OR", queries }, { boostDocument: (id) => sections[id].page.weight });
  const scores = new Map();
  for (const { id, score } of found) if (!scores.has(sections[id].page)) scores.set(sections[id].page, score);
  return [...scores].map(([page, score]) => ({ page, score }));
}

function shown(section, wanted) {
  const { page, anchor, heading, kind } = section;
  return {
    address: page.address + (anchor && `#${anchor}`),
    title: page.title,
    heading: anchor && heading,
    kind,
    parts: marked(answer(section, wanted), wanted),
  };
}

/** Returns the sentence of a section that holds the most of what was asked; of a card, also of its parts. */
function answer(section, wanted) {
  const { sections: all } = section.page;
  const start = all.indexOf(section);
  const end = all.findIndex((one, place) => place > start && one.kind !== section.kind);
  const isCard = section.kind !== section.page.kind && section.kind !== all[start - 1]?.kind;
  const parts = isCard ? all.slice(start, end < 0 ? undefined : end) : [section];
  const sentences = parts.flatMap(({ lines }) => lines).flatMap((line) => line.match(/.+?[.!?](?=\s+\p{Lu}|$)|.+$/gu) ?? []);
  const value = (sentence) => [...new Set(termsOf(sentence))].reduce((sum, term) => sum + (wanted.has(term) ? worth(term) : 0), 0);
  return (best(sentences, value) ?? "").trim();
}

/** Parts a sentence at the words that were looked for. */
function marked(sentence, wanted) {
  const parts = [""];
  for (const piece of sentence.split(/([\p{L}\p{N}'’-]+)/u)) {
    const isWanted = termsOf(piece).some((term) => wanted.has(term));
    if (isWanted === (parts.length % 2 === 0)) parts[parts.length - 1] += piece;
    else parts.push(piece);
  }
  return parts;
}
