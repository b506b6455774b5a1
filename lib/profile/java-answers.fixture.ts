import answers from './java-answers.json';

/**
 * What Java 17.0.15 says, and `org.keycloak.utils.EmailValidationUtil` of Keycloak 26.7.3 for the e-mails: each row was
 * made by running the rule itself, over chosen cases and random changes of them.
 */
export const javaAnswers = answers as unknown as {
  readonly email: readonly (readonly [value: string, isValid: boolean])[];
  readonly 'iso-date': readonly (readonly [value: string, isValid: boolean])[];
  readonly 'local-date': readonly (readonly [locale: string, value: string, isValid: boolean])[];
  /** `url` when `URI.toURL` works too, `ok` when only `new URI` does. */
  readonly uri: readonly (readonly [value: string, answer: 'bad' | 'ok' | 'url'])[];
  readonly long: readonly (readonly [text: string, value: string | null])[];
  readonly double: readonly (readonly [text: string, value: string | null])[];
  readonly pattern: readonly (readonly [javaPattern: string, matching: string[], other: string[]])[];
  readonly 'message-format': readonly (readonly [
    pattern: string,
    locale: string,
    args: (string | number | null)[],
    text: string,
  ])[];
};
