/**
 * Signs in as the portal does at the admin API: client credentials of `portal-admin` (RFC 6749, 4.4).
 * @param keycloakUrl without a slash at the end
 * @param realm whose portal it is
 * @param secret of the client
 * @returns an access token
 */
export async function serviceToken(keycloakUrl: string, realm: string, secret: string): Promise<string> {
  const answer = await fetch(`${keycloakUrl}/realms/${realm}/protocol/openid-connect/token`, {
    method: 'POST',
    body: new URLSearchParams({ grant_type: 'client_credentials', client_id: 'portal-admin', client_secret: secret }),
  });
  return ((await answer.json()) as { access_token: string }).access_token;
}
