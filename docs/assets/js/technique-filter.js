// Filters the list of techniques by place, position, equipment and minutes. The choice stands in the address, so that it can be sent.
// It knows nothing of symptoms, on purpose: it finds pages, it gives no advice. Without scripts the whole list shows.

import { announce } from "./announcer.js";

const FITS = {
  place: (technique, wanted) => technique.place === wanted,
  position: (technique, wanted) => technique.positions.split("|").includes(wanted),
  equipment: (technique, wanted) => technique.equipment.split("|").includes(wanted),
  minutes: (technique, wanted) => Number(technique.minutes) <= Number(wanted),
};

/** Tell whether a technique (its data attributes) fits every choice that is made. */
export function fits(technique, choices) {
  return Object.entries(choices).every(([name, wanted]) => !wanted || FITS[name](technique, wanted));
}

/** Read the choices from an address; names that the form does not have, and values that it does not offer, are passed over. */
function choicesIn(search, form) {
  const asked = new URLSearchParams(search);
  return Object.fromEntries(
    [...form.querySelectorAll("select")].map((select) => {
      const wanted = asked.get(select.name) ?? "";
      return [select.name, [...select.options].some((option) => option.value === wanted) ? wanted : ""];
    }),
  );
}

function start(form) {
  const list = document.querySelector(".technique-list");
  const techniques = [...list.children];
  const told = form.querySelector(".technique-filter__told");

  const show = (choices) => {
    // Put in all at once: hiding 1,000 cards one by one keeps an old phone busy for a second.
    const shown = techniques.filter((item) => fits(item.dataset, choices));
    list.replaceChildren(...shown);
    const words = shown.length ? told.dataset.some : told.dataset.none;
    told.textContent = words.replace("{shown}", shown.length).replace("{all}", techniques.length);
  };

  const fromForm = () => Object.fromEntries(new FormData(form));

  const keepInAddress = (choices) => {
    const made = Object.entries(choices).filter(([, wanted]) => wanted);
    const search = made.length ? `?${new URLSearchParams(made)}` : "";
    history.replaceState(null, "", `${location.pathname}${search}${location.hash}`);
  };

  const change = (choices) => {
    show(choices);
    keepInAddress(choices);
    announce(told.textContent);
  };

  form.addEventListener("change", () => {
    change(fromForm());
  });
  form.addEventListener("reset", (event) => {
    event.preventDefault();
    for (const select of form.querySelectorAll("select")) select.value = "";
    change({});
  });

  const choices = choicesIn(location.search, form);
  for (const [name, wanted] of Object.entries(choices)) form.elements[name].value = wanted;
  show(choices);
  form.hidden = false;
}

const form = document.querySelector(".technique-filter");
if (form) start(form);
