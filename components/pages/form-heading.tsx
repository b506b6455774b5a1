import { getTranslations } from 'next-intl/server';
import { Providers } from '@/components/sign-up/providers';
import { PageHeading } from '@/components/ui/page-heading';
import { PASSKEY_ACTION } from '@/lib/required-actions';

/** An identity provider with the address that begins signing in with it. */
interface OfferedProvider {
  readonly alias: string;
  /** Keycloak's id of the kind, for the icon. */
  readonly kind: string;
  readonly name: string;
  readonly href: string;
}

export interface FormHeadingProps {
  readonly locale: string;
  /** What the client is called, if it is known. */
  readonly client: string | undefined;
  /** What the mailed link will ask for, by the ids of Keycloak's required actions. */
  readonly actions: readonly string[];
  /** An older build's page was sent, and this one stands in its place. */
  readonly isRenewed: boolean;
  readonly providers: readonly OfferedProvider[];
  /** In a frame the page around it has said what this is about, and signing in takes the whole window. */
  readonly inFrame?: boolean;
}

/** What stands above the form: for whom the account is, what will be asked for behind the mailed link, and other ways. */
export async function FormHeading(props: FormHeadingProps) {
  const { locale, client, actions, isRenewed, providers, inFrame = false } = props;
  const t = await getTranslations({ locale });
  return (
    <>
      <PageHeading title={client === undefined ? t('signUp.title') : t('signUp.titleFor', { client })}>
        {inFrame ? null : <p>{t('signUp.lead')}</p>}
        <p className={inFrame ? 'text-base' : 'mt-1 text-base'}>
          {actions.includes('UPDATE_PASSWORD') ? `${t('signUp.passwordLater')} ` : null}
          {actions.includes(PASSKEY_ACTION) ? `${t('signUp.passkeyLater')} ` : null}
          {t('signUp.requiredNote')}
        </p>
      </PageHeading>
      {isRenewed ? (
        <p
          role="alert"
          className={`mb-8 rounded-brand border border-line px-5 py-4 font-medium ${inFrame ? 'bg-page' : 'bg-surface'}`}
        >
          {t('problems.renewed')}
        </p>
      ) : null}
      {providers.length === 0 ? null : (
        <Providers
          title={t('signUp.providers')}
          divider={t('signUp.orForm')}
          providers={providers.map(({ name, ...one }) => ({
            ...one,
            label: t('signUp.continueWith', { provider: name }),
          }))}
          {...(inFrame ? { target: '_top' } : {})}
        />
      )}
    </>
  );
}
