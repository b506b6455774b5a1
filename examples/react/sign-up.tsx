import { type DetailedHTMLProps, type HTMLAttributes, useEffect } from 'react';

/** Why there is no sign-up: `problem` and `unavailable` by the portal, `timeout` and `attributes` by the element. */
export type SignUpError = 'problem' | 'unavailable' | 'timeout' | 'attributes';

export interface SignUpProps {
  /** The portal's address, such as https://signup.example.com. */
  readonly portal: string;
  readonly clientId: string;
  readonly locale?: string;
  /** Where people go on to once they have signed in; one of the client's redirect URIs in Keycloak. */
  readonly redirectUri?: string;
  readonly state?: string;
  readonly scopes?: string;
  readonly loginHint?: string;
  readonly onReady?: () => void;
  readonly onSubmitted?: () => void;
  readonly onVerified?: () => void;
  readonly onError?: (reason: SignUpError) => void;
}

interface ElementAttributes extends DetailedHTMLProps<HTMLAttributes<HTMLElement>, HTMLElement> {
  portal: string;
  'client-id': string;
  locale?: string | undefined;
  'redirect-uri'?: string | undefined;
  state?: string | undefined;
  scopes?: string | undefined;
  'login-hint'?: string | undefined;
  onready?: (() => void) | undefined;
  onsubmitted?: (() => void) | undefined;
  onverified?: (() => void) | undefined;
  onerror?: ((event: CustomEvent<{ reason: SignUpError }>) => void) | undefined;
}

declare module 'react' {
  namespace JSX {
    interface IntrinsicElements {
      'vestibule-sign-up': ElementAttributes;
    }
  }
}

/** The sign-up of the portal, in a frame. Until its script is there, and where it can't be, it is a link. */
export function SignUp(props: SignUpProps) {
  const { portal, clientId, locale } = props;

  useEffect(() => {
    const source = `${portal}/embed.js`;
    if (document.querySelector(`script[src="${source}"]`) !== null) return;
    const script = document.createElement('script');
    script.src = source;
    document.head.append(script);
  }, [portal]);

  return (
    <vestibule-sign-up
      portal={portal}
      client-id={clientId}
      locale={locale}
      redirect-uri={props.redirectUri}
      state={props.state}
      scopes={props.scopes}
      login-hint={props.loginHint}
      onready={props.onReady}
      onsubmitted={props.onSubmitted}
      onverified={props.onVerified}
      onerror={({ detail }) => props.onError?.(detail.reason)}
    >
      <a href={`${portal}/sign-up?${new URLSearchParams({ client_id: clientId })}`}>Create an account</a>
    </vestibule-sign-up>
  );
}
