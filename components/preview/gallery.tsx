import { getTranslations } from 'next-intl/server';
import { LOCALE_NAMES, LOCALES } from '@/lib/i18n/locales';
import {
  DIRECTIONS,
  galleryAddress,
  type PreviewChoices,
  SCHEME_CHOICES,
  stateAddress,
  WIDTH_NAMES,
  WIDTHS,
} from '@/lib/preview/choices';
import { PREVIEW_PAGES, PREVIEW_STATES } from '@/lib/preview/states';

interface GalleryProps {
  /** The gallery's own language. */
  readonly locale: string;
  readonly choices: PreviewChoices;
  readonly clients: readonly { readonly id: string; readonly name: string }[];
}

interface ChoiceProps {
  readonly name: keyof PreviewChoices;
  readonly label: string;
  readonly value: string;
  readonly options: readonly { readonly value: string; readonly label: string; readonly lang?: string }[];
}

function Choice({ name, label, value, options }: ChoiceProps) {
  return (
    <label className="grid min-w-0 gap-1 text-sm font-medium">
      {label}
      <select name={name} defaultValue={value} className="control font-normal">
        {options.map((option) => (
          <option key={option.value} value={option.value} lang={option.lang}>
            {option.label}
          </option>
        ))}
      </select>
    </label>
  );
}

async function Choices({ locale, choices, clients }: GalleryProps) {
  const t = await getTranslations({ locale, namespace: 'preview' });
  return (
    <form
      aria-label={t('choices')}
      // Not a state: the form is drawn anew with what is chosen now.
      key={galleryAddress(choices)}
      className="grid grid-cols-2 items-end gap-3 sm:grid-cols-3 xl:grid-cols-6"
    >
      <input type="hidden" name="state" value={choices.state} />
      <Choice
        name="client"
        label={t('client')}
        value={choices.client}
        options={[{ value: '', label: t('everyone') }, ...clients.map(({ id, name }) => ({ value: id, label: name }))]}
      />
      <Choice
        name="lang"
        label={t('language')}
        value={choices.lang}
        options={LOCALES.map((one) => ({ value: one, label: LOCALE_NAMES[one], lang: one }))}
      />
      <Choice
        name="dir"
        label={t('direction')}
        value={choices.dir}
        options={DIRECTIONS.map((one) => ({ value: one, label: t(`directions.${one}`) }))}
      />
      <Choice
        name="scheme"
        label={t('scheme')}
        value={choices.scheme}
        options={SCHEME_CHOICES.map((one) => ({ value: one, label: t(`schemes.${one}`) }))}
      />
      <Choice
        name="width"
        label={t('width')}
        value={choices.width}
        options={WIDTH_NAMES.map((one) => ({
          value: one,
          label: t(`widths.${one}`, { pixels: String(WIDTHS[one]) }),
        }))}
      />
      <button type="submit" className="button min-h-[2.875rem]">
        {t('show')}
      </button>
    </form>
  );
}

async function StateList({ locale, choices }: Pick<GalleryProps, 'locale' | 'choices'>) {
  const t = await getTranslations({ locale, namespace: 'preview' });
  return (
    <nav
      aria-label={t('statesLabel')}
      className="border-hairline bg-surface px-5 pb-6 max-lg:border-t max-lg:pt-3 lg:sticky lg:top-0 lg:col-start-1 lg:max-h-dvh lg:overflow-y-auto lg:border-e"
    >
      {PREVIEW_PAGES.map(({ id, states }) => (
        <details key={id} open={states.some((state) => state === choices.state)} className="disclosure">
          <summary>
            {t(`pages.${id}`)}
            <span className="ms-auto text-sm font-normal text-muted">{states.length}</span>
          </summary>
          <ul className="mb-3 grid">
            {states.map((state) => (
              <li key={state}>
                <a
                  href={galleryAddress({ ...choices, state })}
                  aria-current={state === choices.state ? 'page' : undefined}
                  className="block rounded-md px-3 py-2 text-sm text-ink no-underline hover:bg-page aria-[current]:bg-accent aria-[current]:font-medium aria-[current]:text-on-accent"
                >
                  {t(`states.${state}`)}
                </a>
              </li>
            ))}
          </ul>
        </details>
      ))}
    </nav>
  );
}

/** Every page and state to choose from, and the chosen one in a frame of the chosen width. It works without a script. */
export async function Gallery(props: GalleryProps) {
  const { locale, choices } = props;
  const t = await getTranslations({ locale, namespace: 'preview' });
  const index = PREVIEW_STATES.indexOf(choices.state);
  const neighbours = [
    { label: t('previous'), state: PREVIEW_STATES[index - 1] },
    { label: t('next'), state: PREVIEW_STATES[index + 1] },
  ];
  const page = PREVIEW_PAGES.find(({ states }) => states.some((state) => state === choices.state));
  const title = `${page === undefined ? '' : `${t(`pages.${page.id}`)}: `}${t(`states.${choices.state}`)}`;
  return (
    <div className="grid min-h-dvh grid-cols-[minmax(0,1fr)] bg-page lg:grid-cols-[19rem_minmax(0,1fr)] lg:grid-rows-[auto_1fr]">
      <header className="border-hairline bg-surface px-5 pt-6 pb-4 max-lg:border-b lg:border-e">
        <h1 className="text-2xl font-semibold">{t('title')}</h1>
        <p className="mt-1 text-sm text-muted">{t('lead')}</p>
      </header>
      <main className="flex min-w-0 flex-col gap-5 px-5 py-6 lg:col-start-2 lg:row-span-2 lg:row-start-1 lg:px-8">
        <Choices {...props} />
        <div className="flex flex-wrap items-center gap-x-5 gap-y-1">
          <h2 className="me-auto text-lg font-semibold">{title}</h2>
          <p className="text-sm text-muted">
            {t('position', { number: String(index + 1), count: String(PREVIEW_STATES.length) })}
          </p>
          {neighbours.map(({ label, state }) =>
            state === undefined ? null : (
              <a key={label} href={galleryAddress({ ...choices, state })} className="inline-flex min-h-11 items-center">
                {label}
              </a>
            ),
          )}
          <a href={stateAddress(choices)} target="_blank" rel="noopener" className="inline-flex min-h-11 items-center">
            {t('alone')}
          </a>
        </div>
        <div className="overflow-x-auto rounded-brand border border-hairline bg-hairline/60">
          <iframe
            title={title}
            src={stateAddress(choices)}
            width={WIDTHS[choices.width]}
            className="mx-auto block h-[80dvh] min-h-[40rem] max-w-none"
          />
        </div>
      </main>
      <StateList locale={locale} choices={choices} />
    </div>
  );
}
