'use client';

import { type ComponentType, type Ref, useImperativeHandle, useRef, useState } from 'react';
import { flushSync } from 'react-dom';
import { FieldError } from '../field';
import { CAPTCHA_ID, type CaptchaLook, type CaptchaView, errorId } from '../state';
import { CaptchaBox } from './box';
import type { PartHandle, PartProps } from './part';

export interface CaptchaHandle {
  /** Loads what the CAPTCHA needs, if that has not begun. */
  start(): void;
  /** Throws the token away: each is accepted only once. */
  reset(): void;
  /** The token, once there is one; empty where there is none, undefined where the form may be sent without. */
  token(): Promise<string | undefined>;
}

interface CaptchaProps {
  readonly view: CaptchaView;
  readonly error: string | undefined;
  readonly onSolved: () => void;
  readonly ref: Ref<CaptchaHandle>;
}

const PARTS: Readonly<Record<CaptchaView['provider'], () => Promise<{ default: ComponentType<PartProps> }>>> = {
  hcaptcha: () => import('./hcaptcha'),
  'proof-of-work': () => import('./proof-of-work'),
};

/**
 * The CAPTCHA. All it needs is loaded only once the visitor starts on the form: whoever just looks is not shown to a third
 * party, and the page stays light. Its place is kept free from the beginning.
 */
export function Captcha({ view, error, onSolved, ref }: CaptchaProps) {
  const [loaded, setLoaded] = useState<{ readonly Part: ComponentType<PartProps> }>();
  const [look, setLook] = useState<CaptchaLook>(view.still ?? { phase: 'waiting' });
  const [isExpired, setExpired] = useState(false);
  const rounds = useRef(0);
  const part = useRef<PartHandle>(null);
  const ready = useRef<Promise<void>>(undefined);
  const { labels, provider, size, still } = view;

  const load = () => {
    const loading: CaptchaLook = { phase: 'loading' };
    setLoaded(undefined);
    setLook(loading);
    ready.current = PARTS[provider]().then(
      (module) =>
        // At once, so that whoever waits for it finds it.
        flushSync(() => {
          rounds.current += 1;
          setLook(loading);
          setLoaded({ Part: module.default });
        }),
      () => setLook({ phase: 'failed' }),
    );
  };

  useImperativeHandle(ref, () => ({
    start() {
      if (look.phase === 'waiting' && !still) load();
    },
    reset() {
      setExpired(false);
      part.current?.reset();
    },
    async token() {
      if (still) return '';
      if (look.phase === 'failed' && view.sendsWithout) return undefined;
      if (look.phase === 'failed' || look.phase === 'waiting') load();
      await ready.current;
      return (await part.current?.token()) ?? '';
    },
  }));

  const isHidden = size === 'invisible' && look.phase !== 'failed';
  const isBoxed = look.phase !== 'ready' && !isHidden;
  return (
    <div>
      <p id={`${CAPTCHA_ID}-label`} className={isHidden ? 'sr-only' : 'mb-1.5 font-medium'}>
        {labels.label}
      </p>
      <fieldset
        id={CAPTCHA_ID}
        tabIndex={-1}
        aria-labelledby={`${CAPTCHA_ID}-label`}
        aria-describedby={errorId(CAPTCHA_ID)}
        className={
          isHidden || provider !== 'hcaptcha' ? '' : 'relative h-[78px] w-full max-w-[303px] max-[22.5rem]:h-[144px]'
        }
      >
        {isBoxed ? <CaptchaBox view={view} look={look} onRetry={load} /> : null}
        {loaded === undefined || look.phase === 'failed' ? null : (
          <loaded.Part
            key={rounds.current}
            ref={part}
            view={view}
            show={setLook}
            onSolved={onSolved}
            onExpired={setExpired}
          />
        )}
      </fieldset>
      <noscript>
        <p className="rounded-brand border border-danger bg-danger-wash px-4 py-3">{labels.needsJavaScript}</p>
      </noscript>
      <FieldError name={CAPTCHA_ID} error={error ?? (isExpired ? labels.expired : undefined)} />
    </div>
  );
}
