/** One role of `realm-management` that the portal's service account holds, and what it is for. */
export interface NeededRole {
  readonly name: string;
  readonly why: string;
}

/** The role that stands for the fine-grained permissions where there are none. */
export const MANAGE_USERS = 'manage-users';

const always: NeededRole = {
  name: 'view-realm',
  why: 'read the password policy, the verification and language settings and the required actions; without it Keycloak shows seven keys of the realm and no policy',
};

const forUsers: NeededRole = {
  name: MANAGE_USERS,
  why: "where Keycloak has no fine-grained admin permissions, or with --permissions roles: create the account, send its verification mail, look an address up, read the user profile. It can do the same to every account, an administrator's too",
};

const forProviders: NeededRole = {
  name: 'view-identity-providers',
  why: 'list the identity providers for "continue with …" buttons; Keycloak masks their secrets (only with --identity-providers)',
};

/**
 * The least roles the portal works with (measured role by role on Keycloak 26.7.3). Never `view-clients`: it returns the
 * secret of every client in clear. `manage-users` is the whole realm in the hands of a thief (it can reset an
 * administrator's password), so it is only given where there is nothing smaller: see `PORTAL_PERMISSIONS`.
 * @param withProviders true where the portal offers identity providers
 * @param fineGrained true where the portal manages accounts by fine-grained permissions
 */
export function neededRoles(withProviders: boolean, fineGrained: boolean): readonly NeededRole[] {
  return [...(fineGrained ? [] : [forUsers]), always, ...(withProviders ? [forProviders] : [])];
}

/** A role that an account holds. */
export interface HeldRole {
  /** Client id of the client that owns the role; empty for a realm role. */
  readonly client: string;
  readonly name: string;
}

/**
 * Finds the roles that go beyond what is needed.
 * @param held roles mapped to the service account itself
 * @param defaultRole the realm's default role (`default-roles-{realm}`), which every account gets and no token of this
 * client carries, since the client's scope is closed
 */
export function surplusRoles(
  held: readonly HeldRole[],
  needed: readonly NeededRole[],
  defaultRole: string,
): HeldRole[] {
  return held.filter(
    ({ client, name }) =>
      !(client === 'realm-management' && needed.some((role) => role.name === name)) &&
      !(client === '' && name === defaultRole),
  );
}

/** A role as the person at the terminal knows it from the admin console. */
export function roleLabel({ client, name }: HeldRole): string {
  return client === '' ? `realm role ${name}` : `${client}/${name}`;
}
