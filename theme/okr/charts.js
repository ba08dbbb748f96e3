/* okrsite: draws the series of a page from the tables that hold the same numbers.

   A figure with `data-okr-chart` is drawn; okr.js loads this file where there is one. Everything
   comes from the page: days from <time>, figures from <data> or as they stand, words from the
   heads of the columns, colours from the style sheet. */
(() => {
  "use strict"

  const { load } = window.okrsite
  const HEIGHTS = { value: 168, score: 168, steps: 168, kpi: 240, cycles: 190 }
  const NEAR = "400px"
  const CONFIDENCE = 34
  const LEFT = 46, TOP = 18
  const DAY = 864e5

  /** Draw the figures of a page when they come near, and again when the colours change. */
  async function drawCharts(signal) {
    const figures = [...document.querySelectorAll("[data-okr-chart]")]
    try {
      await load("vendor/echarts/echarts.common.min.js")
    } catch {
      return figures.forEach(figure => figure.classList.add("okr-series--bare"))
    }
    if (signal.aborted) return
    const drawn = new Map()
    const draw = figure => {
      drawn.get(figure)?.dispose()
      drawn.set(figure, drawFigure(figure))
    }
    const sizes = new ResizeObserver(entries => {
      for (const { target } of entries) drawn.get(target.parentElement)?.resize()
    })
    const near = new IntersectionObserver(entries => {
      for (const { target, isIntersecting } of entries) {
        if (!isIntersecting) continue
        near.unobserve(target)
        draw(target)
        sizes.observe(target.querySelector(".okr-series__drawing"))
      }
    }, { rootMargin: NEAR })
    const colours = new MutationObserver(() => [...drawn.keys()].forEach(draw))
    colours.observe(document.body, { attributeFilter: ["data-md-color-scheme"] })
    figures.forEach(figure => near.observe(figure))
    signal.addEventListener("abort", () => {
      for (const observer of [near, sizes, colours]) observer.disconnect()
      for (const chart of drawn.values()) chart.dispose()
    })
  }

  function drawFigure(figure) {
    const kind = figure.dataset.okrChart
    let box = figure.querySelector(".okr-series__drawing")
    if (!box) {
      box = document.createElement("div")
      box.className = "okr-series__drawing"
      figure.prepend(box)
      figure.classList.add("okr-series--drawn")
    }
    const look = lookOf(figure, box)
    const table = kind === "cycles" ? cyclesOf(figure) : daysOf(figure)
    const height = HEIGHTS[kind] + (table.columns.confidence ? CONFIDENCE : 0)
    const chart = window.echarts.init(box, null, { renderer: "canvas", height })
    const option = kind === "cycles" ? cyclesOption(table, look) : daysOption(table, look, height)
    if (getComputedStyle(document.body).direction === "rtl") mirror(option)
    chart.setOption({
      animation: false,
      useUTC: true,
      textStyle: { fontFamily: look.font, fontSize: look.size, color: look.soft },
      aria: { enabled: true, decal: { show: true, decals: look.decal }, label: { description: table.description } },
      ...option,
    })
    return chart
  }

  const each = parts => [parts].flat().filter(Boolean)

  /** Let time run to the left, as everything does on such a page. */
  function mirror(option) {
    for (const grid of each(option.grid)) [grid.left, grid.right] = [grid.right, grid.left]
    for (const axis of each(option.xAxis)) {
      axis.inverse = true
      if (axis.axisLabel?.alignMinLabel) axis.axisLabel.alignMinLabel = "right"
    }
    for (const axis of each(option.yAxis)) axis.position = "right"
    for (const point of option.series.flatMap(series => series.data)) {
      const label = point?.label
      if (label?.position === "right") label.position = "left"
    }
  }

  /* ---- what the page says ---- */

  /** The colours and letters of a figure, as the style sheet has them now. */
  function lookOf(figure, box) {
    const style = getComputedStyle(figure)
    const [ink, soft, line, paper, good, bad, done, idle] = [
      "ink", "soft", "line", "paper", "good-fill", "bad-fill", "done-fill", "idle-fill",
    ].map(name => style.getPropertyValue(`--okr-${name}`).trim())
    return {
      ink, soft, line, paper, good, bad, done, idle,
      // What is filled is told apart by its pattern too.
      decal: {
        color: "rgb(0 0 0 / 12%)", dashArrayX: [1, 0], dashArrayY: [2, 6], rotation: -Math.PI / 6,
      },
      tone: style.getPropertyValue("--okr-fill").trim() || idle,
      font: style.fontFamily,
      size: Math.max(12, Math.round(0.6 * parseFloat(getComputedStyle(document.documentElement).fontSize))),
      width: box.clientWidth,
      language: document.documentElement.lang || undefined,
      languageOfDays: languageOfDays(figure),
    }
  }

  /** The language of dates: English writes them as the table does, with the day or the month first. */
  function languageOfDays(figure) {
    const language = document.documentElement.lang || undefined
    const day = figure.querySelector("tbody th, tbody td")?.textContent.trim() ?? ""
    return language === "en" && /^\d/.test(day) ? "en-GB" : language
  }

  const figureOf = cell => {
    const text = cell?.textContent.trim()
    const value = Number(cell?.dataset.v ?? cell?.querySelector("data")?.value ?? (text?.replace(/%$/, "") || NaN))
    return Number.isFinite(value) ? { value, text } : null
  }

  const descriptionOf = figure => [
    figure.querySelector("caption")?.textContent,
    figure.querySelector("figcaption")?.textContent,
  ].filter(Boolean).map(text => text.trim().replace(/\s+/g, " ")).join(". ")

  /** Read the tables of a figure: for each role its points, and for each day what there is to say. */
  function daysOf(figure) {
    const { okrChart: kind, roles, unit, from, to, year } = figure.dataset
    const tables = kind === "kpi"
      ? [...document.querySelectorAll(".okr-readings")]
      : [...figure.querySelectorAll("table")]
    const names = roles.split(" ")
    const heads = [...tables[0].tHead.rows[0].cells].slice(1).map(cell => cell.textContent.trim())
    const columns = {}
    const rows = tables.flatMap(table => [...table.tBodies[0].rows]).map(row => {
      const [first, ...cells] = row.cells
      const time = first.querySelector("time")
      return { at: Date.parse(first.dataset.at ? (year ? `${year}-` : "") + first.dataset.at : time.dateTime), day: first.textContent.trim(), cells }
    }).sort((a, b) => a.at - b.at)
    for (const row of rows) {
      row.lines = []
      names.forEach((role, index) => {
        const text = row.cells[index]?.textContent.trim()
        if (text) row.lines.push([heads[index], text])
        const found = figureOf(row.cells[index])
        if (!found) return
        columns[role] ??= { name: heads[index], points: [] }
        columns[role].points.push({ at: row.at, ...found })
      })
    }
    const around = figure.closest(".okr-result") ?? figure
    const target = around.querySelector(".okr-facts data, [data-target]")
    const ranges = [...around.querySelectorAll("[data-low]")].map(one => ({
      low: one.dataset.low, high: one.dataset.high,
      alert: one.classList.contains("okr-chart__key--alert"), text: one.textContent.trim(),
    }))
    const outlook = figure.querySelector("figcaption > data")
    return {
      kind, unit, rows, columns, ranges,
      from: from && Date.parse(from), to: to && Date.parse(to),
      description: descriptionOf(figure) || figure.querySelector("svg")?.getAttribute("aria-label"),
      target: target && kind !== "score" && kind !== "steps" ? {
        value: Number(target.dataset.target ?? target.value),
        steps: target.dataset.steps?.split(" ").map(step => (
          { at: Date.parse(step.slice(0, 10)), value: Number(step.slice(11)) }
        )),
        text: target.dataset.target
          ? target.textContent.trim()
          : `${target.closest("div").querySelector("dt").textContent} ${target.textContent}`,
      } : null,
      outlook: outlook && kind === "value" ? {
        value: Number(outlook.value), text: outlook.textContent,
        at: Date.parse(figure.querySelector("figcaption").dataset.at),
      } : null,
      focus: [...figure.querySelectorAll("[data-start]")].map(cycle => ({
        name: cycle.textContent.trim(),
        start: Date.parse(cycle.dataset.start), end: Date.parse(cycle.dataset.end),
      })),
    }
  }

  /* ---- a series by day ---- */

  function daysOption(table, look, height) {
    const { columns, rows, target, outlook, ranges, focus } = table
    const scores = table.kind === "score" || table.kind === "steps"
    const first = table.from ?? rows[0].at
    const last = Math.max(table.to ?? 0, rows.at(-1).at, outlook?.at ?? 0)
    const values = columns.value.points
    const newest = values.at(-1)
    const line = (points, more) => ({
      type: "line", symbol: "none", silent: true, animation: false,
      data: points.map(point => [point.at, point.value]), ...more,
    })
    const labelled = (text, colour, bold) => ({
      show: true, formatter: text, color: colour, distance: 6,
      fontSize: look.size, fontFamily: look.font, fontWeight: bold ? 600 : 400,
    })
    const series = []
    const range = scores ? { min: 0, max: 1 } : span(table, ranges)
    const bottom = 22 + (columns.confidence ? CONFIDENCE : 0)
    const ends = []
    const end = (value, text, colour, bold) => {
      const label = labelled(text, colour, bold)
      const share = (range.max - value) / (range.max - range.min)
      ends.push({ label, text, wanted: TOP + share * (height - TOP - bottom) })
      return label
    }

    if (columns.expected) {
      const points = columns.expected.points
      series.push(line([...points, { ...points.at(-1), at: last }], {
        step: table.kind === "steps" ? "end" : false,
        lineStyle: { color: look.soft, width: 1, type: "solid" },
        endLabel: end(points.at(-1).value, `${columns.expected.name} ${points.at(-1).text}`, look.soft),
      }))
    }
    if (target) {
      const whole = [{ at: first, value: target.value }, { at: last, value: target.value }]
      series.push(line(target.steps ?? whole, {
        step: "start", // a target holds until its day
        // Dashes are what is to come, but on a KPI, where they are the target's and dots the alert's.
        lineStyle: table.kind === "kpi"
          ? { color: look.ink, width: 1, type: [8, 4] }
          : { color: look.ink, width: 1, type: [1, 4], cap: "round" },
        endLabel: end(target.value, target.text, look.ink),
      }))
    }
    for (const { alert, low, high } of ranges) {
      if (!alert) continue
      for (const bound of [low, high]) {
        if (bound !== "") series.push(line([{ at: first, value: +bound }, { at: last, value: +bound }], {
          lineStyle: { color: look.bad, width: 1, type: [2, 4] },
        }))
      }
    }
    if (outlook) {
      series.push(line([newest, outlook], {
        lineStyle: { color: look.ink, width: 1.5, type: [5, 4] },
        endLabel: end(outlook.value, `≈ ${outlook.text}`, look.ink, true),
      }))
    }
    const many = values.length > 40
    const below = falls(values) && newest.value > range.min + 0.25 * (range.max - range.min)
    series.push(line(values, {
      silent: false, symbol: "circle", symbolSize: 5, showAllSymbol: !many, showSymbol: !many,
      step: table.kind === "steps" ? "end" : false, z: 4,
      lineStyle: { color: look.ink, width: many ? 1.25 : 1.75 },
      itemStyle: { color: look.ink },
      emphasis: { scale: 1.4 },
      data: values.map(point => point === newest ? {
        value: [point.at, point.value], symbol: "circle", symbolSize: 9,
        itemStyle: { color: look.tone, borderColor: look.paper, borderWidth: 1.5 },
        label: newest.at - first > 0.9 * (last - first) && ends.length
          ? { ...end(point.value, point.text, look.ink, true), position: "right" }
          : {
            show: true, position: below ? "bottom" : "top", formatter: point.text,
            color: look.ink, fontWeight: 600, fontSize: look.size + 1, fontFamily: look.font,
          },
      } : [point.at, point.value]),
      ...areas(ranges, focus, look, first, last, range),
    }))

    keepApart(ends, look.size + 5)
    const small = columns.confidence
    const stated = small && `${small.name} ${small.points.at(-1).text}`
    const room = (at, text, share) => // what of a text after a point would not fit before the edge
      share * widthOf(text, look) + 14 - (last - at) / (last - first || 1) * (look.width - left - 60)
    const axis = valueAxis(look, table.unit, scores, range)
    const left = Math.max(LEFT, ...axis.texts.map(text => widthOf(text, look) + 14))
    const right = Math.max(
      18, ...ends.map(({ text }) => widthOf(text, look) + 14), room(newest.at, newest.text, 0.5),
      stated ? room(small.points.at(-1).at, stated, 1) : 0,
    )
    const grid = [{ left, right, top: TOP, bottom }]
    const xAxis = [dayAxis(look, first, last, 0, look.width - right - left)]
    const yAxis = [axis.option]
    if (small) {
      grid.push({ left, right, top: height - CONFIDENCE + 6, height: CONFIDENCE - 14 })
      xAxis.push({ ...dayAxis(look, first, last, 1), show: false })
      yAxis.push({ type: "value", gridIndex: 1, min: 0, max: 1, show: false })
      const points = small.points
      series.push(line(points, {
        xAxisIndex: 1, yAxisIndex: 1, symbol: "circle", symbolSize: 3,
        lineStyle: { color: look.idle, width: 1.25 }, itemStyle: { color: look.idle },
        endLabel: labelled(stated, look.soft),
      }))
    }
    return {
      grid, xAxis, yAxis, series, tooltip: tooltip(look, at => nearest(rows, at)),
      axisPointer: small ? { link: [{ xAxisIndex: "all" }] } : undefined,
      dataZoom: values.length > 120 ? [slider(look)] : undefined,
    }
  }

  /** Move labels that would cover each other apart, up and down from where they belong. */
  function keepApart(ends, distance) {
    const sorted = ends.sort((a, b) => a.wanted - b.wanted)
    const places = sorted.map(label => label.wanted)
    for (let round = 0; round < sorted.length; round++) {
      for (let index = 1; index < places.length; index++) {
        const missing = distance - (places[index] - places[index - 1])
        if (missing <= 0) continue
        places[index - 1] -= missing / 2
        places[index] += missing / 2
      }
    }
    sorted.forEach((end, index) => { end.label.offset = [0, places[index] - end.wanted] })
  }

  const falls = points => points.length > 1 && points.at(-1).value < points.at(-2).value

  /** The healthy range, and the cycles in which a KPI was in focus. */
  function areas(ranges, focus, look, first, last, range) {
    const data = ranges.filter(one => !one.alert).map(({ low, high }) => [
      { yAxis: low === "" ? range.min : +low, itemStyle: { color: look.good, opacity: 0.14 } },
      { yAxis: high === "" ? range.max : +high },
    ])
    for (const { name, start, end } of focus) {
      if (end < first || start > last) continue
      data.push([
        {
          name, xAxis: Math.max(start, first), yAxis: range.min,
          itemStyle: { color: look.done, opacity: 0.55 },
          label: {
            show: focus.length > 1 && (end - start) / (last - first) * look.width > widthOf(name, look) + 60,
            position: "top", distance: 2, color: look.soft, fontSize: look.size,
          },
        },
        { xAxis: Math.min(end, last), yAxis: range.min + 0.03 * (range.max - range.min) },
      ])
    }
    return data.length ? { markArea: { silent: true, data } } : {}
  }

  /** What the height has to hold; below it, the names of the cycles in focus keep clear of all lines. */
  function span({ columns, target, outlook, focus }, ranges) {
    const found = [...columns.value.points, ...columns.expected?.points ?? []].map(p => p.value)
    if (target) found.push(target.value, ...(target.steps ?? []).map(step => step.value))
    if (outlook) found.push(outlook.value)
    for (const { low, high } of ranges) {
      for (const bound of [low, high]) if (bound !== "") found.push(+bound)
    }
    const low = Math.min(...found), high = Math.max(...found)
    const room = (high - low || Math.abs(high) || 1) * 0.08
    const base = low >= 0 && low - room < 0 ? 0 : low - room
    return { min: focus.length ? Math.min(base, low - 2 * room) : base, max: high + room }
  }

  /** The middles of months or years, where their names stand: a reading of the last day is theirs. */
  function middles(first, last, yearly, most) {
    const start = new Date(first), found = []
    for (let month = yearly ? 6 : start.getUTCMonth(); ; month += yearly ? 12 : 1) {
      const at = Date.UTC(start.getUTCFullYear(), month, yearly ? 1 : 16)
      if (at > last) break
      if (at >= first) found.push(at)
    }
    const step = Math.ceil(found.length / Math.max(2, most))
    return found.filter((_, index) => index % step === 0)
  }

  function dayAxis(look, first, last, gridIndex, width = 0) {
    const days = (last - first) / DAY
    const options = days > 800 ? { year: "numeric" }
      : days > 200 ? { month: "short", year: "numeric" }
      : days > 70 ? { month: "short" }
      : { month: "short", day: "numeric" }
    const words = new Intl.DateTimeFormat(look.languageOfDays, { ...options, timeZone: "UTC" })
    return {
      type: "time", gridIndex, min: first, max: last,
      splitNumber: Math.max(2, Math.min(6, Math.round(width / 110))),
      minInterval: days > 800 ? 360 * DAY : days > 70 ? 28 * DAY : DAY,
      axisLine: { lineStyle: { color: look.line } }, axisTick: { show: false },
      splitLine: { show: false },
      axisLabel: {
        color: look.soft, fontSize: look.size, hideOverlap: true, margin: 7,
        ...days > 70 ? { customValues: middles(first, last, days > 800, width / 70) } : { alignMinLabel: "left" },
        formatter: value => words.format(value),
      },
      axisPointer: { lineStyle: { color: look.idle, width: 1, type: "solid" }, label: { show: false } },
    }
  }

  /** The axis of the values, and the texts of its labels: room has to be made for them. */
  function valueAxis(look, unit, scores, { min, max }) {
    const percent = unit === "%"
    const style = unit && !percent ? { style: "currency", currency: unit } : {}
    const interval = scores ? 0.5 : roundStep((max - min) / 3)
    const ticks = [] // round values, and 0 rather than -0; ECharts alone would count from `min`
    for (let at = Math.ceil(min / interval - 1e-9) || 0; at * interval <= max; at++) ticks.push(at * interval)
    // As many digits as it takes to write each of them, so that no two labels are the same.
    const exact = digits => ticks.every(
      tick => Math.abs(Number(tick.toPrecision(digits)) - tick) < interval / 1000,
    )
    let digits = 3
    while (digits < 15 && !exact(digits)) digits++
    const words = new Intl.NumberFormat(look.language, {
      notation: "compact", maximumSignificantDigits: digits, ...style,
    })
    const text = value => percent ? `${words.format(scores ? 100 * value : value)}%` : words.format(value)
    const option = {
      type: "value", min, max, interval,
      axisTick: { show: false, customValues: ticks },
      axisLabel: {
        color: look.soft, fontSize: look.size, margin: 8, hideOverlap: true, customValues: ticks,
        formatter: text,
      },
      splitLine: { lineStyle: { color: look.line, width: 1 } },
      axisPointer: { show: false },
    }
    return { option, texts: ticks.map(text) }
  }

  /** The nearest of 1, 2, 3, 5 or 10 times a power of ten. */
  function roundStep(step) {
    const power = 10 ** Math.floor(Math.log10(step))
    const share = step / power
    return power * (share < 1.5 ? 1 : share < 2.5 ? 2 : share < 4 ? 3 : share < 7 ? 5 : 10)
  }

  const nearest = (rows, at) => rows.reduce(
    (found, row) => Math.abs(row.at - at) < Math.abs(found.at - at) ? row : found,
  )

  function tooltip(look, rowAt) {
    return {
      trigger: "axis", renderMode: "richText", confine: true, transitionDuration: 0,
      backgroundColor: look.paper, borderColor: look.line, borderWidth: 1, padding: [6, 9],
      textStyle: { color: look.ink, fontSize: look.size, fontFamily: look.font },
      formatter: found => {
        const row = rowAt(found[0]?.axisValue)
        return [row.day, ...row.lines.map(([name, text]) => `${name}: ${text}`)].join("\n")
      },
    }
  }

  const slider = look => ({
    type: "slider", height: 14, bottom: 2, showDetail: false, brushSelect: false,
    borderColor: look.line, fillerColor: "transparent", backgroundColor: "transparent",
    dataBackground: { lineStyle: { color: look.idle }, areaStyle: { color: look.line } },
    selectedDataBackground: { lineStyle: { color: look.soft }, areaStyle: { color: look.line } },
    handleStyle: { color: look.paper, borderColor: look.idle },
    moveHandleSize: 0,
  })

  const ruler = document.createElement("canvas").getContext("2d")
  function widthOf(text, look) {
    ruler.font = `600 ${look.size}px ${look.font}`
    return Math.ceil(ruler.measureText(text).width)
  }

  /* ---- scores by cycle ---- */

  /** Read a table of cycles, the newest first, and turn it round. */
  function cyclesOf(figure) {
    const table = figure.querySelector("table")
    const heads = [...table.tHead.rows[0].cells].map(cell => cell.textContent.trim())
    const rows = [...table.tBodies[0].rows].map(row => ({
      running: row.hasAttribute("data-running"),
      name: row.cells[0].textContent.trim(),
      score: figureOf(row.querySelector("[data-role=score]")),
      expected: figureOf(row.querySelector("[data-role=expected]")),
    })).filter(row => row.score).reverse()
    return { rows, heads, columns: {}, description: descriptionOf(figure) }
  }

  function cyclesOption({ rows, heads }, look) {
    // A figure stands above the mark of what was expected where that is just above the bar.
    const above = ({ score, expected }) => {
      const gap = ((expected?.value ?? 0) - score.value) * (HEIGHTS.cycles - 42)
      return gap > -3 && gap < look.size + 6 ? gap + 3 : 0
    }
    return {
      grid: { left: 34, right: 6, top: 18, bottom: 24 },
      xAxis: {
        type: "category", data: rows.map(row => row.name),
        axisLine: { lineStyle: { color: look.line } }, axisTick: { show: false },
        axisLabel: { color: look.soft, fontSize: look.size, hideOverlap: true },
        axisPointer: { type: "none" },
      },
      yAxis: {
        type: "value", min: 0, max: 1, interval: 0.5,
        axisLabel: { color: look.soft, fontSize: look.size },
        splitLine: { lineStyle: { color: look.line, width: 1 } },
      },
      tooltip: {
        ...tooltip(look), formatter: found => {
          const row = rows[found[0].dataIndex]
          const lines = [[heads.at(-1), row.score.text], [heads.at(-2), row.expected?.text]]
          return [row.name, ...lines.filter(([, text]) => text).map(l => l.join(": "))].join("\n")
        },
      },
      series: [
        {
          type: "bar", barMaxWidth: 26,
          data: rows.map(row => ({
            value: row.score.value, itemStyle: { color: row.running ? look.tone : look.idle },
            label: { offset: [0, -above(row)] },
          })),
          label: {
            show: true, position: "top", color: look.ink, fontSize: look.size,
            formatter: ({ dataIndex }) => rows[dataIndex].score.text,
          },
        },
        {
          type: "scatter", symbol: "rect", symbolSize: [34, 2], silent: true, z: 5,
          itemStyle: { color: look.ink },
          data: rows.map(row => row.expected?.value ?? null),
        },
      ],
    }
  }

  window.okrsite.drawCharts = drawCharts
})()
