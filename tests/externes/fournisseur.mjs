// A certified OpenID provider (oidc-provider) set up as the PMS is: PKCE required, refresh tokens rotated.
// Arguments: port, redirect URI, access token lifetime in seconds, "v2" for a server that adds scopes.
import Provider from "oidc-provider";

const [port, redirect, lasts, profile] = process.argv.slice(2);
const issuer = `http://127.0.0.1:${port}`;
const secret = "secret-du-client-d-essai-0123456789";
const provider = new Provider(issuer, {
  clients: [
    {
      client_id: "rj",
      client_secret: secret,
      redirect_uris: [redirect],
      grant_types: ["authorization_code", "refresh_token"],
      response_types: ["code"],
    },
    {
      client_id: "rj-sans-page",
      client_secret: secret,
      redirect_uris: [],
      response_types: [],
      grant_types: ["client_credentials"],
      scope: "pms.reports.read pms.guests.read",
    },
  ],
  scopes: ["openid", "offline_access", "pms.reports.read", "pms.guests.read"],
  features: {
    devInteractions: { enabled: true },
    revocation: { enabled: true },
    clientCredentials: { enabled: true },
  },
  pkce: { required: () => true },
  rotateRefreshToken: true,
  ttl: { AccessToken: Number(lasts), ClientCredentials: Number(lasts), RefreshToken: 3600, Grant: 3600, Session: 3600, Interaction: 600, IdToken: 600 },
  cookies: { keys: ["cle-d-essai"] },
});

let renewals = 0;
provider.on("grant.success", (ctx) => {
  if (ctx.oidc.params.grant_type === "refresh_token") renewals += 1;
});
provider.use(async (ctx, next) => {
  if (ctx.path === "/etat") {
    ctx.body = { renewals };
    return;
  }
  if (ctx.path.startsWith("/accounts/")) {
    const bearer = (ctx.get("authorization") || "").replace(/^Bearer /, "");
    const token = (await provider.AccessToken.find(bearer)) || (await provider.ClientCredentials.find(bearer));
    ctx.status = token && token.isValid ? 200 : 401;
    ctx.body = {
      accountId: "HOTEL_1", name: "Hôtel", propertyCode: "H1", currency: "CAD",
      timeZone: "America/Toronto", currentBusinessDate: "2025-12-24",
    };
    return;
  }
  await next();
  if (profile === "v2" && ctx.path === "/token" && ctx.body?.access_token) {
    ctx.body = { ...ctx.body, scope: `${ctx.body.scope} profile email`, refresh_expires_in: 0 };
  }
});
provider.listen(Number(port), "127.0.0.1", () => console.log("pret"));
