// What all pages of the site share: words, elements made of text, choices, and what is shown kept in the address.
"use strict";

window.evalkit = window.evalkit || {};
evalkit.language = document.documentElement.lang;

// Say a word of the site; braces are filled by `values`. Whatever is said is put in as text.
evalkit.say = (key, values = {}) =>
  Object.entries(values).reduce((text, [name, value]) => text.replaceAll(`{${name}}`, value), evalkit.said.words[key] || key);

// Make an element with attributes and children; text stays text.
evalkit.el = (tag, attributes = {}, ...children) => {
  const drawn = ["svg", "path", "line", "text"].includes(tag);
  const made = drawn ? document.createElementNS("http://www.w3.org/2000/svg", tag) : document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) if (value !== null && value !== false) made.setAttribute(name, value === true ? "" : value);
  made.append(...children.filter((child) => child !== null));
  return made;
};

// Put a label above a field.
evalkit.labelled = (label, field) => {
  field.id = `field-${(evalkit.fields = (evalkit.fields || 0) + 1)}`;
  return evalkit.el("div", { class: "choice" }, evalkit.el("label", { for: field.id }, label), field);
};

// A labelled choice: `options` are pairs of value and text.
evalkit.select = (label, options, chosen, onChange) => {
  const { el } = evalkit;
  const list = el("select", {}, ...options.map(([value, text]) => el("option", { value, selected: String(value) === String(chosen) }, text)));
  list.addEventListener("change", () => onChange(list.value));
  return evalkit.labelled(label, list);
};

// A labelled field in which words are looked for as they are typed.
evalkit.search = (onInput) => {
  const field = evalkit.el("input", { type: "search" });
  field.addEventListener("input", () => onInput(field.value.trim().toLowerCase()));
  return evalkit.labelled(evalkit.say("site_search"), field);
};

// Figures come as one text a year: "12.3|4.5", in the order of the cities; take them apart where they are first read.
evalkit.parts = (texts, at) => (Array.isArray(texts[at]) ? texts[at] : (texts[at] = texts[at].split("|")));

// Show the page anew whenever its address says something else. Who chooses stays at the choice, who follows a link is
// led to the heading of what it leads to.
evalkit.page = (show) => {
  const place = document.getElementById("app");
  const again = (moved) => {
    const chosen = place.contains(document.activeElement) && document.activeElement.id;
    evalkit.fields = 0;
    place.replaceChildren(...[show(decodeURIComponent(location.hash.slice(1)))].flat().filter(Boolean));
    if (chosen) (document.getElementById(chosen) || place.querySelector("select")).focus();
    else if (moved) (place.querySelector("h2[tabindex]") || document.querySelector("main")).focus();
  };
  window.addEventListener("hashchange", () => again(true));
  again(false);
  return again;
};

// What is folded opens where the address leads to it, and on paper.
const unfold = () => { const one = document.getElementById(location.hash.slice(1)); if (one?.tagName === "DETAILS") one.open = true; };
window.addEventListener("hashchange", unfold);
unfold();
window.addEventListener("beforeprint", () => document.querySelectorAll("details").forEach((one) => { one.open = true; }));
