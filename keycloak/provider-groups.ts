import type KeycloakAdminClient from '@keycloak/keycloak-admin-client';
import { SIGN_UP_GROUP, SIGN_UP_GROUP_PATH } from '../lib/sign-up-group';
import { type ChangeLog, change } from './change-log';
import { covers } from './compare';

/** `HardcodedGroupMapper`; for every kind of provider. */
const MAPPER_TYPE = 'oidc-hardcoded-group-idp-mapper';

/**
 * Has whoever comes from an identity provider for the first time begin in the group of sign-ups, as whoever signs up on the
 * form does: until they have signed in the portal may send them the link that confirms their address, and write down which
 * terms they accept. An account that was there before is only linked, and stays out (`syncMode` IMPORT).
 */
export async function setUpProviderGroups(admin: KeycloakAdminClient, realm: string, log: ChangeLog): Promise<void> {
  for (const { alias = '' } of await admin.identityProviders.find({ realm })) {
    const wanted = {
      name: SIGN_UP_GROUP,
      identityProviderAlias: alias,
      identityProviderMapper: MAPPER_TYPE,
      config: { syncMode: 'IMPORT', group: SIGN_UP_GROUP_PATH },
    };
    const current = (await admin.identityProviders.findMappers({ realm, alias })).find(
      ({ name }) => name === SIGN_UP_GROUP,
    );
    if (current === undefined) {
      await change(log, `have newcomers from ${alias} begin in the group ${SIGN_UP_GROUP}`, () =>
        admin.identityProviders.createMapper({ realm, alias, identityProviderMapper: wanted }),
      );
    } else if (!covers(current, wanted) && current.id !== undefined) {
      const query = { realm, alias, id: current.id };
      await change(log, `correct the mapper ${SIGN_UP_GROUP} of ${alias}`, () =>
        admin.identityProviders.updateMapper(query, { ...current, ...wanted }),
      );
    }
  }
}
