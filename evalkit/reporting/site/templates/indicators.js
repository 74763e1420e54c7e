// Every indicator: a list of all, and of the one in the address what it is, its figures over the years, and a drawing.
"use strict";
(() => {
  const { el, say, table, common, indicators, values } = evalkit;
  const many = 60; // cities, above which points are drawn without lines
  let own = "";

  const list = () => {
    const rows = indicators.map((one) => [{ t: one.n, h: `#${one.c}` }, one.u, one.p, one.t || "—"]);
    const columns = ["site_indicator", "site_unit", "site_group", "site_target"].map((key) => ({ n: say(key) }));
    const shown = table({ caption: say("site_indicators"), columns, rows });
    const search = el("input", { type: "search" }), told = el("p", { class: "note", role: "status" });
    search.addEventListener("input", () => {
      const found = [...shown.querySelectorAll("tbody tr")].filter((row) => !(row.hidden = !row.textContent.toLowerCase().includes(search.value.trim().toLowerCase())));
      told.textContent = say("site_shown", { n: found.length, total: indicators.length });
    });
    return [el("div", { class: "choices" }, evalkit.labelled(say("site_search"), search)), told, shown];
  };

  const chart = (one, found) => {
    const [width, height, left, right, top, bottom] = [640, 260, 56, 90, 14, 28];
    const numbers = found.v.map((texts) => texts.map(parseFloat)), level = one.line === null ? [] : [one.line];
    const known = [...numbers.flat(), ...level].filter(Number.isFinite);
    if (!known.length) return null;
    const low = known.reduce((a, b) => Math.min(a, b)), high = known.reduce((a, b) => Math.max(a, b)), years = found.y;
    const x = (at) => (years.length > 1 ? left + ((width - left - right) * (years[at] - years[0])) / (years.at(-1) - years[0]) : (width - right + left) / 2);
    const y = (value) => (high > low ? height - bottom - ((height - top - bottom) * (value - low)) / (high - low) : height / 2);
    const way = (city, points) => {
      let drawn = "";
      years.forEach((_, at) => {
        const value = numbers[at][city];
        if (Number.isFinite(value)) drawn += `${drawn && !points && Number.isFinite(numbers[at - 1]?.[city]) ? "L" : "M"}${x(at).toFixed(1)} ${y(value).toFixed(1)}${points ? "h0" : ""}`;
      });
      return drawn;
    };
    const all = common.cities.map((_, city) => way(city, common.cities.length > many)).join(""), chosen = common.cities.findIndex(([code]) => code === own);
    const ends = [...new Set([low, high])].map((value) => el("text", { x: left - 8, y: y(value) + 4, "text-anchor": "end" }, value.toFixed(one.d)));
    const said = `${one.n} ${years[0]}–${years.at(-1)}`;
    return el("figure", {},
      el("svg", { viewBox: `0 0 ${width} ${height}`, role: "img", "aria-label": said, class: "chart" },
        el("line", { x1: left, x2: width - right, y1: height - bottom, y2: height - bottom, class: "axis" }),
        ...ends, ...years.map((year, at) => el("text", { x: x(at), y: height - 8, "text-anchor": "middle" }, String(year))),
        ...level.flatMap((value) => [el("line", { x1: left, x2: width - right, y1: y(value), y2: y(value), class: "aim" }), el("text", { x: width - right + 6, y: y(value) + 4 }, say("site_target"))]),
        el("path", { d: all, class: common.cities.length > many ? "points" : "lines" }),
        chosen < 0 ? null : el("path", { d: way(chosen) + way(chosen, true), class: "own" }),
        chosen < 0 ? null : el("text", { x: width - right + 6, y: y(numbers.at(-1)[chosen] || low) - 8, class: "own" }, common.cities[chosen][1])),
      el("figcaption", {}, say("site_chart")));
  };

  const single = (one) => {
    const found = values[one.c], at = indicators.indexOf(one), ranked = found.rank.some((place) => place !== "—");
    const columns = [{ n: say("site_city") }, ...found.y.map((year) => ({ n: String(year), number: true })), ...(ranked ? [{ n: say("site_rank_in", { year: common.year }), number: true }] : [])];
    const rows = common.cities.map(([code, name], city) => [{ t: name, h: `cities.html#${code}` }, ...found.v.map((texts) => texts[city]), ...(ranked ? [found.rank[city]] : [])]);
    const last = [say("site_all"), ...found.all, ...(ranked ? [""] : [])];
    const facts = one.facts.flatMap(([name, text]) => [el("dt", {}, name), el("dd", {}, text)]);
    const beside = [[at - 1, "site_before"], [at + 1, "site_after"]].filter(([to]) => indicators[to]).map(([to, key]) => el("a", { href: `#${indicators[to].c}` }, say(key, { name: indicators[to].n })));
    const drawing = el("div", {}, chart(one, found) || "");
    const choose = (code) => { own = code; drawing.replaceChildren(chart(one, found) || ""); };
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
