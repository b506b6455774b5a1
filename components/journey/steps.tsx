import { getTranslations } from 'next-intl/server';

const STEPS = ['details', 'verify', 'done'] as const;
export type Step = (typeof STEPS)[number];

/** Where the visitor stands on the way from details to done. */
export async function Steps({ locale, step }: { readonly locale: string; readonly step: Step }) {
  const t = await getTranslations({ locale, namespace: 'steps' });
  const current = STEPS.indexOf(step);
  return (
    <nav aria-label={t('label')}>
      <ol className="flex gap-x-4 gap-y-2 lg:flex-col lg:gap-0">
        {STEPS.map((one, index) => {
          const state = index < current || step === 'done' ? 'finished' : index === current ? 'current' : 'ahead';
          return (
            <li
              key={one}
              aria-current={index === current ? 'step' : undefined}
              className="group relative flex items-center sm:flex-1 gap-2.5 text-sm lg:items-start lg:gap-4 lg:pb-10 lg:text-base"
            >
              <span
                aria-hidden="true"
                className={`flex size-7 flex-none items-center justify-center rounded-full border text-sm font-semibold lg:size-8 ${
                  state === 'ahead' ? 'border-on-panel/60' : 'border-on-panel bg-on-panel text-panel'
                }`}
              >
                {state === 'finished' ? (
                  <svg
                    aria-hidden="true"
                    viewBox="0 0 16 16"
                    className="size-4"
                    fill="none"
                    stroke="currentColor"
                    strokeWidth="2"
                  >
                    <path d="m3 8.5 3.2 3.2L13 5" />
                  </svg>
                ) : (
                  index + 1
                )}
              </span>
              <span
                aria-hidden="true"
                className="absolute start-4 top-9 hidden h-[calc(100%-2.5rem)] w-px bg-on-panel/40 group-last:hidden lg:block"
              />
              <span
                className={`leading-tight lg:pt-1 ${state === 'current' ? 'font-semibold' : ''} ${index === current ? '' : 'max-sm:sr-only'}`}
              >
                {t(one)}
                {state === 'ahead' ? null : <span className="sr-only">, {t(state)}</span>}
              </span>
            </li>
          );
        })}
      </ol>
    </nav>
  );
}
