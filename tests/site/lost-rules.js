// Gives each rule of a whole style sheet that fits an element of this page, and that the page's own style sheet lacks, has in
// another order or with other values. The browser itself decides what fits. States (`:hover`, `:checked`) count as if they held.
(whole) => {
  const STATE = /:(?:hover|focus-visible|focus-within|focus|active|checked|disabled|target)(?![\w-])/g;
  const PART = /::[\w-]+(?:\([^)]*\))?/g;

  const parted = (selectors) => {
    const found = [""];
    let depth = 0;
    for (const letter of selectors) {
      depth += letter === "(" ? 1 : letter === ")" ? -1 : 0;
      if (letter === "," && !depth) found.push("");
      else found[found.length - 1] += letter;
    }
    return found.map((selector) => selector.trim());
  };

  const entriesOf = (rules, within) =>
    [...rules].flatMap((rule) => {
      if (rule.selectorText) return parted(rule.selectorText).map((selector) => ({ within, selector, style: rule.style }));
      const head = `${within}${rule.constructor.name} ${(rule.conditionText ?? rule.name ?? "").replace(/\s+/g, "")}; `;
      return rule.cssRules?.length ? entriesOf(rule.cssRules, head) : [{ within: head, selector: "", style: rule.style }];
    });

  const fits = ({ selector }) =>
    !selector || document.querySelector(selector.replace(STATE, ":not(#_)").replace(PART, "") || "*") !== null;

  // Fewer bytes may say the same: `0 0` for `none`, `#fff` for `white`.
  const probe = document.body.appendChild(document.createElement("i"));
  const meaning = (name, value) => {
    const property = name.startsWith("--") ? "color" : name;
    probe.style.cssText = "";
    probe.style.setProperty(property, value);
    return probe.style.length ? getComputedStyle(probe).getPropertyValue(property) : value.replace(/\s+/g, "");
  };
  const isSame = (ours, theirs) =>
    [...ours].every((name) => {
      const [one, other] = [ours, theirs].map((style) => style.getPropertyValue(name));
      const noPicture = name.startsWith("background-position") && ours.backgroundImage === "none";
      return ours.getPropertyPriority(name) === theirs.getPropertyPriority(name) && (one === other || noPicture || meaning(name, one) === meaning(name, other));
    });

  const sheet = new CSSStyleSheet();
  sheet.replaceSync(whole);
  const isForPaper = ({ within }) => within.startsWith("CSSMediaRule print;");
  const inPage = document.querySelectorAll("style");
  const own = [...(inPage.length ? inPage : document.querySelectorAll("link[rel=stylesheet]"))].flatMap(({ sheet }) =>
    entriesOf(sheet.cssRules, ""),
  );
  const fitting = entriesOf(sheet.cssRules, "").filter(fits);
  const paperLast = [...fitting.filter((rule) => !isForPaper(rule)), ...fitting.filter(isForPaper)];
  const needed = inPage.length ? paperLast : fitting;
  let place = 0;
  const lost = needed.filter((rule) => {
    const there = own.findIndex(
      (other, at) =>
        at >= place && other.within === rule.within && other.selector === rule.selector && isSame(rule.style ?? [], other.style ?? []),
    );
    place = there < 0 ? place : there + 1;
    return there < 0;
  });
  probe.remove();
  return { needed: needed.length, lost: lost.map(({ within, selector, style }) => `${within}${selector} { ${style?.cssText} }`) };
};
