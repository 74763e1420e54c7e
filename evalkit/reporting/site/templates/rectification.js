// The rectification list, of which only what is asked for is shown; what that is stands in the address.
"use strict";
(() => {
  const { el, say, select, rectification } = evalkit;
  const { columns, texts, units } = rectification, rows = rectification.rows.map((row) => row.map((at) => texts[at]));
  const place = (code) => columns.findIndex((column) => column.c === code), has = (code) => place(code) >= 0;
  const several = (found) => [["", say("site_every")], ...[...new Set(found)].sort(evalkit.inOrder).map((text) => [text, text])];
  const numbered = new Map(rows.map((row, at) => [row, at]));
  const tests = {
    city: (row, asked) => row[place("city")] === asked,
    county: (row, asked) => row[place("site_county")] === asked,
    unit: (row, asked) => units[numbered.get(row)].some((at) => texts[at] === asked),
    status: (row, asked) => row[place("item_status")] === asked,
    until: (row, asked) => row[place("deadline")] <= asked,
  };

  evalkit.page((address) => {
    const asked = new URLSearchParams(address), shown = evalkit.table({ caption: say("site_rectification"), columns, rows });
    const filter = () => shown.only(({ cells }) => [...asked].every(([name, value]) => !tests[name] || tests[name](cells, value)));
    const choice = (name, label, found) =>
      select(say(label), several(found), asked.get(name) || "", (value) => {
        if (value) asked.set(name, value); else asked.delete(name);
        history.replaceState(null, "", `#${asked}`);
        filter();
      });
    const column = (code) => rows.map((row) => row[place(code)]);
    const choices = [
      choice("city", "site_city", column("city")), has("site_county") && choice("county", "site_county", column("site_county")),
      choice("unit", "site_department", units.flat().map((at) => texts[at])), choice("status", "site_status", column("item_status")),
      choice("until", "site_until", column("deadline").filter((day) => day !== "—")),
    ];
    filter();
    return [el("div", { class: "choices" }, ...choices.filter(Boolean)), shown];
  });
})();
