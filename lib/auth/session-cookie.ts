/** What the name of next-auth's session cookie has in it, whatever stands around: a prefix, or the number of a part. */
export const SESSION_COOKIE = 'next-auth.session-token';
