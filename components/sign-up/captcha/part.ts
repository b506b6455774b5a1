import type { Ref } from 'react';
import type { CaptchaLook, CaptchaView } from '../state';

/** What a provider's part can be asked for. */
export interface PartHandle {
  /** Throws the token away. */
  reset(): void;
  /** The token, after whatever it takes to get it; empty when there is none. */
  token(): Promise<string>;
}

/** A provider's part of the page, which is loaded once it is needed; a new one is made for each try to load it. */
export interface PartProps {
  readonly view: CaptchaView;
  /** Has the box say how far things are. */
  readonly show: (look: CaptchaLook) => void;
  readonly onSolved: () => void;
  readonly onExpired: (isExpired: boolean) => void;
  readonly ref: Ref<PartHandle>;
}
