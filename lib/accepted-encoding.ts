/**
 * Whether whoever asks can unpack an encoding (RFC 9110, 12.5.3).
 * @param acceptEncoding the request's header `Accept-Encoding`
 */
export function takesEncoding(
  encoding: 'br' | 'gzip',
  acceptEncoding: string | readonly string[] | undefined,
): boolean {
  const listed = String(acceptEncoding ?? '')
    .split(',')
    .map((one) => one.split(';').map((part) => part.trim().toLowerCase()));
  const [, ...parameters] = listed.find(([name]) => name === encoding) ?? [];
  const isListed = listed.some(([name]) => name === encoding);
  return isListed && !parameters.some((parameter) => /^q=0(\.0*)?$/.test(parameter));
}
