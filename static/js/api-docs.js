// Shows the API's schema; the page says where it is.
const page = document.getElementById("api-docs");

window.SwaggerUIBundle({
  domNode: page,
  url: page.dataset.schema,
  presets: [window.SwaggerUIBundle.presets.apis],
  layout: "BaseLayout",
  deepLinking: true,
  tryItOutEnabled: true,
});
