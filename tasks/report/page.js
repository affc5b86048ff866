"use strict";
// Filters, sorting, short lists and charts. Text of pages is only ever read from the document or set as text.
(() => {
  const data = JSON.parse(document.getElementById("data").textContent);
  const numbers = (words) => words.split(" ").filter(Boolean).map(Number);
  const rows = [...document.querySelectorAll("[data-documents]")].map((row) => ({ row, documents: numbers(row.dataset.documents) }));
  const field = (id) => document.getElementById(id);
  const fold = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
  const names = Object.entries(data.names).map(([name, documents]) => [fold(name), new Set(numbers(documents))]);
  let allowed = new Set(data.documents.keys());

  // The documents that the filters leave.
  const choose = () => {
    const source = field("by-source").value, from = field("from").value, to = field("to").value, wanted = fold(field("by-name").value.trim());
    let named = null;
    if (wanted) {
      const exact = names.filter(([name]) => name === wanted);
      named = new Set();
      for (const [, documents] of exact.length ? exact : names.filter(([name]) => name.includes(wanted)))
        for (const number of documents) named.add(number);
    }
    return new Set([...data.documents.keys()].filter((number) => {
      const [its, day] = data.documents[number];
      return (!source || its === source) && (!from || day >= from) && (!to || (day && day <= to)) && (!named || named.has(number));
    }));
  };

  const filter = () => {
    allowed = choose();
    const isAll = allowed.size === data.documents.length;
    for (const { row, documents } of rows) {
      const count = documents.filter((number) => allowed.has(number)).length;
      row.hidden = !isAll && count === 0;
      const cell = row.querySelector(".counted");
      if (cell) {
        cell.dataset.all ??= cell.textContent;
        cell.textContent = isAll ? cell.dataset.all : count.toLocaleString("en");
      }
    }
    field("matched").textContent = isAll ? "" : `${allowed.size.toLocaleString("en")} of ${data.documents.length.toLocaleString("en")} ${data.documents.length === 1 ? "article" : "articles"}`;
    for (const table of document.querySelectorAll("table[data-limit]")) shorten(table);
    sections.forEach(tellNone);
    // the quotes that a filter leaves may all be among those folded away
    for (const folded of document.querySelectorAll("td details")) {
      folded.open = !isAll;
      folded.querySelector("summary").hidden = !isAll;
    }
    draw();
  };

  // A section of which the filters leave nothing says so.
  const sections = new Set(rows.map(({ row }) => row.closest("section")));
  const tellNone = (section) => {
    const isNone = ![...section.querySelectorAll("[data-documents]")].some((row) => !row.hidden);
    let note = section.querySelector(".none");
    if (!note) {
      note = document.createElement("p");
      note.className = "none";
      note.textContent = "None in the articles that the filters leave.";
      section.append(note);
    }
    note.hidden = !isNone;
    for (const box of section.querySelectorAll(".scroll")) box.hidden = isNone;
  };

  // A source or an author leads to its articles: the filter is set to it, and no other.
  const clear = () => {
    for (const id of ["by-source", "from", "to", "by-name"]) field(id).value = "";
  };
  addEventListener("click", (event) => {
    const link = event.target.closest("a[data-filter]");
    if (!link) return;
    clear();
    field(link.dataset.filter).value = link.textContent;
    // from a document that is read, the charts have no width yet
    if (document.querySelector("main").offsetWidth) filter(); else addEventListener("hashchange", filter, { once: true });
  });

  // A list shows its first rows until all are asked for.
  const shorten = (table) => {
    const shown = [...table.tBodies[0].rows].filter((row) => !row.hidden);
    const limit = table.dataset.all ? Infinity : Number(table.dataset.limit);
    shown.forEach((row, number) => row.classList.toggle("more", number >= limit));
    const box = table.parentElement;
    let button = box.nextElementSibling;
    if (!button || !button.classList.contains("show-all")) {
      button = document.createElement("button");
      button.type = "button";
      button.className = "show-all";
      button.addEventListener("click", () => {
        if (table.dataset.all) delete table.dataset.all; else table.dataset.all = "yes";
        shorten(table);
      });
      box.after(button);
    }
    button.hidden = shown.length <= Number(table.dataset.limit);
    button.textContent = table.dataset.all ? "Show fewer" : `Show all ${shown.length.toLocaleString("en")}`;
  };

  const value = (row, column) => row.cells[column].textContent.trim();
  const number = (text) => (/^-?[\d,]+(\.\d+)?$/.test(text) ? Number(text.replaceAll(",", "")) : NaN);
  const compare = (one, two) => {
    if (!one || !two) return one ? -1 : two ? 1 : 0;
    const difference = number(one) - number(two);
    return Number.isNaN(difference) ? one.localeCompare(two, "fr") : difference;
  };
  const sort = (table, column) => {
    const heading = table.tHead.rows[0].cells[column];
    const first = heading.classList.contains("number") ? "descending" : "ascending";
    const other = first === "ascending" ? "descending" : "ascending";
    const order = heading.getAttribute("aria-sort") === first ? other : first;
    for (const cell of table.tHead.rows[0].cells) cell.removeAttribute("aria-sort");
    heading.setAttribute("aria-sort", order);
    const sign = order === "ascending" ? 1 : -1;
    const body = table.tBodies[0];
    const keyed = [...body.rows].map((row) => [value(row, column), row]);
    // cells without a value stay last in both orders
    keyed.sort(([one], [two]) => compare(one, two) * (one && two ? sign : 1));
    body.append(...keyed.map(([, row]) => row));
    shorten(table);
  };
  for (const table of document.querySelectorAll("table")) {
    [...table.tHead.rows[0].cells].forEach((heading, column) => {
      const button = document.createElement("button");
      button.type = "button";
      button.append(...heading.childNodes);
      button.addEventListener("click", () => sort(table, column));
      heading.append(button);
    });
  }

  // The sources with most articles have a colour of their own, the same in every chart; the others share one.
  const counts = new Map();
  for (const [source] of data.documents) counts.set(source, (counts.get(source) || 0) + 1);
  const ranked = [...counts].sort((one, two) => two[1] - one[1]).map(([source]) => source);
  const shades = ranked.length > 10 ? [...ranked.slice(0, 9), "other sources"] : ranked;
  const shade = (source) => (shades.includes(source) ? source : "other sources");
  const chartRows = (chart) => {
    const left = [...allowed];
    if (chart === "mentioned") return data.days.filter(([, which]) => allowed.has(Number(which))).map(([day]) => ({ day }));
    return left.map((which) => ({ source: data.documents[which][0], shade: shade(data.documents[which][0]), day: data.documents[which][1] || null }))
      .filter((row) => chart === "sources" || row.day);
  };
  // A bar stands for a day, or for a month or a year where the days are spread over many.
  const unit = (rows) => {
    const days = rows.map((row) => Date.parse(row.day)).filter((day) => !Number.isNaN(day));
    const first = days.reduce((one, two) => Math.min(one, two), Infinity), last = days.reduce((one, two) => Math.max(one, two), -Infinity);
    const count = (last - first) / 86400000;
    return count > 1500 ? "utcyear" : count > 120 ? "utcyearmonth" : "utcyearmonthdate";
  };
  const units = { utcyear: "year", utcyearmonth: "month", utcyearmonthdate: "day" };
  const draw = () => {
    const config = { background: "transparent", view: { stroke: null } };
    for (const box of document.querySelectorAll("[data-chart]")) {
      const chart = box.dataset.chart;
      const rows = chartRows(chart), by = unit(rows);
      const text = JSON.stringify(data.charts[chart].spec).replaceAll("utcyearmonthdate", by);
      const spec = { $schema: "https://vega.github.io/schema/vega-lite/v6.json", ...JSON.parse(text), datasets: { rows } };
      if (chart === "sources") spec.height = 18 * Math.min(15, new Set(rows.map((row) => row.source)).size);
      if (spec.encoding.color) spec.encoding.color.scale = { domain: shades, scheme: "tableau10" };
      const named = box.parentElement.querySelector(".unit");
      if (named) named.textContent = units[by];
      vegaEmbed(box, spec, { ast: true, actions: false, renderer: "svg", defaultStyle: false, config, mode: "vega-lite" });
    }
  };
  for (const id of ["by-source", "from", "to", "by-name"]) field(id).addEventListener("input", filter);
  field("clear").addEventListener("click", () => {
    clear();
    filter();
  });
  // a chart has no width while a document is read
  let isDrawn = false;
  const drawOnce = () => {
    if (isDrawn || !document.querySelector("main").offsetWidth) return;
    isDrawn = true;
    filter();
  };
  addEventListener("hashchange", drawOnce);
  drawOnce();
})();
