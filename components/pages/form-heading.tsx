import { getTranslations } from 'next-intl/server';
import { PageHeading } from '@/components/ui/page-heading';
import { PASSKEY_ACTION } from '@/lib/required-actions';

/** An identity provider with the address that begins signing in with it. */
export interface OfferedProvider {
  readonly alias: string;
  /** Keycloak's id of the kind, for the icon. */
  readonly kind: string;
  readonly name: string;
  readonly href: string;
}

/** Providers with the words of their links. */
export async function providerLinks(providers: readonly OfferedProvider[], locale: string) {
  const t = await getTranslations({ locale, namespace: 'signUp' });
  return providers.map(({ name, ...provider }) => ({ ...provider, label: t('continueWith', { provider: name }) }));
}

interface FormHeadingProps {
  readonly locale: string;
  readonly client: string | undefined;
  /** See `SignUpView`. */
  readonly actions: readonly string[];
  /** Left out in a frame, where the page around it has said that. */
  readonly lead?: string;
}

/** What stands above the form: for whom the account is, and what will be asked for behind the mailed link. */
export async function FormHeading({ locale, client, actions, lead }: FormHeadingProps) {
  const t = await getTranslations({ locale, namespace: 'signUp' });
  return (
    <PageHeading title={client === undefined ? t('title') : t('titleFor', { client })}>
      {lead === undefined ? null : <p>{lead}</p>}
      <p className={lead === undefined ? 'text-base' : 'mt-1 text-base'}>
        {actions.includes('UPDATE_PASSWORD') ? `${t('passwordLater')} ` : null}
        {actions.includes(PASSKEY_ACTION) ? `${t('passkeyLater')} ` : null}
        {t('requiredNote')}
      </p>
    </PageHeading>
  );
}
