'use client';

import type HCaptcha from '@hcaptcha/react-hcaptcha';
import { type Ref, useCallback, useEffect, useImperativeHandle, useRef, useState } from 'react';
import { FieldError } from './field';
import { CAPTCHA_ID, type CaptchaView, errorId } from './state';

/** A script that has not come after this long will not come (milliseconds). */
const PATIENCE_MS = 15_000;

export interface CaptchaHandle {
  /** Loads the widget, if that has not begun. */
  start(): void;
  /** Throws the token away: hCaptcha accepts each only once. */
  reset(): void;
  /** The token; with the invisible widget, after a challenge if it wants one. Empty when there is none. */
  token(): Promise<string>;
}

interface CaptchaProps {
  readonly view: CaptchaView;
  readonly error: string | undefined;
  readonly onSolved: () => void;
  readonly ref: Ref<CaptchaHandle>;
}

/**
 * hCaptcha. Its script is loaded only once the visitor starts on the form: whoever just looks is not shown to a third
 * party, and the page stays light. Its place is kept free from the beginning.
 */
export function Captcha({ view, error, onSolved, ref }: CaptchaProps) {
  const [Loaded, setLoaded] = useState<typeof HCaptcha>();
  const [phase, setPhase] = useState<'waiting' | 'loading' | 'ready' | 'failed'>(view.still ?? 'waiting');
  const [expired, setExpired] = useState(false);
  const [round, setRound] = useState(0);
  const [appearance, setAppearance] = useState<{ theme: 'light' | 'dark'; compact: boolean }>();
  const widget = useRef<HCaptcha>(null);
  const token = useRef('');
  const patience = useRef<ReturnType<typeof setTimeout>>(undefined);
  const isInvisible = view.size === 'invisible';

  const load = () => {
    setPhase('loading');
    clearTimeout(patience.current);
    patience.current = setTimeout(() => setPhase((now) => (now === 'loading' ? 'failed' : now)), PATIENCE_MS);
    setAppearance({
      theme: matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light',
      compact: matchMedia('(max-width: 22.5rem)').matches,
    });
    import('@hcaptcha/react-hcaptcha').then(
      (module) => setLoaded(() => module.default),
      () => setPhase('failed'),
    );
  };

  const forget = () => {
    token.current = '';
  };

  const reset = useCallback(() => {
    token.current = '';
    setExpired(false);
    if (widget.current?.isReady()) widget.current.resetCaptcha();
  }, []);

  useImperativeHandle(ref, () => ({
    start() {
      if (phase === 'waiting' && !view.still) load();
    },
    reset,
    async token() {
      if (token.current !== '' || !isInvisible || widget.current === null) return token.current;
      try {
        return (await widget.current.execute({ async: true })).response;
      } catch {
        // The visitor closed the challenge, or it failed: there is no token, and the form says so.
        return '';
      }
    },
  }));

  // A page from the back-forward cache still shows the tick of a token that is long spent.
  useEffect(() => {
    const onShow = ({ persisted }: PageTransitionEvent) => {
      if (persisted) reset();
    };
    addEventListener('pageshow', onShow);
    return () => {
      removeEventListener('pageshow', onShow);
      clearTimeout(patience.current);
    };
  }, [reset]);

  const { labels } = view;
  return (
    <div>
      <p id={`${CAPTCHA_ID}-label`} className={isInvisible ? 'sr-only' : 'mb-1.5 font-medium'}>
        {labels.label}
      </p>
      <fieldset
        id={CAPTCHA_ID}
        tabIndex={-1}
        aria-labelledby={`${CAPTCHA_ID}-label`}
        aria-describedby={errorId(CAPTCHA_ID)}
        className={
          isInvisible && phase !== 'failed' ? '' : 'relative h-[78px] w-full max-w-[303px] max-[22.5rem]:h-[144px]'
        }
      >
        {phase === 'ready' || (isInvisible && phase !== 'failed') ? null : (
          <p
            className="scripted absolute inset-0 flex items-center gap-3 rounded-md border border-dashed border-line px-4 text-sm text-muted"
            role="status"
          >
            {phase === 'loading' ? <span aria-hidden="true" className="spinner flex-none" /> : null}
            <span>
              {phase === 'failed' ? labels.failedToLoad : phase === 'loading' ? labels.loading : labels.waiting}
              {phase === 'failed' ? (
                <button
                  type="button"
                  className="ms-2 cursor-pointer font-medium text-accent underline"
                  onClick={() => {
                    setRound(round + 1);
                    load();
                  }}
                >
                  {labels.retry}
                </button>
              ) : null}
            </span>
          </p>
        )}
        {Loaded === undefined || appearance === undefined || phase === 'failed' ? null : (
          <Loaded
            key={round}
            ref={widget}
            sitekey={view.siteKey}
            scriptSource={view.scriptUrl}
            languageOverride={view.locale}
            size={isInvisible ? 'invisible' : appearance.compact ? 'compact' : 'normal'}
            theme={appearance.theme}
            sentry={false}
            reCaptchaCompat={false}
            // Not onLoad, which is silent where an earlier form of this page has loaded the script.
            onReady={() => setPhase('ready')}
            onVerify={(solved) => {
              token.current = solved;
              setExpired(false);
              onSolved();
            }}
            onExpire={() => {
              forget();
              setExpired(true);
            }}
            onChalExpired={forget}
            onError={(code) => {
              forget();
              // Other errors are of one challenge; the widget shows them itself and can be tried again.
              if (code === 'script-error' || code === 'network-error') setPhase('failed');
            }}
          />
        )}
      </fieldset>
      <noscript>
        <p className="rounded-brand border border-danger bg-danger-wash px-4 py-3">{labels.needsJavaScript}</p>
      </noscript>
      <FieldError name={CAPTCHA_ID} error={error ?? (expired ? labels.expired : undefined)} />
    </div>
  );
}
