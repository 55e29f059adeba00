// Swagger UI with a form to log in. Tokens live in this page only and are gone when it is closed.
"use strict";

const RENEW_AFTER = 9 * 60 * 1000; // milliseconds; an access token lives for ten minutes
const place = document.getElementById("swagger-ui");
const logIn = document.getElementById("log-in");
const logOut = document.getElementById("log-out");
const message = logIn.querySelector(".message");
let refreshToken = null;
let renewal = null;

const ui = SwaggerUIBundle({
  url: place.dataset.schema,
  dom_id: "#swagger-ui",
  presets: [SwaggerUIBundle.presets.apis],
  layout: "BaseLayout",
  deepLinking: true,
  docExpansion: "list",
  defaultModelsExpandDepth: 0,
  displayRequestDuration: true,
  filter: true,
  tryItOutEnabled: true,
  validatorUrl: null,
  responseInterceptor: (answer) => {
    if (answer.url.endsWith(place.dataset.schema)) answer.text = withFiles(answer.text);
    return answer;
  },
});

// Swagger 2 has no lists of files; Swagger UI has them, as long as nobody calls them strings.
function withFiles(schema) {
  return JSON.stringify(JSON.parse(schema), (key, value) =>
    key === "items" && value.format === "binary" ? { type: "file" } : value);
}

async function send(path, body) {
  const answer = await fetch(path, {
    method: "POST",
    credentials: "omit",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(body),
  });
  const told = answer.status === 204 ? {} : await answer.json();
  if (!answer.ok) throw new Error(told.detail || answer.statusText);
  return told;
}

function take(tokens) {
  refreshToken = tokens.refresh;
  ui.preauthorizeApiKey("Bearer", `Bearer ${tokens.access}`);
  clearTimeout(renewal);
  renewal = setTimeout(renew, RENEW_AFTER);
}

async function renew() {
  try {
    take(await send("/users/refresh", { refresh: refreshToken }));
  } catch (error) {
    leave(`Please log in again: ${error.message}`);
  }
}

function leave(why) {
  refreshToken = null;
  clearTimeout(renewal);
  ui.authActions.logout(["Bearer"]);
  message.textContent = why;
  logIn.hidden = false;
  logOut.hidden = true;
}

logIn.addEventListener("submit", async (event) => {
  event.preventDefault();
  const { username, password } = logIn.elements;
  message.textContent = "";
  try {
    take(await send("/users/login", { username: username.value, password: password.value }));
  } catch (error) {
    message.textContent = error.message;
    return;
  }
  logOut.querySelector(".name").textContent = username.value;
  password.value = "";
  logIn.hidden = true;
  logOut.hidden = false;
});

logOut.addEventListener("submit", async (event) => {
  event.preventDefault();
  const spent = refreshToken;
  leave("");
  await send("/users/logout", { refresh: spent }).catch(() => {});
});
