// A drawing of an indicator: a line of each city over the years, with names at the ends, and in words what is to be seen.
"use strict";

evalkit.drawing = {
  many: 60, // cities, above which points are drawn without lines
  named: 14, // cities, above which only the highest, the lowest and the chosen one are named
  step: 15, // between two names
};

// Give the places of names that are nearest to `wanted` (in order, least squares) so that none stands on another, between
// two ends: those that would rise are pooled, as figures of reports have them.
evalkit.apart = (wanted, first, last) => {
  const { step } = evalkit.drawing, pools = [], mean = (pool) => pool.reduce((sum, y) => sum + y, 0) / pool.length;
  wanted.forEach((y, at) => {
    pools.push([y - step * at]);
    while (pools.length > 1 && mean(pools.at(-2)) > mean(pools.at(-1))) pools.push(pools.splice(-2).flat());
  });
  const most = last - step * (wanted.length - 1);
  return pools.flatMap((pool) => pool.map(() => mean(pool))).map((y, at) => Math.max(first, Math.min(y, most)) + step * at);
};

// Say who is highest and lowest in the last year of an indicator; nothing where nobody has a figure.
evalkit.told = (one, found) => {
  const { say, common } = evalkit, texts = evalkit.parts(found.v, found.y.length - 1), numbers = texts.map(parseFloat);
  const known = numbers.filter(Number.isFinite), named = 3;
  if (!known.length) return "";
  const end = (pick) => {
    const value = known.reduce((a, b) => pick(a, b)), at = numbers.flatMap((number, city) => (number === value ? [city] : []));
    const names = at.slice(0, named).map((city) => common.cities[city][1]).join(evalkit.said.comma);
    return { value: texts[at[0]], names: at.length > named ? say("site_in_all", { names, n: at.length }) : names };
  };
  const [top, bottom] = [end(Math.max), end(Math.min)];
  return say("site_chart_title", { name: one.n, unit: one.u, year: found.y.at(-1), top: top.names, high: top.value, bottom: bottom.names, low: bottom.value });
};

evalkit.chart = (one, found, own) => {
  const { el, say, common, drawing } = evalkit;
  const width = Math.min(704, document.getElementById("app").clientWidth), height = 340, [left, right, top, bottom] = [52, 124, 26, 28];
  const numbers = found.y.map((_, at) => evalkit.parts(found.v, at).map(parseFloat)), level = one.line === null ? [] : [one.line], together = found.all.map(parseFloat);
  const known = [...numbers.flat(), ...level, ...together].filter(Number.isFinite), years = found.y;
  if (!years.length || !known.length) return null;
  const low = known.reduce((a, b) => Math.min(a, b)), high = known.reduce((a, b) => Math.max(a, b)), cities = common.cities, said = evalkit.told(one, found);
  const x = (at) => (years.length > 1 ? left + ((width - left - right) * (years[at] - years[0])) / (years.at(-1) - years[0]) : (width - right + left) / 2);
  const y = (value) => (high > low ? height - bottom - ((height - top - bottom) * (value - low)) / (high - low) : height / 2);
  const way = (values, points) => values.map((value, at) => (Number.isFinite(value) ? `${!points && Number.isFinite(values[at - 1]) ? "L" : "M"}${x(at).toFixed(1)} ${y(value).toFixed(1)}${points ? "h0" : ""}` : "")).join("");
  const alone = (values) => way(values.map((value, at) => (Number.isFinite(values[at - 1]) || Number.isFinite(values[at + 1]) ? NaN : value)), true);
  const of = (city) => numbers.map((values) => values[city]), last = numbers.at(-1), points = cities.length > drawing.many;
  const chosen = cities.findIndex(([code]) => code === own), ends = last.filter(Number.isFinite), extremes = [Math.max(...ends), Math.min(...ends)];
  const isNamed = (value, city) => Number.isFinite(value) && (city === chosen || cities.length <= drawing.named || last.indexOf(value) === city && extremes.includes(value));
  const names = [
    ...last.flatMap((value, city) => (isNamed(value, city) ? [{ value, text: cities[city][1], kind: city === chosen ? "own" : null }] : [])),
    ...(Number.isFinite(together.at(-1)) ? [{ value: together.at(-1), text: say("site_all"), kind: "whole" }] : []),
    ...level.map((value) => ({ value, text: say("site_target"), kind: "aim" })),
  ].sort((a, b) => b.value - a.value);
  const places = evalkit.apart(names.map(({ value }) => y(value)), 12, height - 8), right_of = x(years.length - 1);
  return el("figure", {},
    el("figcaption", { class: "title" }, said),
    el("svg", { viewBox: `0 0 ${width} ${height}`, width, height, role: "img", "aria-label": said, class: "chart" },
      el("text", { x: 0, y: 12 }, one.u),
      el("line", { x1: left, x2: width - right, y1: height - bottom, y2: height - bottom, class: "axis" }),
      ...[...new Set([low, high])].map((value) => el("text", { x: left - 8, y: y(value) + 4, "text-anchor": "end" }, value.toFixed(one.d))),
      ...years.map((year, at) => el("text", { x: x(at), y: height - 8, "text-anchor": "middle" }, String(year))),
      ...level.map((value) => el("line", { x1: left, x2: width - right, y1: y(value), y2: y(value), class: "aim" })),
      el("path", { d: cities.map((_, city) => way(of(city), points)).join(""), class: points ? "points" : "lines" }),
      points ? null : el("path", { d: cities.map((_, city) => alone(of(city))).join(""), class: "alone" }),
      el("path", { d: way(together), class: "whole" }),
      el("path", { d: alone(together), class: "whole alone" }),
      chosen < 0 ? null : el("path", { d: way(of(chosen)) + way(of(chosen), true), class: "own" }),
      el("path", { d: names.map(({ value }, at) => `M${right_of + 3} ${y(value).toFixed(1)}L${right_of + 12} ${places[at].toFixed(1)}`).join(""), class: "leads" }),
      ...names.map(({ value, text, kind }, at) => el("text", { x: right_of + 15, y: places[at] + 4, class: kind }, `${text} ${value.toFixed(one.d)}`))),
    el("figcaption", {}, say("site_chart", { sources: one.sources })));
};
