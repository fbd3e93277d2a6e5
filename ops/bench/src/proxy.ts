/** A plain HTTP reverse proxy to the address given: what a gateway that does nothing would cost. Prints its address. */
const upstream = process.argv[2] ?? ''
const server = Bun.serve({
  hostname: '127.0.0.1',
  port: 0,
  reusePort: false,
  fetch(request) {
    const { pathname, search } = new URL(request.url)
    return fetch(upstream + pathname + search, { method: request.method, headers: request.headers })
  },
})
console.log(server.url.origin)
