/** The name and value of the buttons that switch the language by posting the form, where no script runs. */
export const INTENT_FIELD = '$intent';
export const SWITCH_LANGUAGE = 'language';
