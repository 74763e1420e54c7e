// Tables that sort, and of many rows show those that are looked for: of very many only the first, until all are asked for.
"use strict";

evalkit.many = 200; // rows that a browser lays out at once without a wait
evalkit.wide = 10; // columns, of more of which a table is set narrower
evalkit.collator = new Intl.Collator(evalkit.language, { numeric: true });

// What a cell is sorted by: the place of a grade or the like, a number, a day, or words; null for a sign of nothing.
evalkit.key = (text) => {
  const plain = text.trim(), { sorting } = evalkit.said;
  if (Object.hasOwn(sorting, plain)) return sorting[plain];
  if (/^[—…/○?]?$/.test(plain)) return null;
  if (/^\d{4}-\d{2}-\d{2}$/.test(plain)) return Number(plain.replaceAll("-", ""));
  return /^[+-]?\d[\d.]*(\*| ?%|[–—].*)?$/.test(plain) ? parseFloat(plain) : plain;
};

evalkit.inOrder = (one, other) => {
  if (one === null || other === null) return (one === null) - (other === null);
  if (typeof one === "number" && typeof other === "number") return one - other;
  return evalkit.collator.compare(String(one), String(other));
};

// Put a button into each heading, which puts the rows in order; what is blank stays last either way. `items` have of each
// row `text(at)`, by what it is sorted, `words()`, in which words are looked for, and `row()`, its element. Where there are
// many, or `searched`, a field looks for words. Gives what shows the items of which something is true.
evalkit.listed = (table, items, searched) => {
  const { el, say, many } = evalkit, heads = [...table.tHead.rows[0].cells], body = table.tBodies[0], box = table.parentElement;
  const told = el("p", { class: "note", role: "status" }), all = el("button", { type: "button", class: "all" });
  let order = items, asked = () => true, words = "", room = many;
  const show = () => {
    const found = order.filter((item) => asked(item) && item.words().toLowerCase().includes(words));
    body.replaceChildren(...found.slice(0, room).map((item) => item.row()));
    told.textContent = found.length < items.length ? say("site_found", { n: found.length, total: items.length }) : "";
    all.textContent = say("site_show_all", { n: found.length, first: room });
    all.hidden = found.length <= room;
  };
  all.addEventListener("click", () => { room = Infinity; show(); });
  heads.forEach((head, at) => {
    if (!head.textContent.trim() || head.dataset.fixed) return;
    const button = el("button", { type: "button" });
    button.append(...head.childNodes);
    head.append(button);
    button.addEventListener("click", () => {
      const down = head.getAttribute("aria-sort") === "ascending", keyed = order.map((item) => [evalkit.key(item.text(at)), item]);
      keyed.sort(([one], [other]) => (down && one !== null && other !== null ? -1 : 1) * evalkit.inOrder(one, other));
      heads.forEach((each) => each.removeAttribute("aria-sort"));
      head.setAttribute("aria-sort", down ? "descending" : "ascending");
      [order, room] = [keyed.map(([, item]) => item), many];
      show();
    });
  });
  if (searched || items.length > many) box.before(evalkit.search((text) => { [words, room] = [text, many]; show(); }));
  box.before(told);
  box.after(all);
  show();
  table.classList.add("listed");
  return (which) => { [asked, room] = [which, many]; show(); };
};

// A table that stands on the page.
evalkit.sortable = (table) => {
  const item = (row) => ({ text: (at) => row.cells[at].textContent, words: () => row.textContent, row: () => row });
  evalkit.listed(table, [...table.tBodies[0].rows].map(item));
};

// Make a table: `columns` have `n` and maybe `number`; a cell is a text, or has `t` text, `h` link, `k` what it is sorted by.
// The box that is given has `only`, which shows the rows of whose `cells` something is true.
evalkit.table = ({ caption, columns, rows, last = null, searched = false }) => {
  const { el } = evalkit;
  const said = (content) => content.t ?? content;
  const cell = (content, at) => {
    const text = said(content), kind = columns[at].number ? "number" : String(text).length > 18 ? "long" : null;
    return el(at ? "td" : "th", { class: kind, scope: at ? null : "row" }, content.h ? el("a", { href: content.h }, text) : text);
  };
  const row = (cells) => el("tr", {}, ...cells.map(cell));
  const item = (cells) => {
    let made = null;
    return { cells, text: (at) => String(cells[at].k ?? said(cells[at])), words: () => cells.map(said).join(" "), row: () => (made ||= row(cells)) };
  };
  const titles = columns.map((column) => el("th", { scope: "col", class: column.number ? "number" : column.n.length < 8 ? "short" : null }, column.n));
  const table = el("table", { class: "sortable" }, el("caption", {}, caption), el("thead", {}, el("tr", {}, ...titles)), el("tbody"), last && el("tfoot", {}, row(last)));
  const wide = columns.length > evalkit.wide ? " wide" : "";
  const box = el("div", {}, el("div", { class: `scroll${wide}`, tabindex: "0", role: "region", "aria-label": caption }, table));
  box.only = evalkit.listed(table, rows.map(item), searched);
  return box;
};

document.querySelectorAll("table.sortable").forEach(evalkit.sortable);
