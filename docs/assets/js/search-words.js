// Words as the search compares them: what somebody typed, and what stands in the index, come to the same few letters.

/** Words that say too little to be searched for. */
const SMALL = new Set(
  (
    "a about above after all also am an and any are as at be because been being but by can could did do does doing else for from get go goes going gone got has " +
    "have having he her here him his how i if im in into is it its ive just know like me my myself of on one or our please really so " +
    "some such than that the their them then there these they thing this those to too took take takes taking up us very want wants was we went were what when where which while " +
    "who why will with would you your"
  ).split(" "),
);
const NOT_ABLE =
  /\b(?:(?:can|could|wo|does|do|did|is|will|would|are)n?['’]?t|can ?not|(?:will|does|do|is|could) not|unable to|not able to|struggl\w+ to|hard to|difficult to|trouble|difficulty)\b/g;
const ENDINGS = [
  [/(?:ss|us|is)$/, "$&"],
  [/ies$/, "y"],
  [/([sxz]|[cs]h)es$/, "$1"],
  [/s$/, ""],
];

/** Returns the words of a text that count, in its order. Small ones count where there are no others. */
export function wordsOf(text) {
  const plain = text
    .toLowerCase()
    .normalize("NFKD")
    .replace(/[\u0300-\u036f]/g, "")
    .replace(NOT_ABLE, " cant ")
    .replace(/['’&]/g, "");
  const words = plain.match(/[\p{L}\p{N}]+/gu) ?? [];
  const counting = words.filter((word) => !SMALL.has(word));
  return counting.length ? counting : words;
}

/** Returns those words without their endings. */
export function termsOf(text) {
  return wordsOf(text).map(stemOf);
}

/** Returns a word without its ending: `swelling`, `swells` and `swelled` are all `swell`. */
export function stemOf(word) {
  if (word.length < 4) return word;
  const [ending, one] = ENDINGS.find(([pattern]) => pattern.test(word)) ?? [/$/, ""];
  let stem = word.replace(ending, one).replace(/ness$/, "");
  const shorter = stem.replace(/(?:ing|ed)$/, "");
  if (shorter !== stem && shorter.length > 2 && /[aeiouy]/.test(shorter)) stem = shorter.replace(/([bdgmnprt])\1$/, "$1");
  return stem.length > 4 ? stem.replace(/e$/, "") : stem;
}

/** Whether one slip of a finger parts two words: a letter more, less, another, or two that changed places. */
export function isSlip(one, other) {
  const [short, long] = one.length <= other.length ? [one, other] : [other, one];
  if (long.length - short.length > 1) return false;
  let start = 0;
  while (start < short.length && short[start] === long[start]) start += 1;
  if (short.length < long.length) return short.slice(start) === long.slice(start + 1);
  const rest = start + 1;
  if (short.slice(rest) === long.slice(rest)) return true;
  return short[start] === long[rest] && short[rest] === long[start] && short.slice(rest + 1) === long.slice(rest + 1);
}
