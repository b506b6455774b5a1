import type KeycloakAdminClient from '@keycloak/keycloak-admin-client';
import { PREVIEW_ROLE } from '../lib/preview-role';
import { type ChangeLog, change, SetUpError } from './change-log';
import { PORTAL_CLIENT } from './portal-clients';
import { findClient } from './set-up-clients';

/** Somebody of the demo's product team, who may see the preview. */
export const DEMO_PREVIEWER = {
  username: 'mara',
  email: 'mara@harbour.example',
  password: 'Lighthouse-keeper-7',
} as const;

/**
 * Makes the person who may see the preview, once.
 * @param realm a realm of the demo, ready for the portal
 */
export async function ensurePreviewer(admin: KeycloakAdminClient, realm: string, log: ChangeLog): Promise<void> {
  const { username, email, password } = DEMO_PREVIEWER;
  const find = async () => (await admin.users.find({ realm, username, exact: true }))[0];
  if ((await find()) === undefined) {
    await change(log, `create user ${username}`, () =>
      admin.users.create({
        realm,
        username,
        email,
        emailVerified: true,
        enabled: true,
        firstName: 'Mara',
        lastName: 'Harbour',
        attributes: { country: ['IE'] },
        credentials: [{ type: 'password', value: password }],
      }),
    );
  }
  const id = (await find())?.id;
  const clientUniqueId = (await findClient(admin, realm, PORTAL_CLIENT))?.id;
  if (id === undefined || clientUniqueId === undefined) throw new SetUpError(`user ${username} was not made`);
  const held = await admin.users.listClientRoleMappings({ realm, id, clientUniqueId });
  if (held.some(({ name }) => name === PREVIEW_ROLE)) return;
  const role = await admin.clients.findRole({ realm, id: clientUniqueId, roleName: PREVIEW_ROLE });
  if (role?.id === undefined) throw new SetUpError(`client ${PORTAL_CLIENT} has no role ${PREVIEW_ROLE}`);
  const roles = [{ id: role.id, name: PREVIEW_ROLE }];
  await change(log, `let ${username} see the preview`, () =>
    admin.users.addClientRoleMappings({ realm, id, clientUniqueId, roles }),
  );
}
