/**
 * The group of the realm that every account is in from when the portal makes it until its person has signed in. Where the
 * server has fine-grained admin permissions the portal may manage the members of this group and nobody else
 * (`npm run keycloak:setup` makes it): what a stolen secret can do ends with it. It carries no role.
 */
export const SIGN_UP_GROUP = 'vestibule-sign-ups';

/** The group's path, as Keycloak takes it when an account is made. */
export const SIGN_UP_GROUP_PATH = `/${SIGN_UP_GROUP}`;
