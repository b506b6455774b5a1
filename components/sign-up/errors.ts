/** react-hook-form's own view of the form: one entry for each field. The values themselves stay in the page. */
export type FormErrors = Record<string, unknown>;

/** Attribute names may hold dots, which react-hook-form reads as paths; a tilde can't occur in one (`UPConfigUtils`). */
export const errorKey = (name: string): string => name.replaceAll('.', '~');
