// What all pages of the site share: elements made of text, tables that sort, and choices kept in the address.
"use strict";

window.evalkit = window.evalkit || {};
evalkit.language = document.documentElement.lang;

// Say a word of the site; braces are filled by `values`. Whatever is said is put in as text.
evalkit.say = (key, values = {}) =>
  Object.entries(values).reduce((text, [name, value]) => text.replaceAll(`{${name}}`, value), evalkit.common.words[key] || key);

// Make an element with attributes and children; text stays text.
evalkit.el = (tag, attributes = {}, ...children) => {
  const drawn = ["svg", "path", "line", "circle", "text", "title", "g"].includes(tag);
  const made = drawn ? document.createElementNS("http://www.w3.org/2000/svg", tag) : document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) if (value !== null && value !== false) made.setAttribute(name, value === true ? "" : value);
  made.append(...children.filter((child) => child !== null));
  return made;
};

// The number that a cell prints first, a day as a number, words as they are; null for a sign of nothing.
evalkit.key = (text) => {
  const plain = text.trim();
  if (/^[—…/○?]?$/.test(plain)) return null;
  if (/^\d{4}-\d{2}-\d{2}$/.test(plain)) return Number(plain.replaceAll("-", ""));
  return /^[+-]?\d[\d.]*(\*| ?%|[–—].*)?$/.test(plain) ? parseFloat(plain) : plain;
};

evalkit.inOrder = (one, other) => {
  if (one === null || other === null) return (one === null) - (other === null);
  if (typeof one === "number" && typeof other === "number") return one - other;
  return evalkit.words.compare(String(one), String(other));
};
evalkit.words = new Intl.Collator(evalkit.language, { numeric: true });

// Put a button into each heading of a table, which puts its rows in order; what is blank stays last either way.
evalkit.sortable = (table) => {
  const heads = [...table.tHead.rows[0].cells], body = table.tBodies[0];
  heads.forEach((head, at) => {
    if (!head.textContent.trim() || head.dataset.fixed) return;
    const button = evalkit.el("button", { type: "button" });
    button.append(...head.childNodes);
    head.append(button);
    button.addEventListener("click", () => {
      const down = head.getAttribute("aria-sort") === "ascending", keyed = [...body.rows].map((row) => [evalkit.key(row.cells[at].dataset.key || row.cells[at].textContent), row]);
      keyed.sort(([one], [other]) => (down && one !== null && other !== null ? -1 : 1) * evalkit.inOrder(one, other));
      heads.forEach((each) => each.removeAttribute("aria-sort"));
      head.setAttribute("aria-sort", down ? "descending" : "ascending");
      body.append(...keyed.map(([, row]) => row));
    });
  });
};

// Make a table: `columns` have `n` and maybe `number`; a cell is a text, or has `t` text, `h` link, `c` class, `k` key.
evalkit.table = ({ caption, columns, rows, head = 0, last = null }) => {
  const { el } = evalkit;
  const cell = (content, at) => {
    const { t, h, c, k } = typeof content === "object" ? content : { t: content };
    const kind = [columns[at].number && "number", c, !columns[at].number && String(t).length > 18 && "long"].filter(Boolean).join(" ");
    const attributes = { class: kind || null, scope: at === head ? "row" : null, "data-key": k ?? null };
    return el(at === head ? "th" : "td", attributes, h ? el("a", { href: h }, t) : t);
  };
  const row = (cells) => el("tr", {}, ...cells.map(cell));
  const titles = columns.map((column) => el("th", { scope: "col", class: column.number ? "number" : null }, column.n));
  const table = el("table", { class: "sortable" }, el("caption", {}, caption), el("thead", {}, el("tr", {}, ...titles)), el("tbody", {}, ...rows.map(row)));
  if (last) table.append(el("tfoot", {}, row(last)));
  evalkit.sortable(table);
  return el("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": caption }, table);
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

// Show the page anew whenever its address says something else; what was reached by a link is read out first.
evalkit.page = (show) => {
  const place = document.getElementById("app");
  const again = (moved) => {
    place.replaceChildren(...[show(decodeURIComponent(location.hash.slice(1)))].flat().filter(Boolean));
    if (moved && !place.contains(document.activeElement)) place.querySelector("h2[tabindex]")?.focus();
  };
  window.addEventListener("hashchange", () => again(true));
  again(false);
  return again;
};

// Figures come as one text a year: "12.3|4.5", in the order of the cities.
for (const one of Object.values(evalkit.values || {})) {
  one.v = one.v.map((texts) => texts.split("|"));
  one.rank = one.rank.split("|");
}

// On paper nothing is folded.
window.addEventListener("beforeprint", () => document.querySelectorAll("details").forEach((one) => { one.open = true; }));

document.querySelectorAll("table.sortable").forEach(evalkit.sortable);
