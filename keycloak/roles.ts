/** One role of `realm-management` that the portal's service account holds, and what it is for. */
export interface NeededRole {
  readonly name: string;
  readonly why: string;
}

const always: readonly NeededRole[] = [
  {
    name: 'manage-users',
    why: 'create the account, send its verification mail, look an address up, read the user profile (the fields of the form)',
  },
  {
    name: 'view-realm',
    why: 'read the password policy, the verification and language settings and the required actions; without it Keycloak answers GET /admin/realms/{realm} with seven keys and no policy',
  },
];

const forProviders: NeededRole = {
  name: 'view-identity-providers',
  why: 'list the identity providers for "continue with …" buttons; Keycloak masks their secrets (only with --identity-providers)',
};

/**
 * The least roles the portal works with (measured role by role on Keycloak 26.7.3). Never `view-clients`: it returns the
 * secret of every client in clear. `manage-users` is strong (it can reset an administrator's password), which is why
 * it sits on a client of its own that no browser ever speaks to.
 * @param withProviders true where the portal offers identity providers
 */
export function neededRoles(withProviders: boolean): readonly NeededRole[] {
  return withProviders ? [...always, forProviders] : always;
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
