// SPDX-FileCopyrightText: 2026 The tertius authors
// SPDX-License-Identifier: MIT
// Comfort only: the page is complete without it. Written without angle brackets and ampersands (the page is XML).
(function () {
  "use strict";
  function key(body, column, numeric) {
    var text = body.rows[0].cells[column].getAttribute("data-key");
    if (text === null) { return null; }
    if (!numeric) { return text.toLowerCase(); }
    var number = parseFloat(text);
    return isNaN(number) ? null : number;
  }
  function compare(a, b, sign) {
    if (a === b) { return 0; }
    if (a === null) { return 1; }
    if (b === null) { return -1; }
    return typeof a === "string" ? sign * a.localeCompare(b) : sign * (a - b);
  }
  function sort(table, th, column) {
    var was = th.getAttribute("aria-sort");
    var down = was ? was === "ascending" : th.hasAttribute("data-down");
    var numeric = th.getAttribute("data-sort") === "number";
    var bodies = Array.from(table.tBodies);
    bodies.sort(function (a, b) {
      return compare(key(a, column, numeric), key(b, column, numeric), down ? -1 : 1);
    });
    bodies.forEach(function (body) { table.appendChild(body); });
    Array.from(table.tHead.rows[0].cells).forEach(function (c) { c.removeAttribute("aria-sort"); });
    th.setAttribute("aria-sort", down ? "descending" : "ascending");
  }
  function equip(table) {
    Array.from(table.tHead.rows[0].cells).forEach(function (th, column) {
      if (!th.hasAttribute("data-sort")) { return; }
      var button = document.createElement("button");
      button.type = "button";
      while (th.firstChild) { button.appendChild(th.firstChild); }
      th.appendChild(button);
      button.addEventListener("click", function () { sort(table, th, column); });
    });
  }
  document.querySelectorAll("table.sortable").forEach(equip);
  var opened = [];
  window.addEventListener("beforeprint", function () {
    opened = Array.from(document.querySelectorAll("details:not([open])"));
    opened.forEach(function (d) { d.open = true; });
  });
  window.addEventListener("afterprint", function () {
    opened.forEach(function (d) { d.open = false; });
  });
}());
