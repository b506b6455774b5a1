export interface Brand {
  readonly name: string;
  readonly logo?: { readonly light: string; readonly dark?: string | undefined } | undefined;
}

/** The brand's logo, or its name where it has none. The panel is dark in both schemes, so the dark logo suits it best. */
export function BrandMark({ brand }: { readonly brand: Brand }) {
  const logo = brand.logo?.dark ?? brand.logo?.light;
  if (logo === undefined) {
    return (
      <span className="flex items-center gap-3 text-lg font-semibold tracking-tight">
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
        {brand.name}
      </span>
    );
  }
  return (
    // An operator's logo may stand anywhere; the optimizer would need its host at build time.
    <picture>
      <img src={logo} alt={brand.name} className="h-8 w-auto max-w-48 object-contain" />
    </picture>
  );
}
