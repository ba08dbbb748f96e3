/* okrsite: where everything stands in the drawing of the alignment: cards in columns, what is below
   something beside it, and key results that others align to between the columns. */
(() => {
  "use strict"

  const CARD = { width: 240, height: 68 }
  const PORT = { width: 196, height: 22 }
  const GAP = { column: 56, port: 26, row: 10, family: 12, root: 22 }

  /** Place what is open, each objective once, and draw the links between what is placed.

      `ranks` limits what is drawn, and `open` tells whose children are. The places come in the
      order in which the tree is read. */
  function layOut(ranks, open) {
    const places = []
    const placed = new Map()
    const roots = [...ranks].filter(([, rank]) => !rank.above).map(([node]) => node)
    const waiting = roots.reverse().map(node => ({ node, above: null }))
    while (waiting.length) {
      const place = { ...waiting.pop(), below: [], y: 0 }
      places.push(place)
      place.above?.below.push(place)
      if (!place.node) {
        place.depth = place.above.depth
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
      for (const { node, to: [result] } of children) {
        if (!result) direct.push({ node, above: place })
        else if (ports.has(result.key)) ports.get(result.key).nodes.push(node)
        else ports.set(result.key, { nodes: [node], result, above: place })
      }
      place.ports = ports.size
      waiting.push(...[...direct, ...ports.values()].reverse())
    }
    setColumns(places)
    setRows(places)
    return { places, placed, links: linksOf(places, placed) }
  }

  function setColumns(places) {
    const withPorts = new Set(places.filter(place => !place.node).map(place => place.depth))
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
      place.width = place.node ? CARD.width : PORT.width
      place.height = place.node ? CARD.height : PORT.height
      place.x = start(place.depth) + (place.node ? 0 : CARD.width + GAP.port)
    }
  }

  /** Give each leaf a row, and put what is above in the middle of what is below it. */
  function setRows(places) {
    let y = 0
    let before = null
    for (const place of places) {
      if (place.below.length) continue
      if (before) {
        y += place.height + GAP.row
        if (before.above !== place.above) y += GAP.family
        if (rootOf(before) !== rootOf(place)) y += GAP.root
      }
      place.y = y
      before = place
    }
    for (const place of [...places].reverse()) {
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
      if (place.above) links.push({ from: place.above, to: place, again: false })
    }
    for (const place of places) {
      for (const parent of place.node?.parents ?? []) {
        const ends = parent.to.map(result => ports.get(result.key)).filter(Boolean)
        if (!parent.to.length || !ends.length) ends.push(placed.get(parent.node))
        for (const end of ends) {
          if (end && end !== place.above) links.push({ from: end, to: place, again: true })
        }
      }
    }
    return links
  }

  Object.assign(window.okrsite, { layOut, CARD, PORT, GAP })
})()
