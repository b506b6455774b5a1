import type { SentSignUp } from '@/components/embed/embedded-waiting';
import { EmbeddedUnavailableView, EmbeddedView } from '@/components/pages/embedded-view';
import { INITIAL_STATE } from '@/components/sign-up/state';
import { PREVIEW_PERSON, PREVIEW_WAIT } from '@/lib/preview/people';
import { ownField } from '@/lib/sign-up/request';
import { answerForm, answerResend } from '../actions';
import { actionsOf, everyError, type FormOptions, stillForm } from './form';
import type { Stage } from './stage';

async function page(stage: Stage, begin?: Partial<SentSignUp>, options: FormOptions = {}) {
  const { locale, client, settings, frame, to } = stage;
  const actions = actionsOf(settings, options.mode);
  const made: SentSignUp = {
    sealed: '',
    email: PREVIEW_PERSON.email,
    actions,
    failed: false,
    wait: PREVIEW_WAIT,
    still: 'waiting',
    ...begin,
  };
  // The form of a good state goes on to the page that waits, as in a real frame.
  const answer = options.answer ?? { ...INITIAL_STATE, sent: made };
  const { action: _, ...form } = await stillForm(stage, options);
  return (
    <EmbeddedView
      locale={locale}
      client={client}
      actions={actions}
      isRenewed={false}
      providers={[]}
      links={frame.links}
      origins={[]}
      form={form}
      submit={answerForm.bind(null, answer)}
      resend={answerResend.bind(null, { text: '', good: true, wait: made.wait, failed: made.failed })}
      pendingField={ownField('pending')}
      continueUrl={to('embed')}
      hidden={{}}
      {...(begin === undefined ? {} : { sent: made })}
    />
  );
}

export const EMBED = {
  embed: (stage: Stage) => page(stage),
  'embed-errors': async (stage: Stage) => page(stage, undefined, { mode: 'form', answer: await everyError(stage) }),
  'embed-waiting': (stage: Stage) => page(stage, {}),
  'embed-mail-failed': (stage: Stage) => page(stage, { failed: true }),
  'embed-confirmed': (stage: Stage) => page(stage, { still: 'confirmed' }),
  'embed-verified': (stage: Stage) => page(stage, { still: 'verified' }),
  'embed-gone': (stage: Stage) => page(stage, { still: 'gone' }),
  'embed-tired': (stage: Stage) => page(stage, { still: 'tired' }),
  'embed-unavailable': ({ locale, to }: Stage) => (
    <EmbeddedUnavailableView locale={locale} address={to('embed')} origins={[]} />
  ),
};
