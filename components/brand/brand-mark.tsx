import type { BrandView } from '@/lib/brand/view';

/** The brand's logo, with its name where the picture does not hold it; the name alone where there is no logo. */
export function BrandMark({ brand }: { readonly brand: BrandView }) {
  const { name, logo } = brand;
  if (logo === undefined) {
    return (
      <span className="flex items-center gap-3 font-heading text-lg font-semibold ltr:tracking-tight">
        <svg
          aria-hidden="true"
          viewBox="0 0 32 32"
          className="size-8 flex-none"
          fill="none"
          stroke="currentColor"
          strokeWidth="2"
        >
          <path d="M6 28V15a10 10 0 0 1 20 0v13" strokeLinecap="round" />
          <path d="M12 28V16a4 4 0 0 1 8 0v12M4 28h24" strokeLinecap="round" />
        </svg>
        {name}
      </span>
    );
  }
  return (
    <span className="flex items-center gap-3 font-heading text-lg font-semibold ltr:tracking-tight">
      {/* An operator's logo may stand anywhere; the optimizer would need its host at build time. */}
      <picture className="flex-none">
        {logo.dark === undefined ? null : <source srcSet={logo.dark} media="(prefers-color-scheme: dark)" />}
        <img
          src={logo.light}
          alt={logo.withName ? '' : name}
          className={logo.withName ? 'size-9 object-contain' : 'h-9 w-auto max-w-52 object-contain'}
        />
      </picture>
      {logo.withName ? name : null}
    </span>
  );
}
