import { CAPTCHA_ID, type CaptchaLook, type CaptchaView } from '../state';

interface CaptchaBoxProps {
  readonly view: CaptchaView;
  readonly look: CaptchaLook;
  readonly onRetry: () => void;
}

/** What stands in the CAPTCHA's place while there is no widget: how far things are, and a way on where they failed. */
export function CaptchaBox({ view: { labels, provider }, look: { phase, progress }, onRetry }: CaptchaBoxProps) {
  const isBusy = phase === 'loading' || phase === 'working';
  const isWork = provider === 'proof-of-work';
  return (
    <div
      className={`scripted items-center rounded-md border border-dashed border-line px-4 text-sm text-muted ${
        isWork ? 'grid min-h-20 content-center gap-2 py-3 sm:min-h-16' : 'absolute inset-0 flex'
      }`}
      data-phase={phase}
    >
      <p className="flex items-center gap-3" role="status" id={`${CAPTCHA_ID}-status`}>
        {isBusy ? <span aria-hidden="true" className="spinner flex-none" /> : null}
        {phase === 'done' ? <span aria-hidden="true" className="check-mark" /> : null}
        <span>
          {labels.phases[phase]}
          {phase === 'failed' ? (
            <button type="button" className="ms-2 cursor-pointer font-medium text-accent underline" onClick={onRetry}>
              {labels.retry}
            </button>
          ) : null}
        </span>
      </p>
      {/* Its place is kept, so that nothing moves when it comes and goes. */}
      {isWork && phase !== 'failed' ? (
        <div className="h-1.5">
          {isBusy ? <progress aria-labelledby={`${CAPTCHA_ID}-status`} value={progress} /> : null}
        </div>
      ) : null}
    </div>
  );
}
