/* okrsite: what part of the drawing of the alignment is seen, and how large. */
(() => {
  "use strict"

  const ZOOM = { least: 0.05, most: 2, legible: 0.72, onPhone: 0.9, far: 0.45, tiny: 0.2, step: 1.25 }

  /** Look at a drawing. `state` has the drawing and what is in focus; each move asks to `draw`. */
  function makeCamera(svg, backwards, side, state, draw) {
    const view = { x: 0, y: 0, scale: 1 }
    const size = () => ({ width: svg.clientWidth || 800, height: svg.clientHeight || 500 })

    function bounds() {
      const box = { left: Infinity, top: Infinity, right: -Infinity, bottom: -Infinity }
      for (const place of state.drawing.places) {
        box.left = Math.min(box.left, side(place))
        box.right = Math.max(box.right, side(place) + place.width)
        box.top = Math.min(box.top, place.y)
        box.bottom = Math.max(box.bottom, place.y + place.height)
      }
      return box
    }

    /** Show all of the drawing; or, where that would be too small to read, what matters of it. */
    function fit(least = size().width < 600 ? ZOOM.onPhone : ZOOM.legible) {
      const [box, room, edge] = [bounds(), size(), size().width < 600 ? 12 : 20]
      const whole = Math.min(
        (room.width - 2 * edge) / (box.right - box.left),
        (room.height - 2 * edge) / (box.bottom - box.top), 1)
      view.scale = Math.max(whole, least)
      const [width, height] = [box.right - box.left, box.bottom - box.top].map(n => n * view.scale)
      const from = state.drawing.placed.get(state.focus) ?? state.drawing.places[0]
      view.x = width <= room.width - 2 * edge || !state.focus
        ? (backwards ? room.width - edge - box.right * view.scale : edge - box.left * view.scale)
        : room.width / 2 - (side(from) + from.width / 2) * view.scale
      if (width <= room.width - 2 * edge) view.x = (room.width - width) / 2 - box.left * view.scale
      view.y = height <= room.height - 2 * edge
        ? (room.height - height) / 2 - box.top * view.scale
        : state.focus ? room.height / 2 - (from.y + from.height / 2) * view.scale
          : edge - box.top * view.scale
      draw()
    }

    function zoom(factor, x = size().width / 2, y = size().height / 2) {
      const scale = Math.min(ZOOM.most, Math.max(ZOOM.least, view.scale * factor))
      view.x = x - (x - view.x) * scale / view.scale
      view.y = y - (y - view.y) * scale / view.scale
      view.scale = scale
      draw()
    }

    function pan(x, y) {
      view.x += x
      view.y += y
      draw()
    }

    /** Bring a place into view, moving no more than that takes. */
    function reveal(place) {
      const [room, edge] = [size(), 24]
      const left = view.x + side(place) * view.scale
      const top = view.y + place.y * view.scale
      const right = left + place.width * view.scale
      const bottom = top + place.height * view.scale
      const x = left < edge ? edge - left : right > room.width - edge ? room.width - edge - right : 0
      const y = top < edge ? edge - top
        : bottom > room.height - edge ? room.height - edge - bottom : 0
      pan(x, y)
    }

    /** What is in view, with a margin, as a question: does this rectangle touch it? */
    function inView() {
      const [room, margin] = [size(), 60]
      const left = (-view.x - margin) / view.scale, right = (room.width - view.x + margin) / view.scale
      const top = (-view.y - margin) / view.scale, bottom = (room.height - view.y + margin) / view.scale
      return (x1, y1, x2, y2) => x1 < right && x2 > left && y1 < bottom && y2 > top
    }

    /** Move so that what was at one place stays where it is seen, now that it is at another. */
    function hold(before, after) {
      view.x += (side(before) - side(after)) * view.scale
      view.y += (before.y - after.y) * view.scale
    }

    /** How much of a card can be read: all of it, its title in large letters, or its shape. */
    function detail() {
      return view.scale >= ZOOM.far ? "near" : view.scale >= ZOOM.tiny ? "far" : "tiny"
    }

    return {
      size, fit, zoom, pan, reveal, inView, hold,
      fitAll: () => fit(ZOOM.least),
      fitTitles: () => fit(ZOOM.tiny),
      nearer: () => zoom(ZOOM.step),
      further: () => zoom(1 / ZOOM.step),
      detail,
      legibleHeight: () => size().height / ZOOM.legible,
      transform: () => `translate(${view.x} ${view.y}) scale(${view.scale})`,
    }
  }

  Object.assign(window.okrsite, { makeCamera })
})()
