import type { ReactNode } from 'react';

/** A network's colour, and its initial; white on it has a contrast of at least 4.5. */
const INITIALS: Readonly<Record<string, readonly [colour: string, initial: string]>> = {
  apple: ['#000000', 'A'],
  bitbucket: ['#0747a6', 'B'],
  github: ['#24292f', 'G'],
  gitlab: ['#c1360f', 'G'],
  instagram: ['#b4236d', 'I'],
  'openshift-v4': ['#c00000', 'O'],
  paypal: ['#003087', 'P'],
  stackoverflow: ['#a84a06', 'S'],
  twitter: ['#000000', 'X'],
};

/** Simple drawings of our own: nothing is fetched from elsewhere. */
const DRAWINGS: Readonly<Record<string, ReactNode>> = {
  google: (
    <g fill="none" strokeWidth="4">
      <path stroke="#ea4335" d="M6.3 6.3a8 8 0 0 1 11.4 0" />
      <path stroke="#fbbc05" d="M6.3 17.7a8 8 0 0 1 0-11.4" />
      <path stroke="#34a853" d="M17.7 17.7a8 8 0 0 1-11.4 0" />
      <path stroke="#4285f4" d="M12 12h8a8 8 0 0 1-2.3 5.7" />
    </g>
  ),
  microsoft: (
    <>
      <path fill="#f25022" d="M3 3h8.5v8.5H3z" />
      <path fill="#7fba00" d="M12.5 3H21v8.5h-8.5z" />
      <path fill="#00a4ef" d="M3 12.5h8.5V21H3z" />
      <path fill="#ffb900" d="M12.5 12.5H21V21h-8.5z" />
    </>
  ),
  facebook: (
    <>
      <circle cx="12" cy="12" r="10" fill="#0866ff" />
      <path fill="none" stroke="#fff" strokeWidth="2.6" d="M16 7.4h-1.4c-1.4 0-2.1.8-2.1 2.2V22M9 13.2h6.4" />
    </>
  ),
  'linkedin-openid-connect': (
    <>
      <rect x="2" y="2" width="20" height="20" rx="3" fill="#0a66c2" />
      <circle cx="7.3" cy="7.3" r="1.6" fill="#fff" />
      <path fill="none" stroke="#fff" strokeWidth="2.6" d="M7.3 10.4v7.4M11.8 17.8v-7.4m0 3.2c0-3 5-3 5 .3v3.9" />
    </>
  ),
};

/** A sign that leads in, for whatever nobody has a picture of. */
const NEUTRAL = (
  <g
    fill="none"
    stroke="currentColor"
    strokeWidth="2"
    strokeLinecap="round"
    strokeLinejoin="round"
    className="origin-center rtl:-scale-x-100"
  >
    <path d="M13 4h4.5a2 2 0 0 1 2 2v12a2 2 0 0 1-2 2H13" />
    <path d="M4 12h10M10.5 8l4 4-4 4" />
  </g>
);

/** The picture beside a provider's name, which says it already: assistive technology skips the picture. */
export function ProviderIcon({ kind }: { readonly kind: string }) {
  const [colour, initial] = INITIALS[kind] ?? [];
  return (
    <svg aria-hidden="true" viewBox="0 0 24 24" className="size-6 flex-none">
      {DRAWINGS[kind] ??
        (initial === undefined ? (
          NEUTRAL
        ) : (
          <>
            <rect x="2" y="2" width="20" height="20" rx="5" fill={colour} className="stroke-line" />
            <text x="12" y="16.8" textAnchor="middle" fontSize="13" fontWeight="700" fill="#fff">
              {initial}
            </text>
          </>
        ))}
    </svg>
  );
}
