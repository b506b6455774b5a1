import { z } from 'zod';
import { captchaKind } from '@/lib/captcha-kinds';
import { LOCALES } from '@/lib/i18n/locales';
import { extraAction, passwordMode } from '@/lib/required-actions';
import { COLOUR_NAMES, COLOURS } from './colours';
import { FONT_NAMES } from './fonts';

/** An object that takes no other keys, and names those that it takes. */
function object<Shape extends z.ZodRawShape>(shape: Shape) {
  return z.strictObject(shape, {
    error: (issue) => {
      if (issue.code === 'unrecognized_keys')
        return `does not know ${issue.keys.join(', ')}; it takes ${Object.keys(shape).join(', ')}`;
      return issue.code === 'invalid_type' ? 'must be an object' : undefined;
    },
  });
}

const words = z.string({ error: 'must be text' }).min(1, { error: 'must not be empty' });

const colour = z.string().regex(/^#[0-9a-f]{6}$/i, { error: 'must be a colour such as #0b5d66' });

const LINK = 'must be an http(s) address or a path on the portal that starts with one slash';
const link = z.union([z.url({ protocol: /^https?$/ }), z.string().regex(/^\/(?!\/)/)], { error: LINK });

const origin = z
  .string({ error: 'must be an origin such as https://shop.example.com' })
  .refine((value) => /^https?:\/\/[^*]+$/.test(value) && URL.canParse(value) && new URL(value).origin === value, {
    error: 'must be an exact origin such as https://shop.example.com, without a path, a slash at the end or *',
  });

/** One value for each language of the portal; any may be missing. */
const localized = <Value extends z.ZodType>(value: Value) =>
  object(
    Object.fromEntries(LOCALES.map((locale) => [locale, value.optional()])) as Record<
      (typeof LOCALES)[number],
      z.ZodOptional<Value>
    >,
  );

const oneOrLocalized = <Value extends z.ZodType>(value: Value, error: string) =>
  z.union([value, localized(value)], { error });

const colours = object(
  Object.fromEntries(COLOUR_NAMES.map((name) => [name, colour.describe(COLOURS[name].use).optional()])) as Record<
    keyof typeof COLOURS,
    z.ZodOptional<typeof colour>
  >,
);

const font = z.enum(FONT_NAMES, { error: `must be one of ${FONT_NAMES.join(', ')}` });

const brand = object({
  name: words.describe("What the brand is called. Else the client's name, or the realm's.").optional(),
  logo: object({
    light: link.describe('On the panel in the light scheme.'),
    dark: link.describe('The same in the dark scheme, if it differs.').optional(),
    withName: z
      .boolean({ error: 'must be true or false' })
      .describe('True where the name should stand beside the logo, since the picture does not hold it.')
      .optional(),
  }).optional(),
  favicon: link.describe("The icon of the browser's tab.").optional(),
  colors: object({ light: colours.optional(), dark: colours.optional() }).optional(),
  corner: z
    .string()
    .regex(/^(\d|1\d|2[0-4])(\.\d+)?px$|^[01](\.\d+)?rem$/, {
      error: 'must be a length up to 24px or 1.9rem, such as 12px or 0.75rem',
    })
    .describe('How round corners are.')
    .optional(),
  font: font.describe("Of the systems' own fonts; none is fetched.").optional(),
  headingFont: font.describe('Where headings have another one.').optional(),
  panel: z
    .enum(['glow', 'flat'], { error: 'must be glow or flat' })
    .describe('Whether the panel is lighter and darker at its ends.')
    .optional(),
  claim: localized(words).describe('A sentence on the panel, on screens that have room for it.').optional(),
});

const domainList = z.array(
  z.string().regex(/^(?:[=.]?[a-z0-9-]|[^@\s]+@)[a-z0-9.-]*$/, {
    error: 'must be a lower-case domain such as example.com, =example.com or .example.com, or an address',
  }),
);

const refuseOrAllow = z.enum(['refuse', 'allow'], { error: 'must be refuse or allow' });

const onOrOff = z.boolean({ error: 'must be true or false' });

const version = z
  .string({ error: 'must be text such as 2026-03-01' })
  .regex(/^[\w.-]{1,64}$/, { error: 'must have up to 64 letters, digits, dots, dashes and underscores' });

const document = object({
  url: link.describe('Where the terms stand.').optional(),
  text: words.describe('The terms themselves; line breaks are kept.').optional(),
}).refine(({ url, text }) => (url === undefined) !== (text === undefined), {
  error: 'must have either url or text',
});

const NONE = 'must be an object, or false where there are none';

const terms = object({
  version: version.describe('Whoever has accepted another one is asked again at the next sign-in.'),
  documents: localized(document).refine((all) => Object.keys(all).length > 0, {
    error: `must have the terms in at least one language (${LOCALES.join(', ')})`,
  }),
});

const marketing = object({
  version: version.describe('Stored with the consent.'),
  text: localized(words).describe('What the visitor may agree to. Where a language is missing nobody is asked in it.'),
});

/** What can be said for everyone and, over that, for one client. */
const settings = {
  brand: brand.optional(),
  links: object({
    privacy: oneOrLocalized(link, LINK).optional(),
    terms: oneOrLocalized(link, LINK).optional(),
    help: oneOrLocalized(link, LINK).optional(),
  })
    .describe('At the end of every page; an address, or one for each language.')
    .optional(),
  texts: localized(z.record(z.string(), words, { error: 'must be an object of message keys and texts' }))
    .describe('Other words for texts of the portal, by language and by key of messages/en.json, such as signUp.title.')
    .optional(),
  passwordMode: passwordMode.describe('Instead of PASSWORD_MODE.').optional(),
  captcha: captchaKind.describe('Instead of CAPTCHA.').optional(),
  captchaFromAttempt: z
    .int({ error: 'must be a whole number from 1 to 1000' })
    .min(1, { error: 'must be at least 1' })
    .max(1_000, { error: 'must be at most 1000' })
    .describe('Instead of CAPTCHA_FROM_ATTEMPT.')
    .optional(),
  extraActions: z.array(extraAction).describe('Instead of EXTRA_ACTIONS.').optional(),
  emailDomains: object({
    allow: domainList.describe('Only these may sign up; empty: all.').optional(),
    deny: domainList.describe('These may not.').optional(),
    notDisposable: domainList.describe('These are never taken for disposable.').optional(),
  })
    .describe(
      'example.com is the domain and its subdomains, =example.com it alone, .example.com these alone; or an address.',
    )
    .optional(),
  disposableEmail: refuseOrAllow.describe('Addresses to throw away; else refused.').optional(),
  plusAddressing: refuseOrAllow
    .describe('Addresses with a tag, such as ada+shop@example.com; else allowed.')
    .optional(),
  deceptiveEmail: refuseOrAllow
    .describe('Addresses with invisible characters, or a domain that looks like another; else refused.')
    .optional(),
  passwordRules: object({
    common: onOrOff.describe('Common passwords are refused.').optional(),
    context: onOrOff.describe("So are those made of the visitor's or the product's names.").optional(),
    leaked: onOrOff.describe('So are leaked ones, where LEAKED_PASSWORDS_URL is set.').optional(),
  })
    .describe("Besides the realm's policy, for passwords on the form; what is not false holds.")
    .optional(),
  identityProviders: z
    .array(words)
    .describe("Aliases of the realm's providers to offer, in this order; empty: none. Else all, in the realm's order.")
    .optional(),
  afterSignUp: link.describe('Where a visitor goes on to who came without a redirect URI of the client.').optional(),
  terms: z
    .union([z.literal(false), terms], { error: NONE })
    .describe('What must be accepted.')
    .optional(),
  marketing: z
    .union([z.literal(false), marketing], { error: NONE })
    .describe('What may be agreed to.')
    .optional(),
};

const client = object({
  ...settings,
  name: words.describe('What Keycloak calls the client.').optional(),
  baseUrl: link.describe("The client's home, where afterSignUp says nothing.").optional(),
  logoUri: link.describe("The client's logo in Keycloak, where brand.logo says nothing.").optional(),
  policyUri: link.describe('Privacy in Keycloak, where links.privacy says nothing.').optional(),
  tosUri: link.describe('Terms in Keycloak, where links.terms says nothing.').optional(),
  origins: z.array(origin).describe('Web origins that may frame the portal and get its messages.').default([]),
  defaultScopes: z.array(z.string()).default([]),
  optionalScopes: z.array(z.string()).default([]),
});

/** The whole portal configuration. */
export const configSchema = object({
  $schema: z.string().describe('For editors.').optional(),
  ...settings,
  clients: z.record(z.string(), client, { error: 'must be an object of client ids' }).default({}),
});

/** What the operator says about the portal and its clients; everything else comes from the realm. */
export type PortalConfig = z.output<typeof configSchema>;
export type ClientConfig = z.output<typeof client>;
export type Terms = z.output<typeof terms>;
export type Marketing = z.output<typeof marketing>;
