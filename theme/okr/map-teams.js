/* okrsite: all objectives at once, as areas: a rectangle for each team, and in it a tile for each of
   its objectives. It is what the drawing of the alignment shows where a tree would be too small. */
(() => {
  "use strict"

  const { byTeam } = window.okrsite
  const EDGE = 3
  const HEAD = 20
  const WIDE = 2.2

  /** Divide an area among parts by their sizes, in rows that are as near to squares as they can be. */
  function divide(parts, area) {
    const found = []
    const total = parts.reduce((sum, part) => sum + part.size, 0)
    const scale = area.width * area.height / total
    let { x, y, width, height } = area
    let rest = parts.map(part => ({ ...part, size: part.size * scale }))
    while (rest.length) {
      const along = Math.min(width, height)
      let [taken, sum, worst] = [0, 0, Infinity]
      for (const { size } of rest) {
        const depth = (sum + size) / along
        const sides = rest.slice(0, taken + 1).map(part => part.size / depth / depth)
        const now = Math.max(...sides.map(side => Math.max(side, 1 / side)))
        if (now > worst) break
        worst = now
        sum += size
        taken++
      }
      const depth = sum / along
      let at = 0
      for (const part of rest.slice(0, taken)) {
        const long = part.size / depth
        found.push(width < height
          ? { ...part, x: x + at, y, width: long, height: depth }
          : { ...part, x, y: y + at, width: depth, height: long })
        at += long
      }
      if (width < height) [y, height] = [y + depth, height - depth]
      else [x, width] = [x + depth, width - depth]
      rest = rest.slice(taken)
    }
    return found
  }

  /** Give as many tiles of one size as there are objectives, in rows that fill an area. */
  function tiles(number, { x, y, width, height }) {
    let [best, columns] = [Infinity, 1]
    for (let tried = 1; tried <= number; tried++) {
      const ratio = width / tried / (height / Math.ceil(number / tried)) / WIDE
      const off = Math.max(ratio, 1 / ratio) * Math.ceil(number / tried) * tried / number
      if (off < best) [best, columns] = [off, tried]
    }
    const rows = Math.ceil(number / columns)
    return Array.from({ length: number }, (_, index) => {
      const row = Math.floor(index / columns)
      return {
        x: x + width * (index - row * columns) / columns + EDGE / 2, width: width / columns - EDGE,
        y: y + height * row / rows + EDGE / 2, height: height / rows - EDGE,
      }
    })
  }

  /** Place all objectives by team; the largest teams come first. */
  function layOutTeams(nodes, { width, height }) {
    const teams = [...byTeam(nodes)].map(([team, own]) => ({ team, own, size: own.length }))
    teams.sort((one, other) => other.size - one.size)
    const places = []
    const placed = new Map()
    for (const area of divide(teams, { x: 0, y: 0, width, height })) {
      const head = { team: area.team, area: true, below: [], depth: 0, ...inner(area, EDGE) }
      places.push(head)
      const room = inner(head, EDGE)
      const spots = tiles(area.own.length, { ...room, y: room.y + HEAD, height: room.height - HEAD })
      for (const [index, node] of area.own.entries()) {
        const place = { node, above: head, below: [], depth: 0, children: 0, tile: true, ...spots[index] }
        places.push(place)
        placed.set(node, place)
      }
    }
    return { places, placed, links: [] }
  }

  const inner = ({ x, y, width, height }, edge) =>
    ({ x: x + edge, y: y + edge, width: width - 2 * edge, height: height - 2 * edge })

  Object.assign(window.okrsite, { layOutTeams, HEAD })
})()
