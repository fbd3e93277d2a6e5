// Starts Swagger UI. Served as a file of its own: the page's policy allows no inline script.
async function start() {
  const spec = await (await fetch('/openapi.json')).json()
  // The page may have been opened under another name of the same gateway.
  spec.servers = [{ url: location.origin }]

  const ui = SwaggerUIBundle({
    spec,
    dom_id: '#swagger-ui',
    deepLinking: true,
    filter: true,
    displayRequestDuration: true,
    tryItOutEnabled: true,
    docExpansion: 'none',
    validatorUrl: null,
    requestInterceptor: (request) => {
      const headers = request.headers
      if (headers.Authorization) {
        // Never both: with a token, the cookies stay at home.
        request.credentials = 'omit'
      } else {
        request.credentials = 'same-origin'
        if (request.method && !['GET', 'HEAD'].includes(request.method.toUpperCase()))
          headers['accord-csrf'] = '1'
      }
      return request
    },
    responseInterceptor: (response) => {
      // A sign-in from this page signs this page in.
      const token = response.ok && response.obj?.accessToken
      if (typeof token === 'string') ui.preauthorizeApiKey('bearer', token)
      return response
    },
  })
}

start().catch((error) => {
  document.querySelector('#swagger-ui').textContent =
    `The documentation could not be loaded: ${error.message}`
})
