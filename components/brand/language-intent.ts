/** Marks the links that switch the language; a form on the page keeps what was typed when one is followed. */
export const LANGUAGE_LINK = 'data-language';

/** The name and value of the buttons that do the same by posting the form, where no script runs. */
export const INTENT_FIELD = '$intent';
export const SWITCH_LANGUAGE = 'language';
