/** The name and value of the buttons that switch the language; the form's own code and its action look for them. */
export const INTENT_FIELD = 'intent';
export const SWITCH_LANGUAGE = 'language';
