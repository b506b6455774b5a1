'use client';

import HCaptcha from '@hcaptcha/react-hcaptcha';
import { useCallback, useEffect, useImperativeHandle, useRef, useState } from 'react';
import { useReturn } from '@/components/ui/use-return';
import type { PartProps } from './part';

/** A script that has not come after this long will not come (milliseconds). */
const PATIENCE_MS = 15_000;

/** hCaptcha's widget, which loads its script from there. */
export default function HCaptchaPart({ view, show, onSolved, onExpired, ref }: PartProps) {
  const [appearance] = useState(() => ({
    theme: matchMedia('(prefers-color-scheme: dark)').matches ? ('dark' as const) : ('light' as const),
    compact: matchMedia('(max-width: 22.5rem)').matches,
  }));
  const widget = useRef<HCaptcha>(null);
  const token = useRef('');
  const patience = useRef<ReturnType<typeof setTimeout>>(undefined);
  const isInvisible = view.size === 'invisible';

  const forget = () => {
    token.current = '';
  };

  const reset = useCallback(() => {
    token.current = '';
    if (widget.current?.isReady()) widget.current.resetCaptcha();
  }, []);

  useImperativeHandle(ref, () => ({
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

  // It still has the token of a sign-up that is long made.
  useReturn(reset);

  useEffect(() => {
    patience.current = setTimeout(() => show({ phase: 'failed' }), PATIENCE_MS);
    return () => clearTimeout(patience.current);
  }, [show]);

  return (
    <HCaptcha
      ref={widget}
      sitekey={view.siteKey}
      scriptSource={view.source}
      languageOverride={view.locale}
      size={isInvisible ? 'invisible' : appearance.compact ? 'compact' : 'normal'}
      theme={appearance.theme}
      sentry={false}
      reCaptchaCompat={false}
      // Not onLoad, which is silent where an earlier form of this page has loaded the script.
      onReady={() => {
        clearTimeout(patience.current);
        show({ phase: 'ready' });
      }}
      onVerify={(solved) => {
        token.current = solved;
        onExpired(false);
        onSolved();
      }}
      onExpire={() => {
        forget();
        onExpired(true);
      }}
      onChalExpired={forget}
      onError={(code) => {
        forget();
        // Other errors are of one challenge; the widget shows them itself and can be tried again.
        if (code === 'script-error' || code === 'network-error') show({ phase: 'failed' });
      }}
    />
  );
}
