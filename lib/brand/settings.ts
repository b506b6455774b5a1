import { LOCALES, type Locale } from '@/lib/i18n/locales';
import { SCHEMES } from './colours';
import type { ClientConfig, Marketing, PortalConfig, Terms } from './schema';

type Brand = NonNullable<PortalConfig['brand']>;
type Links = NonNullable<PortalConfig['links']>;

/** What the configuration says for the visitors of one client, with what it says for everyone filled in. */
export interface ClientSettings {
  readonly brand: Brand;
  readonly links: Links;
  readonly texts: NonNullable<PortalConfig['texts']>;
  readonly passwordMode?: ClientConfig['passwordMode'];
  readonly captcha?: ClientConfig['captcha'];
  readonly captchaFromAttempt?: ClientConfig['captchaFromAttempt'];
  readonly extraActions?: ClientConfig['extraActions'];
  readonly emailDomains: Readonly<Record<'allow' | 'deny' | 'notDisposable', readonly string[]>>;
  readonly disposableEmail: 'refuse' | 'allow';
  readonly plusAddressing: 'refuse' | 'allow';
  readonly deceptiveEmail: 'refuse' | 'allow';
  readonly passwordRules: Readonly<Record<'common' | 'context' | 'leaked', boolean>>;
  readonly identityProviders?: ClientConfig['identityProviders'];
  /** Where a visitor goes on to who came without a redirect URI. */
  readonly afterSignUp?: string | undefined;
  /** `owner`: the client whose own the terms are, or `*` where they are everyone's. */
  readonly terms?: (Terms & { readonly owner: string }) | undefined;
  readonly marketing?: (Marketing & { readonly owner: string }) | undefined;
  /** What Keycloak calls the client. */
  readonly clientName?: string | undefined;
}

/** Whether anybody at all is asked to accept terms. */
export function asksTerms({ terms, clients }: PortalConfig): boolean {
  return Boolean(terms) || Object.values(clients).some((client) => client.terms);
}

/** The owner of what is said for everyone. No client of Keycloak's has a need for this id. */
const EVERYONE = '*';

/** `one` with the keys of `other` over it; what is undefined leaves the other's alone. */
function over<Value extends object>(one: Value | undefined, other: Value | undefined): Value {
  const said = Object.entries(other ?? {}).filter(([, value]) => value !== undefined);
  return { ...one, ...Object.fromEntries(said) } as Value;
}

/** What holds where nothing is said, under what is said for everyone, under what is said for the client. */
function overAll<Value extends object>(
  unsaid: Value,
  everyones: { readonly [Key in keyof Value]?: Value[Key] | undefined } | undefined,
  clients: { readonly [Key in keyof Value]?: Value[Key] | undefined } | undefined,
): Value {
  return over<object>(over<object>(unsaid, everyones), clients) as Value;
}

function overEach<Key extends string, Value extends object>(
  keys: readonly Key[],
  one: Partial<Record<Key, Value | undefined>> | undefined,
  other: Partial<Record<Key, Value | undefined>> | undefined,
): Record<Key, Value> {
  return Object.fromEntries(keys.map((key) => [key, over(one?.[key], other?.[key])])) as Record<Key, Value>;
}

function mergeBrand(brand: Brand | undefined, client: ClientConfig | undefined): Brand {
  // What Keycloak calls the client and shows for it is the client's own word, and goes before what is said for everyone.
  const fromKeycloak: Brand = {
    name: client?.name,
    logo: client?.logoUri === undefined ? undefined : { light: client.logoUri, withName: true },
  };
  return {
    ...over(over(brand, fromKeycloak), client?.brand),
    colors: overEach(SCHEMES, brand?.colors, client?.brand?.colors),
  };
}

function owned<Value extends object>(
  everyones: Value | false | undefined,
  clients: Value | false | undefined,
  clientId: string | undefined,
): (Value & { owner: string }) | undefined {
  const [value, owner] = clients === undefined ? [everyones, EVERYONE] : [clients, clientId ?? EVERYONE];
  return value ? { ...value, owner } : undefined;
}

/**
 * What holds for the visitors of a client: what is said for everyone, and over it what is said for the client. Colours,
 * links, texts, lists of domains and rules of passwords are taken one by one, everything else whole.
 * @param config the validated configuration
 * @param clientId OIDC `client_id`, anyone's word; undefined, or one that is not configured, gives what holds for everyone
 */
export function settingsOf(config: PortalConfig, clientId: string | undefined): ClientSettings {
  const client =
    clientId !== undefined && Object.hasOwn(config.clients, clientId) ? config.clients[clientId] : undefined;
  const facts: Links = { privacy: client?.policyUri, terms: client?.tosUri };
  return {
    brand: mergeBrand(config.brand, client),
    links: over(over(config.links, facts), client?.links),
    texts: overEach(LOCALES, config.texts, client?.texts),
    passwordMode: client?.passwordMode ?? config.passwordMode,
    captcha: client?.captcha ?? config.captcha,
    captchaFromAttempt: client?.captchaFromAttempt ?? config.captchaFromAttempt,
    extraActions: client?.extraActions ?? config.extraActions,
    emailDomains: overAll<ClientSettings['emailDomains']>(
      { allow: [], deny: [], notDisposable: [] },
      config.emailDomains,
      client?.emailDomains,
    ),
    disposableEmail: client?.disposableEmail ?? config.disposableEmail ?? 'refuse',
    plusAddressing: client?.plusAddressing ?? config.plusAddressing ?? 'allow',
    deceptiveEmail: client?.deceptiveEmail ?? config.deceptiveEmail ?? 'refuse',
    passwordRules: overAll<ClientSettings['passwordRules']>(
      { common: true, context: true, leaked: true },
      config.passwordRules,
      client?.passwordRules,
    ),
    identityProviders: client?.identityProviders ?? config.identityProviders,
    afterSignUp: client?.afterSignUp ?? client?.baseUrl ?? config.afterSignUp,
    terms: owned(config.terms, client?.terms, clientId),
    marketing: owned(config.marketing, client?.marketing, clientId),
    clientName: client?.name,
  };
}

/**
 * The value for a language, of one for all or of one for each.
 * @returns English, or any, where the language has none of its own
 */
export function inLanguage(
  value: string | Partial<Record<Locale, string | undefined>> | undefined,
  locale: Locale,
): string | undefined {
  if (typeof value !== 'object') return value;
  return value[locale] ?? value.en ?? Object.values(value).find((one) => one !== undefined);
}
