/** The role of the portal's own client in Keycloak that opens the preview. */
export const PREVIEW_ROLE = 'preview';
