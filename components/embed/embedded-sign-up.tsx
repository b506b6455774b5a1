'use client';

import { type ComponentProps, type ReactNode, useEffect, useRef, useState } from 'react';
import type { ResendState } from '@/components/journey/resend-form';
import { dropDraft } from '@/components/sign-up/draft';
import { SignUpForm } from '@/components/sign-up/sign-up-form';
import type { SignUpState } from '@/components/sign-up/state';
import { EmbeddedWaiting, type SentSignUp, type WaitingLabels } from './embedded-waiting';
import { reportHeight, tellParent } from './parent';

/** The form's answer; `sent` once there is a sign-up. */
export type EmbeddedAnswer = SignUpState & { readonly sent?: SentSignUp };

interface EmbeddedSignUpProps {
  /** Origins that may get this page's messages. */
  readonly origins: readonly string[];
  readonly form: Omit<ComponentProps<typeof SignUpForm>, 'action'>;
  readonly action: (state: SignUpState, form: FormData) => Promise<EmbeddedAnswer>;
  readonly resend: (state: ResendState, form: FormData) => Promise<ResendState>;
  /** Name of the field with the sealed sign-up. */
  readonly pendingField: string;
  readonly continueUrl: string;
  readonly labels: WaitingLabels;
  /** Stands above the form. */
  readonly heading: ReactNode;
  /** The sign-up to begin with, where the page is only looked at. */
  readonly begin?: SentSignUp | undefined;
  /** Stands below the form. */
  readonly children: ReactNode;
}

/**
 * The sign-up in a frame: the form, and in its place what comes after. All of it is remembered by the page itself, since
 * browsers give a frame of another site no cookies. What happens is told to the page around it.
 */
export function EmbeddedSignUp(props: EmbeddedSignUpProps) {
  const { origins, action, pendingField } = props;
  const [sent, setSent] = useState(props.begin);
  const [isChanging, setIsChanging] = useState(false);
  const last = useRef<SentSignUp>(undefined);

  useEffect(() => {
    tellParent(origins, { event: 'ready' });
    return reportHeight(origins);
  }, [origins]);

  useEffect(() => {
    if (sent === undefined) return;
    // The form has kept a draft as it left.
    dropDraft();
    tellParent(origins, { event: 'submitted' });
  }, [sent, origins]);

  const submit = async (state: SignUpState, form: FormData): Promise<SignUpState> => {
    if (last.current !== undefined) form.set(pendingField, last.current.sealed);
    const fail = () => tellParent(origins, { event: 'error', reason: 'problem' });
    const answer = await action(state, form).catch((error: unknown) => {
      fail();
      throw error;
    });
    if (answer.problem !== undefined) fail();
    if (answer.sent !== undefined) {
      last.current = answer.sent;
      setSent(answer.sent);
      setIsChanging(false);
    }
    return answer;
  };

  if (sent !== undefined && !isChanging) {
    return (
      <EmbeddedWaiting
        sent={sent}
        locale={props.form.locale}
        labels={props.labels}
        resend={props.resend}
        pendingField={pendingField}
        continueUrl={props.continueUrl}
        onVerified={() => tellParent(origins, { event: 'verified' })}
        onStartOver={() => setIsChanging(true)}
      />
    );
  }
  return (
    <>
      {props.heading}
      <SignUpForm {...props.form} action={submit} />
      {props.children}
    </>
  );
}
