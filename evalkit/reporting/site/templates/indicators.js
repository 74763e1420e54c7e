// Every indicator: a list of all, and of the one in the address what it is, its figures over the years, and a drawing.
"use strict";
(() => {
  const { el, say, table, common, indicators, values } = evalkit;
  let own = "";

  const list = () => {
    const rows = indicators.map((one) => [{ t: one.n, h: `#${one.c}` }, one.u, one.p, one.t || "—"]);
    const columns = ["site_indicator", "site_unit", "site_group", "site_target"].map((key) => ({ n: say(key) }));
    return [table({ caption: say("site_indicators"), columns, rows, searched: true })];
  };

  const single = (one) => {
    const found = values[one.c], at = indicators.indexOf(one), ranks = evalkit.parts(found, "rank"), ranked = ranks.some((place) => place !== "—");
    const columns = [{ n: say("site_city") }, ...found.y.map((year) => ({ n: String(year), number: true })), ...(ranked ? [{ n: say("site_rank_in", { year: common.year }), number: true }] : [])];
    const rows = common.cities.map(([code, name], city) => [{ t: name, h: `cities.html#${code}` }, ...found.y.map((_, when) => evalkit.parts(found.v, when)[city]), ...(ranked ? [ranks[city]] : [])]);
    const last = [say("site_all"), ...found.all, ...(ranked ? [""] : [])];
    const facts = one.facts.flatMap(([name, text]) => [el("dt", {}, name), el("dd", {}, text)]);
    const beside = [[at - 1, "site_before"], [at + 1, "site_after"]].filter(([to]) => indicators[to]).map(([to, key]) => el("a", { href: `#${indicators[to].c}` }, say(key, { name: indicators[to].n })));
    const drawing = el("div", {}, evalkit.chart(one, found, own) || "");
    const choose = (code) => { own = code; drawing.replaceChildren(evalkit.chart(one, found, own) || ""); };
    return [
      el("p", {}, el("a", { href: "#" }, say("site_every_indicator"))), el("h2", { tabindex: "-1" }, one.n), el("dl", { class: "facts" }, ...facts),
      el("div", { class: "choices" }, evalkit.select(say("site_highlight"), [["", "—"], ...common.cities], own, choose)), drawing,
      found.y.length ? table({ caption: say("with_value", { name: one.n, value: one.u }), columns, rows, last }) : el("p", {}, say("site_no_figures")),
      el("p", { class: "note" }, say("site_states")), el("p", { class: "beside" }, ...beside),
    ];
  };

  evalkit.page((code) => {
    const one = indicators.find((each) => each.c === code);
    return one ? single(one) : list();
  });
})();
