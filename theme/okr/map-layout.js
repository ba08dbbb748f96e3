/* okrsite: the organisation, read from the tree of the alignment that stands on the page, and where
   everything stands in its drawing: cards in columns, what is below something beside it, and key
   results that others align to between the columns. Where many stand under one, they wrap into a
   block, by team. */
(() => {
  "use strict"

  /** Read the tree: every objective once, with all the links that lead up from it. */
  function read(scope) {
    const nodes = new Map()
    const pillars = new Map([...scope.querySelectorAll("[data-okr-pillar-key]")].map(link => [
      link.dataset.okrPillarKey,
      { name: link.querySelector("span").textContent, look: Number(link.dataset.okrLook) },
    ]))
    const byRow = new Map()
    for (const row of scope.querySelectorAll(".okr-tree__item")) {
      const link = row.querySelector("a")
      const key = link.getAttribute("href")
      let node = nodes.get(key)
      if (!node) nodes.set(key, node = describe(row, link, pillars))
      node.rows.push(row)
      byRow.set(row, node)
      const above = byRow.get(row.parentElement.closest(".okr-tree__item"))
      if (!above || node.parents.some(parent => parent.node === above)) continue
      const to = [...row.querySelectorAll(":scope > .okr-tree__row .okr-to a")]
        .map(result => ({ key: result.getAttribute("href"), title: result.textContent }))
      node.parents.push({ node: above, to })
      above.children.push({ node, to })
    }
    return nodes
  }

  function describe(row, link, pillars) {
    const line = row.querySelector(".okr-tree__row")
    const status = row.dataset.okrStatus
    const text = selector => line.querySelector(selector)?.textContent.trim() ?? ""
    return {
      id: row.id.replace(/^objective-/, ""),
      title: link.textContent, href: link.href, status,
      word: text(".okr-tree__status"),
      score: ["draft", "cancelled"].includes(status) ? "" : text(".okr-tree__score"),
      owners: text(".okr-meta > :first-child"),
      team: row.dataset.okrTeam ?? text(".okr-meta > :first-child a"),
      bar: barOf(line),
      pillars: (row.dataset.okrPillar ?? "").split(" ").map(key => pillars.get(key)).filter(Boolean),
      weight: Number(row.dataset.okrWeight ?? 1),
      rows: [], parents: [], children: [], dimmed: false,
    }
  }

  /** Read how far a bar is filled and where it is marked, in percent. */
  function barOf(line) {
    const [fill, mark] = line.querySelector(".okr-bar")?.children ?? []
    return {
      filled: fill ? parseFloat(fill.getAttribute("width")) : 0,
      expected: mark ? parseFloat(mark.getAttribute("x")) : null,
    }
  }

  /** All that is reached from a node, going up or down. */
  function reached(node, way) {
    const found = new Set([node])
    for (const one of found) for (const link of one[way]) found.add(link.node)
    return found
  }

  /** Rank what is shown: how many steps the longest line up from each objective has.

      An objective with several parents stands under the one that is the furthest down, so that
      every link leads the same way. */
  function rank(nodes, shown) {
    const ranks = new Map()
    const open = new Map()
    const next = []
    for (const node of nodes) {
      if (!shown(node)) continue
      const parents = node.parents.filter(parent => shown(parent.node)).length
      open.set(node, parents)
      if (!parents) { ranks.set(node, { depth: 0, above: null }); next.push(node) }
    }
    for (const node of next) {
      const depth = ranks.get(node).depth + 1
      for (const { node: child } of node.children) {
        if (!shown(child)) continue
        if (depth > (ranks.get(child)?.depth ?? -1)) ranks.set(child, { depth, above: node })
        open.set(child, open.get(child) - 1)
        if (open.get(child) === 0) next.push(child)
      }
    }
    return ranks
  }

  const CARD = { width: 240, height: 70 }
  const PORT = { width: 196, height: 22 }
  const GAP = { column: 56, port: 26, row: 10, family: 12, root: 22 }
  const BLOCK = { from: 5, edge: 10, head: 24, gap: 10 }

  /** Group by team: teams in the order in which they come, what is of a team together. */
  function byTeam(nodes) {
    const teams = new Map()
    for (const node of nodes) {
      if (teams.has(node.team)) teams.get(node.team).push(node)
      else teams.set(node.team, [node])
    }
    return teams
  }

  /** How many columns of a block there is room for, beside what stands above it. */
  function columnsOf(number, depth, width) {
    const room = width - 2 * BLOCK.edge - depth * (CARD.width + GAP.column)
    const most = Math.max(Math.floor(room / (CARD.width + BLOCK.gap)), width < 600 ? 1 : 2)
    return Math.min(most, Math.ceil(number / 2), 6)
  }

  /** Place what is open, each objective once, and draw the links between what is placed.

      `ranks` limits what is drawn, and `open` tells whose children are; `width` is what a line
      across the window has room for. The places come in the order in which the tree is read. */
  function layOut(ranks, open, width) {
    const places = []
    const placed = new Map()
    const roots = [...ranks].filter(([, rank]) => !rank.above).map(([node]) => node)
    const opens = node => open(node)
      && node.children.some(child => ranks.get(child.node)?.above === node)
    const waiting = roots.reverse().map(node => ({ node, above: null }))
    while (waiting.length) {
      const place = { ...waiting.pop(), below: [], y: 0 }
      places.push(place)
      place.above?.below.push(place)
      if (!place.node) {
        place.depth = place.above.depth + (place.columns ? 1 : 0)
        waiting.push(...place.nodes.map(node => ({ node, above: place })).reverse())
        continue
      }
      place.depth = ranks.get(place.node).depth
      placed.set(place.node, place)
      const children = place.node.children.filter(
        child => ranks.get(child.node)?.above === place.node)
      place.children = children.length
      if (!open(place.node)) continue
      const direct = []
      const ports = new Map()
      const folded = children.map(child => child.node).filter(node => !opens(node))
      const columns = columnsOf(folded.length, place.depth + 1, width)
      const wraps = folded.length >= BLOCK.from && columns > 1
      for (const { node, to: [result] } of children) {
        if (wraps && !opens(node)) continue
        if (!result) direct.push({ node, above: place })
        else if (ports.has(result.key)) ports.get(result.key).nodes.push(node)
        else ports.set(result.key, { nodes: [node], result, above: place })
      }
      place.ports = ports.size
      const block = { nodes: [...byTeam(folded).values()].flat(), columns, above: place }
      waiting.push(...[...direct, ...ports.values(), ...(wraps ? [block] : [])].reverse())
    }
    setColumns(places)
    setRows(places)
    return { places, placed, links: linksOf(places, placed) }
  }

  function setColumns(places) {
    const withPorts = new Set(places.filter(place => place.result).map(place => place.depth))
    const starts = [0]
    const start = depth => {
      while (starts.length <= depth) {
        const ports = withPorts.has(starts.length - 1)
        const gap = ports ? PORT.width + 2 * GAP.port : GAP.column
        starts.push(starts.at(-1) + CARD.width + gap)
      }
      return starts[depth]
    }
    for (const place of places) {
      Object.assign(place, place.result
        ? { ...PORT, x: start(place.depth) + CARD.width + GAP.port }
        : { ...CARD, x: start(place.depth) })
      if (place.columns) Object.assign(place, sizeOfBlock(place))
    }
  }

  /** Fill the columns of a block from the top, with the name of a team above what is its own. */
  function sizeOfBlock(block) {
    const [wide, high] = [CARD.width + BLOCK.gap, CARD.height + GAP.row]
    const heads = byTeam(block.nodes).size
    const most = Math.max((block.nodes.length * high + heads * BLOCK.head) / block.columns, high)
    block.heads = []
    block.spots = []
    let [column, y, last, height] = [0, 0, null, 0]
    for (const { team } of block.nodes) {
      if (y && column < block.columns - 1 && y + (team === last ? 0 : BLOCK.head) + CARD.height / 2 > most) {
        [column, y, last] = [column + 1, 0, null]
      }
      const x = BLOCK.edge + column * wide
      if (team !== last) {
        block.heads.push({ team, x, y: BLOCK.edge + y })
        y += BLOCK.head
      }
      block.spots.push({ x, y: BLOCK.edge + y })
      y += high
      last = team
      height = Math.max(height, y)
    }
    return {
      width: (column + 1) * wide - BLOCK.gap + 2 * BLOCK.edge,
      height: height - GAP.row + 2 * BLOCK.edge,
    }
  }

  /** Give each leaf a row, and put what is above in the middle of what is below it. */
  function setRows(places) {
    let y = 0
    let before = null
    for (const place of places) {
      if (place.above?.columns || (place.below.length && !place.columns)) continue
      if (before) {
        y += before.height + GAP.row
        if (rootOf(before) !== rootOf(place)) y += GAP.root
        else if (before.above !== place.above) y += GAP.family
      }
      place.y = y
      before = place
    }
    for (const place of [...places].reverse()) {
      if (place.columns) {
        place.below.forEach((card, index) => {
          card.x = place.x + place.spots[index].x
          card.y = place.y + place.spots[index].y
        })
        continue
      }
      if (!place.below.length) continue
      const [first, last] = [place.below[0], place.below.at(-1)]
      place.y = (first.y + first.height / 2 + last.y + last.height / 2) / 2 - place.height / 2
    }
  }

  function rootOf(place) {
    return place.root ??= place.above ? rootOf(place.above) : place
  }

  /** The lines: from each place to what it stands under, and dashed ones to its other parents. */
  function linksOf(places, placed) {
    const links = []
    const ports = new Map()
    for (const place of places) {
      if (place.result) ports.set(place.result.key, place)
      if (place.above && !place.above.columns) links.push({ from: place.above, to: place, again: false })
    }
    for (const place of places) {
      for (const parent of place.node?.parents ?? []) {
        const ends = parent.to.map(result => ports.get(result.key)).filter(Boolean)
        if (!parent.to.length || !ends.length) ends.push(placed.get(parent.node))
        for (const end of ends) {
          const drawn = end === place.above || (place.above?.columns && end === place.above.above)
          if (end && !drawn) links.push({ from: end, to: place, again: true })
        }
      }
    }
    return links
  }

  Object.assign(window.okrsite, { readTree: read, reached, rank, layOut, byTeam, CARD, PORT, GAP, BLOCK })
})()
