// One city beside its likes, or any cities side by side.
"use strict";
(() => {
  const { el, say, table, common, indicators, values, profiles } = evalkit;
  const at = new Map(common.cities.map(([code], city) => [code, city])), name = (city) => common.cities[city][1];
  const cell = (found, year, city) => (found.y.includes(year) ? evalkit.parts(found.v, found.y.indexOf(year))[city] : "—");
  const titled = (one) => ({ t: say("with_value", { name: one.n, value: one.u }), h: `indicators.html#${one.c}` });
  const number = (text) => (Number.isFinite(parseFloat(text)) ? parseFloat(text) : null);

  const path = (city) => {
    const columns = [{ n: say("site_measure") }, ...common.years.map((year) => ({ n: String(year), number: true }))];
    return table({ caption: say("site_path", { name: name(city) }), columns, rows: profiles.measures.map((one) => [one.n, ...common.years.map((year) => cell(one, year, city))]) });
  };

  // By what the likes are alike.
  const structure = (city) => {
    const columns = [city, ...profiles.likes[city]].map((other) => ({ n: name(other), number: true }));
    const rows = profiles.structure.map((one) => [one.n, ...[city, ...profiles.likes[city]].map((other) => cell(one, common.year, other))]);
    return profiles.likes[city].length ? table({ caption: say("site_structure"), columns: [{ n: say("site_measure") }, ...columns], rows }) : null;
  };

  // How many of the likes are better off, as it is printed, of those that have a figure.
  const against = (one, city) => {
    const own = number(cell(values[one.c], common.year, city));
    const others = profiles.likes[city].map((other) => number(cell(values[one.c], common.year, other))).filter((value) => value !== null);
    if (own === null || !one.s || !others.length) return null;
    return [others.filter((value) => (one.s > 0 ? value > own : value < own)).length, others.length];
  };

  const weak = (city) => {
    const likes = profiles.likes[city], place = el("div", {}), told = el("p", { class: "note", role: "status" });
    const judged = indicators.map((one) => {
      const found = against(one, city), worse = found !== null && 2 * found[0] > found[1];
      return { one, found, worse, sinking: values[one.c].worse[city] === "1" };
    });
    const kinds = { site_both: (each) => each.worse && each.sinking, site_worse: (each) => each.worse, site_sinking: (each) => each.sinking, site_either: () => true };
    const columns = [{ n: say("site_indicator") }, ...["site_value", "site_year_before", "site_rank", "site_better"].map((key) => ({ n: say(key), number: true })), { n: say("site_sinking") }, ...likes.map((other) => ({ n: name(other), number: true }))];
    const show = (kind) => {
      const chosen = judged.filter(kinds[kind]);
      const rows = chosen.map(({ one, found, sinking }) => {
        const own = values[one.c], now = (other) => cell(own, common.year, other);
        return [titled(one), now(city), cell(own, common.previous, city), evalkit.parts(own, "rank")[city], found ? { t: `${found[0]}/${found[1]}`, k: found[0] } : "—", sinking ? say("site_yes") : "—", ...likes.map(now)];
      });
      told.textContent = say("site_found", { n: rows.length, total: indicators.length });
      place.replaceChildren(rows.length ? table({ caption: say(kind), columns, rows }) : el("p", {}, say("site_nothing")));
    };
    const options = Object.keys(kinds).filter((kind) => likes.length || kind === "site_sinking" || kind === "site_either");
    show(options[0]);
    return [el("h3", {}, say("site_weak")), el("p", { class: "note" }, likes.length ? say("site_weak_note", { names: likes.map(name).join(evalkit.said.comma) }) : say("site_no_peers")), el("div", { class: "choices" }, evalkit.select(say("site_show"), options.map((kind) => [kind, say(kind)]), options[0], show)), told, place];
  };

  const profile = (code) => {
    const city = at.get(code) ?? 0, [own, , href] = common.cities[city];
    const links = [href && el("a", { href }, say("site_report")), el("a", { href: `compare.html#${[own, ...profiles.likes[city].map((other) => common.cities[other][0])].join(",")}` }, say("site_compare_these")), common.listed && el("a", { href: `rectification.html#${new URLSearchParams({ city: name(city) })}` }, say("site_rectification"))].filter(Boolean);
    const range = profiles.interval[city] ? el("p", {}, say("site_interval_of", { level: common.level, range: profiles.interval[city] })) : null;
    const choice = evalkit.select(say("site_city"), common.cities, own, (to) => { location.hash = to; });
    return [el("div", { class: "choices" }, choice), el("h2", { tabindex: "-1" }, name(city)), el("p", { class: "beside" }, ...links), range, path(city), structure(city), ...weak(city)];
  };

  let year = common.year;
  const compare = (codes) => {
    const asked = codes.split(",").map((code) => at.get(code)).filter((city) => city !== undefined);
    const chosen = codes ? asked : common.cities.slice(0, 2).map((_, city) => city), go = (to) => { location.hash = to.map((city) => common.cities[city][0]).join(",") || ","; };
    const rest = common.cities.map(([, text], city) => [city, text]).filter(([city]) => !chosen.includes(city));
    const chips = chosen.map((city, place) => {
      const button = el("button", { type: "button", class: "chip", id: `chip-${place}`, "aria-label": say("site_leave_out", { name: name(city) }) }, `${name(city)} ×`);
      button.addEventListener("click", () => go(chosen.filter((other) => other !== city)));
      return button;
    });
    const add = evalkit.select(say("site_add"), [["", "—"], ...rest], "", (city) => city && go([...chosen, Number(city)]));
    const when = evalkit.select(say("site_year"), [...common.years].reverse().map((each) => [each, each]), year, (to) => { year = Number(to); again(false); });
    const two = chosen.length === 2, columns = [{ n: say("site_indicator") }, ...chosen.map((city) => ({ n: name(city), number: true })), ...(two ? [{ n: say("site_less", { name: name(chosen[0]), other: name(chosen[1]) }), number: true }] : [])];
    const apart = (texts, decimals) => {
      const [one, other] = texts.map(number);
      if (one === null || other === null || decimals === null) return "—";
      const text = (one - other).toFixed(decimals);
      return Number(text) > 0 ? `+${text}` : Number(text) ? text : text.replace("-", "");
    };
    const line = (found, title, decimals) => {
      const texts = chosen.map((city) => cell(found, year, city));
      return [title, ...texts, ...(two ? [apart(texts, decimals)] : [])];
    };
    const rows = [...profiles.measures.map((one) => line(one, one.n, one.d)), ...indicators.map((one) => line(values[one.c], titled(one), one.d))];
    const shown = chosen.length ? table({ caption: say("site_compared", { year }), columns, rows }) : el("p", {}, say("site_nobody"));
    return [el("div", { class: "choices" }, add, when, el("div", { class: "chips", role: "group", "aria-label": say("site_chosen") }, ...chips)), shown, el("p", { class: "note" }, say("site_states"))];
  };

  const again = evalkit.page(document.body.dataset.page === "compare" ? compare : profile);
})();
