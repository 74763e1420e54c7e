// The rectification list, of which only what is asked for is shown.
"use strict";
(() => {
  const { el, say, table, rectification } = evalkit;
  const { columns, rows, units } = rectification, place = (code) => columns.findIndex((column) => column.c === code);
  const several = (found) => [["", say("site_every")], ...[...new Set(found)].sort(evalkit.inOrder).map((text) => [text, text])];

  evalkit.page(() => {
    const asked = { city: "", unit: "", status: "", until: "" }, told = el("p", { class: "note", role: "status" });
    const shown = table({ caption: say("site_rectification"), columns, rows });
    const lines = [...shown.querySelectorAll("tbody tr")];
    const meets = (row, at) =>
      (!asked.city || row[place("city")] === asked.city) && (!asked.status || row[place("item_status")] === asked.status) &&
      (!asked.unit || units[at].includes(asked.unit)) && (!asked.until || row[place("deadline")] <= asked.until);
    const filter = () => {
      const kept = rows.map(meets);
      lines.forEach((line, at) => { line.hidden = !kept[at]; });
      told.textContent = say("site_shown", { n: kept.filter(Boolean).length, total: rows.length });
    };
    const choice = (name, label, found) => evalkit.select(say(label), several(found), "", (value) => { asked[name] = value; filter(); });
    const column = (code) => rows.map((row) => row[place(code)]);
    const choices = [
      choice("city", "site_city", column("city")), choice("unit", "site_department", units.flat()),
      choice("status", "site_status", column("item_status")), choice("until", "site_until", column("deadline").filter((day) => day !== "—")),
    ];
    filter();
    return [el("div", { class: "choices" }, ...choices), told, shown];
  });
})();
