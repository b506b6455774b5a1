import { getTranslations } from 'next-intl/server';
import { type FrameView, Shell } from '@/components/brand/shell';
import { SignInForm } from '@/components/journey/sign-in-form';
import { EmailAddress } from '@/components/ui/email-address';
import { PageHeading } from '@/components/ui/page-heading';

interface AnonymousViewProps {
  readonly frame: FrameView;
  readonly signIn: (form: FormData) => Promise<void>;
  readonly signUpUrl: string;
}

/** Nobody is signed in. */
export async function AnonymousView({ frame, signIn, signUpUrl }: AnonymousViewProps) {
  const t = await getTranslations({ locale: frame.locale });
  return (
    <Shell frame={frame}>
      <PageHeading title={t('welcome.anonymousTitle')}>{t('welcome.anonymousLead')}</PageHeading>
      <div className="flex flex-wrap gap-3">
        <SignInForm action={signIn} locale={frame.locale} label={t('verified.signIn')} />
        <a href={signUpUrl} className="button button-quiet">
          {t('welcome.createAccount')}
        </a>
      </div>
    </Shell>
  );
}

interface WelcomeViewProps {
  readonly frame: FrameView;
  readonly person: { readonly name: string; readonly email: string };
  /** What the client is called, if it is known. */
  readonly client: string | undefined;
  /** Where the visitor goes on to; undefined where there is nowhere. */
  readonly address: string | undefined;
  /** Whether that is the visitor's could not be found out: it is not offered then. */
  readonly isUnchecked: boolean;
  /** Where the page goes on to by itself. */
  readonly handOver: string | undefined;
  readonly signOut: (form: FormData) => Promise<void>;
}

/** The end of the way: signed in, with the way on to the product. */
export async function WelcomeView(props: WelcomeViewProps) {
  const { frame, person, client, address, isUnchecked, handOver, signOut } = props;
  const t = await getTranslations({ locale: frame.locale });
  return (
    <Shell frame={frame} step="done">
      <PageHeading title={t('welcome.title', { name: person.name })}>
        <p>{t('welcome.lead')}</p>
        {/* A page and not a redirect: browsers hold a form's redirects, however many, against its policy (form-action). */}
        {handOver === undefined ? null : <meta httpEquiv="refresh" content={`0;url=${handOver}`} />}
        <p className="mt-2 text-base">
          {t('welcome.account')}{' '}
          <span className="font-medium text-ink">
            <EmailAddress address={person.email} />
          </span>
        </p>
      </PageHeading>
      {isUnchecked ? <p className="mb-6">{t('welcome.unchecked')}</p> : null}
      <div className="flex flex-wrap gap-3">
        {address !== undefined && !isUnchecked ? (
          <a href={address} className="button">
            {client === undefined ? t('welcome.continue') : t('welcome.continueTo', { client })}
          </a>
        ) : null}
        <SignInForm action={signOut} locale={frame.locale} label={t('common.signOut')} quiet />
      </div>
    </Shell>
  );
}
