// Lets one send requests to the API; the page says where its schema is.
const page = document.getElementById("api-docs");
const prefersDark = window.matchMedia("(prefers-color-scheme: dark)");

function followColours() {
  document.documentElement.classList.toggle("dark-mode", prefersDark.matches);
}

// What has an example is filled in, and all of them together ask for nothing sensible: the examples
// of what may be left out are told in words.
function tellExamples(schema) {
  for (const operations of Object.values(schema.paths)) {
    for (const operation of Object.values(operations)) {
      for (const parameter of operation.parameters ?? []) {
        if (parameter.required || parameter.example === undefined) continue;
        parameter.description = `${parameter.description ?? ""} Such as \`${parameter.example}\`.`;
        delete parameter.example;
      }
    }
  }
  return schema;
}

async function show() {
  const answer = await fetch(page.dataset.schema);
  window.SwaggerUIBundle({
    domNode: page,
    spec: tellExamples(await answer.json()),
    presets: [window.SwaggerUIBundle.presets.apis],
    layout: "BaseLayout",
    deepLinking: true,
    tryItOutEnabled: true,
  });
}

followColours();
prefersDark.addEventListener("change", followColours);
show();
