'use client';

import { useCallback, useEffect, useImperativeHandle, useRef } from 'react';
import { useReturn } from '@/components/ui/use-return';
import type { PartProps } from './part';
import { type Proof, prove } from './prove';

/** Does the proof of work, and does it anew whenever the last one is used up or too old. It draws nothing itself. */
export default function ProofOfWorkPart({ view, show, onSolved, ref }: PartProps) {
  const work = useRef<Promise<Proof | undefined>>(undefined);
  const running = useRef<AbortController>(undefined);
  const solved = useRef(onSolved);
  useEffect(() => {
    solved.current = onSolved;
  });

  const begin = useCallback(() => {
    running.current?.abort();
    const controller = new AbortController();
    running.current = controller;
    const { signal } = controller;
    show({ phase: 'loading' });
    const proving = prove(view.source, controller, (progress) => {
      if (!signal.aborted) show({ phase: 'working', progress });
    }).then(
      (proof) => {
        if (signal.aborted) return undefined;
        show({ phase: 'done' });
        solved.current();
        return proof;
      },
      () => {
        if (!signal.aborted) show({ phase: 'failed' });
        return undefined;
      },
    );
    work.current = proving;
    return proving;
  }, [show, view.source]);

  useEffect(() => {
    void begin();
    return () => running.current?.abort();
  }, [begin]);

  const reset = useCallback(() => void begin(), [begin]);
  // It still has the token of a sign-up that is long made.
  useReturn(reset);

  useImperativeHandle(ref, () => ({
    reset,
    async token() {
      const proof = await work.current;
      if (proof === undefined) return '';
      return Date.now() < proof.until ? proof.token : ((await begin())?.token ?? '');
    },
  }));

  return null;
}
